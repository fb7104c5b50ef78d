#!/usr/bin/env bash
# Makes a Debian 12 in FOLDER/root, clones FOLDER/lanline.bundle there as an ordinary user with sudo, and runs COMMANDs
# in the clone. Called by `./dev fresh`, as root and in namespaces of its own.
# usage: fresh-machine.sh FOLDER [--keep] [--share-ccache] COMMAND...
set -euo pipefail
# shellcheck source=tools/lib.sh
source "$(dirname "$0")/lib.sh"

readonly FOLDER="$1" MACHINE="$1/root" PERSON=newcomer
shift
share_ccache=
while [[ "$1" == --* ]]; do
    [[ "$1" != --share-ccache ]] || share_ccache=yes
    shift
done

# Packages are fetched once for all machines; what is installed is still everything.
readonly DEBS=/var/cache/lanline-fresh

# The mirrors this computer itself uses for Debian 12, a sources.list line each.
sources() {
    # shellcheck disable=SC2016 # apt expands it
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
        | sed -nE 's/^Debian (.* bookworm(-updates|-security)? main)$/deb \1/p' | sort -u
}

make_machine() {
    local mirror
    mirror="$(sources | sed -nE 's/^deb (.*) bookworm main$/\1/p' | head -n 1)"
    [[ -n "${mirror:=${DEBIAN_MIRROR:-}}" ]] || die "apt knows no Debian 12 mirror here: set DEBIAN_MIRROR"
    mkdir -p "$DEBS/partial"
    debootstrap --variant=minbase --include=ca-certificates,git,sudo --cache-dir="$DEBS" \
        bookworm "$MACHINE" "$mirror" > "$FOLDER/debootstrap.log" 2>&1 \
        || { tail -n 30 "$FOLDER/debootstrap.log" >&2 && die "debootstrap failed"; }

    { sources | grep . || echo "deb $mirror bookworm main"; } > "$MACHINE/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::https?::Proxy' > "$MACHINE/etc/apt/apt.conf.d/90proxy" || true
    [[ -z "${http_proxy:-}" ]] || echo "Acquire::http::Proxy \"$http_proxy\";" >> "$MACHINE/etc/apt/apt.conf.d/90proxy"
    cp -L /etc/resolv.conf /etc/hosts "$MACHINE/etc/"
    echo "127.0.1.1 $(hostname)" >> "$MACHINE/etc/hosts"

    mount -t proc proc "$MACHINE/proc"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$MACHINE/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$MACHINE/dev/shm"
    mount --bind "$DEBS" "$MACHINE/var/cache/apt/archives"
}

add_person() {
    chroot "$MACHINE" useradd --create-home --shell /bin/bash "$PERSON"
    echo "$PERSON ALL=(ALL) NOPASSWD: ALL" > "$MACHINE/etc/sudoers.d/$PERSON"
    [[ -n "$share_ccache" && -d "$CCACHE_OF_HOST" ]] || return 0
    mkdir "$MACHINE/ccache"
    mount --bind -o ro "$CCACHE_OF_HOST" "$MACHINE/ccache"
    printf 'export CCACHE_DIR=/ccache CCACHE_READONLY=1 CCACHE_TEMPDIR=/tmp\n' > "$MACHINE/etc/profile.d/ccache.sh"
}

# in_machine COMMAND: as the ordinary user, in a login shell, without a terminal.
in_machine() { chroot "$MACHINE" su --login "$PERSON" --command "$1" < /dev/null; }

clone() {
    cp "$FOLDER/lanline.bundle" "$MACHINE/tmp/"
    in_machine "git clone -q /tmp/lanline.bundle lanline"
}

check_tour() {
    local file
    for file in two-windows.png diagnostics.png reconnecting.png report.json; do
        in_machine "test -s lanline/out/$file" || die "./dev run left no out/$file"
    done
}

begin=$SECONDS
timed "Debian 12 from nothing" make_machine
add_person
clone
for command in "$@"; do
    timed "$command" in_machine "cd lanline && $command"
    [[ "$command" != "./dev run" ]] || check_tour
done
say "Fresh machine: passed after $(minutes $((SECONDS - begin)))"
