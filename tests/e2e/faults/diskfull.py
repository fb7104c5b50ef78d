"""The disk is full, and then there is room again.

The disk is a small tmpfs, mounted in a namespace of our own. Where the kernel does not allow that, the server's files
may not grow (RLIMIT_FSIZE), which fails its writes with EFBIG instead of ENOSPC; the report says which it was.
"""
import errno
import os
import resource
import subprocess

from .readonly import Writers
from .stage import expect

NAME = "disk-full"
WHAT = "the disk of lanlined is full, and has room again"
LIMIT = 300  # seconds
MOUNTS = True

DISK = 24  # MiB
PIECE = bytes(16384)
SHARED_INDEX = 40960  # bytes: room for the index of a write-ahead log, without which SQLite cannot even read


async def play(stage):
    disk = SmallDisk(stage) if stage.may_mount else LimitedFiles(stage)
    if not stage.may_mount:
        stage.facts["no tmpfs of our own here"] = why_no_mount()
    await disk.start()
    writers = Writers(stage)
    await writers.talk()
    rounds = stage.count(5, 2)
    for _ in range(rounds):
        await writers.fail_and_recover(disk.fill, disk.make_room)
    stage.facts.update({"disk": disk.WHAT, "times full": rounds})
    await writers.finish()


def why_no_mount():
    """Empty where a tmpfs can be mounted without asking anybody."""
    tried = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True,
                           check=False)
    return tried.stderr.strip() or (f"unshare ended with {tried.returncode}" if tried.returncode else "")


class SmallDisk:
    WHAT = f"a tmpfs of {DISK} MiB: ENOSPC"

    def __init__(self, stage):
        self.stage = stage
        self.mount_point = os.path.join(stage.folder, "disk")
        self.ballast = os.path.join(self.mount_point, "ballast")

    async def start(self):
        os.mkdir(self.mount_point)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", self.mount_point], check=True)
        self.stage.at_end(lambda: subprocess.run(["umount", "--lazy", self.mount_point], check=True))
        self.stage.data = os.path.join(self.mount_point, "data")
        await self.stage.start_server()

    def fill(self):
        with open(self.ballast, "ab", buffering=0) as file:
            try:
                while True:
                    file.write(PIECE)
            except OSError as full:
                expect(full.errno == errno.ENOSPC, f"the disk is not full, but: {full}")

    def make_room(self):
        os.remove(self.ballast)


class LimitedFiles:
    WHAT = "RLIMIT_FSIZE: EFBIG"

    def __init__(self, stage):
        self.stage = stage

    async def start(self):
        # Python ignores SIGXFSZ, and so does then whoever it starts.
        await self.stage.start_server(restore_signals=False)

    def limit(self, size):
        resource.prlimit(self.stage.server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def fill(self):
        self.limit(SHARED_INDEX)

    def make_room(self):
        self.limit(resource.RLIM_INFINITY)
