#!/usr/bin/env bash
# Builds the servers that Lanline is measured beside into a folder, and says of what they are made:
# `tests/bench/peers/build.sh [FOLDER]`, by itself build/peers of the checkout.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
out="$(realpath -m "${1:-$here/../../../build/peers}")"
mkdir -p "$out"

# Debian's packages of Go libraries are sources in a GOPATH; nothing is fetched.
export GOPATH=/usr/share/gocode GO111MODULE=off GOCACHE="$out/go-cache" GOFLAGS=
(cd "$here/gorilla" && go build -o "$out/gorilla" .)
(cd "$here/polling" && go build -o "$out/polling" .)

# Node looks for packages beside the script.
mkdir -p "$out/ws"
cp "$here/ws/"{package.json,package-lock.json,server.js} "$out/ws/"
if ! cmp -s "$out/ws/package-lock.json" "$out/ws/installed.json"; then
    (cd "$out/ws" && npm ci --no-audit --no-fund --loglevel=error)
    cp "$out/ws/package-lock.json" "$out/ws/installed.json"
fi

cmake -S "$here" -B "$out/cpp" -G Ninja -DCMAKE_BUILD_TYPE=Release > "$out/cmake.log" || {
    cat "$out/cmake.log" >&2
    exit 1
}
cmake --build "$out/cpp" --parallel "$(nproc)"

# The same kind that lanlined makes for itself.
[[ -s "$out/key.pem" ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
    -subj /CN=localhost -keyout "$out/key.pem" -out "$out/certificate.pem" 2> "$out/openssl.log"

{
    echo "gorilla, polling: $(go version), gorilla/websocket $(dpkg-query -W -f '${Version}' golang-github-gorilla-websocket-dev)"
    echo "ws: Node $(node --version), ws $(node -p "require('$out/ws/node_modules/ws/package.json').version")"
    echo "beast, qt: $(sed -n 's/^-- \(Boost .*\)/\1/p' "$out/cmake.log")"
} | tee "$out/versions.txt"
