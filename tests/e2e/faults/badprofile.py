"""lanlinectl is started on a profile whose database is damaged, or of a newer version, with lines unsent in it.

What is promised: it goes on with a fresh database, says so, and keeps the old one aside, byte for byte. What can be
read of the old outbox is sent: all of it where the database is only newer. Nothing is stored twice or by half.
"""
import contextlib
import json
import os
import sqlite3

from .clientkill import Writer, kill_cut_off
from .guest import ROOM
from .ledger import Ack
from .proxy import Proxy
from .spoil import SPOILED, digest
from .stage import expect

NAME = "bad-profile"
WHAT = "lanlinectl is started on a truncated, foreign or newer profile database"
LIMIT = 300  # seconds

# A torn page is noticed by who reads it, and not every run reads every page.
KINDS = {kind: spoil for kind, spoil in SPOILED.items() if kind != "torn in the middle"}
NEWER = "of a newer version"


async def play(stage):
    await stage.start_server()
    stage.guest("witness")
    proxy = await Proxy().start(stage.server.port)
    stage.at_end(proxy.close)
    rounds = stage.count(10, 1)
    saved = unsent = refused = 0
    for kind, spoil in KINDS.items():
        for number in range(rounds):
            writer = Writer(stage, proxy, f"{kind} {number}")
            await writer.run(kill_cut_off)
            left = writer.outbox()
            expect(left, f"{writer.name}: nothing was unsent")
            recovered, damaged = await _spoil_and_go_on(writer, spoil, left)
            unsent += len(left)
            saved += recovered
            refused += damaged
            if kind == NEWER:
                expect(recovered == len(left), f"{writer.name}: {recovered} of {len(left)} unsent lines were sent")
    stage.facts.update({"profiles spoilt, kept aside and told": rounds * len(KINDS), "lines unsent in them": unsent,
                        "lines sent all the same": saved, "lines damaged and refused": refused})
    await stage.close_books()


async def _spoil_and_go_on(writer, spoil, left):
    stage = writer.stage
    file = writer.database()
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or all of it would be in the log
    spoil(file, stage.random)
    before = digest(file)
    for _, text in left:
        writer.account.unsure.add(text)

    text = stage.text(writer.name)
    writer.account.write(text)
    status, program = await stage.run_ctl("--profile", writer.profile, "send", "--room", ROOM, text)
    told = program.errors().strip()
    # What is left of a line where the file was cut is no line any more: the server refuses it, and that is told.
    refused = told.count("was refused")
    expect(status == (1 if refused else 0) and not (refused and spoil is SPOILED[NEWER]),
           f"{writer.name}: lanlinectl ended with {status}: {told}; {program.lines}")
    kept = [name for name in os.listdir(writer.profile) if digest(os.path.join(writer.profile, name)) == before]
    expect(len(kept) == 1 and kept[0] != os.path.basename(file), f"{writer.name}: kept aside is {kept}: {told}")
    expect(kept[0] in told, f"{writer.name}: it does not tell where the old one is: {told}")

    texts = dict(left)
    answers = [json.loads(line) for line in program.lines]
    for answer in answers:
        expect(answer.get("recovered", False) == (answer["message_id"] in texts), f"{writer.name}: {answer}")
        writer.account.ack(Ack(texts.get(answer["message_id"], text), answer["message_id"], answer["seq"],
                               answer["duplicate"], answer.get("recovered", False)))
    expect(answers[-1]["message_id"] not in texts, f"{writer.name}: what was left does not go first: {answers}")
    return len(answers) - 1, refused
