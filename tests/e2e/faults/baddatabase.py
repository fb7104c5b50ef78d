"""Databases that a server must not touch: torn, truncated, no database at all, or one of a newer version."""
import asyncio
import contextlib
import hashlib
import os
import shutil
import sqlite3

from programs import Program

from .stage import Failed, expect

NAME = "bad-database"
WHAT = "lanlined is started on a torn, truncated or newer database"
LIMIT = 200  # seconds

LINES = 400  # of the history that is at stake
NEWER = 999  # user_version


async def play(stage):
    await _make_history(stage)
    good = os.path.join(stage.data, "lanline.db")
    shutil.copyfile(good, os.path.join(stage.folder, "good.db"))

    kinds = {"torn in the middle": _tear, "truncated": _truncate, "cut within a page": _truncate_oddly,
             "without its header": _behead, "of a newer version": _renew, "no database": _replace}
    rounds = stage.count(10, 1)
    complaints = []
    for kind, spoil in kinds.items():
        good = 0
        for number in range(rounds):
            try:
                await _refuse(stage, f"{kind} {number}", spoil)
                good += 1
            except Failed as complaint:
                complaints.append(str(complaint))
        stage.facts[f"refused, told and left as it was: {kind}"] = f"{good} of {rounds}"

    # And the good one is as good as ever.
    await stage.start_server()
    await stage.close_books()
    for complaint in complaints:
        stage.audit.note(complaint)


async def _make_history(stage):
    await stage.start_server()
    author = stage.guest("author")
    for _ in range(LINES):
        author.say(stage.text("author"))
    await stage.settle()
    await stage.stop_server()


async def _refuse(stage, name, spoil):
    data = os.path.join(stage.folder, name.replace(" ", "-"))
    os.mkdir(data)
    file = os.path.join(data, "lanline.db")
    shutil.copyfile(os.path.join(stage.folder, "good.db"), file)
    spoil(file, stage.random)
    before = digest(file)
    expect(before != digest(os.path.join(stage.folder, "good.db")), f"{name}: nothing was spoilt")

    program = Program(os.path.join(stage.bin_dir, "lanlined"), "--listen", "127.0.0.1:0", "--data", data)
    stage.at_end(program.kill)
    line = await asyncio.to_thread(program.next_line)
    if line is not None:
        await asyncio.to_thread(program.kill)
        raise Failed(f"{name}: the server serves it: {line.strip()}")
    status = await asyncio.to_thread(program.finish)
    errors = program.errors().strip()
    expect(status > 0, f"{name}: exit status {status}: {errors}")
    expect("lanline.db" in errors, f"{name}: the message does not name the file: {errors}")
    kept = [entry for entry in os.listdir(data) if digest(os.path.join(data, entry)) == before]
    expect(kept, f"{name}: the file is not there any more as it was: {os.listdir(data)}")
    expect(kept == ["lanline.db"] or not os.path.exists(file), f"{name}: another database took its place: {kept}")
    await asyncio.to_thread(program.kill)
    shutil.rmtree(data)


def digest(file):
    with open(file, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def _tear(file, random):
    """Half of a page that is in use never reached the disk, and what had been there before is left."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        page_size = database.execute("PRAGMA page_size").fetchone()[0]
        pages = database.execute("PRAGMA page_count").fetchone()[0]
    page = random.randrange(1, pages)
    with open(file, "r+b") as stream:
        stream.seek(page * page_size + random.choice((0, page_size // 2)))
        stream.write(random.randbytes(page_size // 2))


def _truncate(file, random):
    os.truncate(file, os.path.getsize(file) // 4096 // random.randint(2, 8) * 4096)


def _truncate_oddly(file, random):
    os.truncate(file, random.randrange(101, os.path.getsize(file) - 4096))


def _behead(file, random):
    with open(file, "r+b") as stream:
        stream.write(random.randbytes(100))


def _renew(file, _):
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version={NEWER}")
        database.commit()


def _replace(file, random):
    with open(file, "wb") as stream:
        stream.write(random.randbytes(50_000))
