"""Databases that a server must not touch: torn, truncated, no database at all, or one of a newer version."""
import asyncio
import os
import shutil

from programs import Program

from .spoil import SPOILED, digest
from .stage import Failed, expect

NAME = "bad-database"
WHAT = "lanlined is started on a torn, truncated or newer database"
LIMIT = 200  # seconds

LINES = 400  # of the history that is at stake


async def play(stage):
    await _make_history(stage)
    good = os.path.join(stage.data, "lanline.db")
    shutil.copyfile(good, os.path.join(stage.folder, "good.db"))

    rounds = stage.count(10, 1)
    complaints = []
    for kind, spoil in SPOILED.items():
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
