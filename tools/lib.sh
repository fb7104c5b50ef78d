# shellcheck shell=bash
# What the verbs share. Sourced by ./dev, from the root of the checkout.

say() { printf '\n== %s\n' "$*"; }

die() {
    echo "./dev: $*" >&2
    exit 1
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        die "needs root for: $*  (run as root, or install sudo)"
    fi
}

# need GROUP...: installs what is missing of these groups of tools/packages. Asks nothing, and touches neither the
# network nor sudo when all is there.
need() {
    local pattern packages missing
    pattern="$(IFS='|' && echo "$*")"
    packages="$(sed -nE "s/^($pattern) //p" tools/packages | sort -u)"
    # shellcheck disable=SC2086 # one word per package
    missing="$(comm -23 <(echo "$packages") \
        <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $packages 2> /dev/null | sed -n 's/ installed$//p' | sort -u))"
    [[ -n "$missing" ]] || return 0

    say "Installing ${missing//$'\n'/ }"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 --no-install-recommends install $missing < /dev/null > /dev/null
}

# configure PRESET, quietly unless it fails.
configure() {
    mkdir -p "build/$1"
    cmake --preset "$1" > "build/$1/configure.log" 2>&1 || {
        cat "build/$1/configure.log" >&2
        die "cannot configure $1"
    }
}

# build PRESET [TARGET...]: configures, and builds these targets, or all.
build() {
    local preset="$1"
    shift
    local targets=()
    [[ $# -eq 0 ]] || targets=(--target "$@")
    say "Building $preset${*:+: $*}"
    configure "$preset"
    cmake --build --preset "$preset" "${targets[@]}"
}

# run_tests PRESET [CTEST-ARGUMENT...]
run_tests() {
    local preset="$1"
    shift
    say "Testing $preset"
    ctest --preset "$preset" -j "$(nproc)" "$@"
}

# timed NAME COMMAND...: runs it, and says how long it took.
timed() {
    local name="$1" begin=$SECONDS status=0
    shift
    say "$name"
    # Not `"$@" || ...`: that would switch off `set -e` within.
    set +e
    (set -e && "$@")
    status=$?
    set -e
    printf '\n== %s: %s after %s\n' "$name" "$([[ $status -eq 0 ]] && echo passed || echo FAILED)" "$(minutes $((SECONDS - begin)))"
    return "$status"
}

minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }
