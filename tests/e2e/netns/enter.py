"""The way into namespaces where a test may do to the network as it likes: user, network, mount and process. They are the
test's own, so nothing in them touches this machine, and all of it is gone with the first process in them, however that
ends."""
import os
import shutil
import subprocess

NEEDED = ("ip", "nft", "ss", "unshare")
PRIVATE = ("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
# As nobody in particular, where the kernel lets one; else with sudo, where it asks nothing.
WAYS = (("unshare", "--user", "--map-root-user", *PRIVATE), ("sudo", "-n", "unshare", *PRIVATE))
TRIAL = """
set -e
mount -t tmpfs tmpfs /run
ip netns add trial
ip link add one type veth peer name two netns trial
ip link set one up
nft -f - <<RULES
table netdev trial {
    chain in {
        type filter hook ingress device "one" priority 0;
        numgen random mod 100 < 10 drop
    }
}
RULES
"""


def command():
    """The words in front of a command that have it run in there; and where there is no such way, why."""
    # Not everyone's path has what the administrator's has.
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        return None, f"not installed: {', '.join(missing)}"
    words = []
    for way in WAYS:
        if not shutil.which(way[0]):
            continue
        tried = subprocess.run([*way, "sh", "-c", TRIAL], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                               check=False)
        if tried.returncode == 0:
            return list(way), ""
        words.append(f"{way[0]}: {tried.stderr.strip().splitlines()[-1] if tried.stderr.strip() else tried.returncode}")
    return None, "; ".join(words)
