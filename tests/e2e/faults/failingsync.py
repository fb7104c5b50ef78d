"""fsync fails with EIO for a while: what a COMMIT has left on the disk is unknown."""
import os

from .readonly import Writers
from .stage import Failed, expect

NAME = "failing-fsync"
WHAT = "fsync and fdatasync of lanlined fail with EIO, and work again"
LIMIT = 300  # seconds


async def play(stage):
    shim = os.path.join(stage.bin_dir, "failsync.so")
    if not os.path.exists(shim):
        raise Failed(f"{shim} is missing: build the target failsync")
    flag = os.path.join(stage.folder, "disk-is-broken")
    await stage.start_server(env={**os.environ, "LD_PRELOAD": shim, "FAILSYNC_FLAG": flag})
    writers = Writers(stage)
    await writers.talk()
    rounds = stage.count(10, 2)
    for _ in range(rounds):
        await writers.fail_and_recover(lambda: open(flag, "w", encoding="ascii").close(), lambda: os.remove(flag))
    hits = os.path.getsize(flag + ".hits")
    expect(hits > 0, "no fsync failed: the shim does not reach it")
    stage.facts.update({"failures": rounds, "fsyncs that failed": hits})
    await writers.finish()
