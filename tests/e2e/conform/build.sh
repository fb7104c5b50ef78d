#!/usr/bin/env bash
# Makes the clients of other people ready in a folder: `tests/e2e/conform/build.sh FOLDER`.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mkdir -p "$1"
out="$(realpath "$1")"

# Debian's packages of Go libraries are sources in a GOPATH; nothing is fetched.
(cd "$here/gorilla" && GOPATH=/usr/share/gocode GO111MODULE=off GOCACHE="$out/go-cache" GOFLAGS="" go build -o "$out/gorilla" .)

# Node looks for packages beside the script.
mkdir -p "$out/node"
cp "$here/node/"* "$out/node/"
if ! cmp -s "$out/node/package-lock.json" "$out/node/installed.json"; then
    (cd "$out/node" && npm ci --no-audit --no-fund --loglevel=error)
    cp "$out/node/package-lock.json" "$out/node/installed.json"
fi
