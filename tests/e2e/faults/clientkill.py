"""kill -9 of `lanlinectl --profile P send` between the keystroke and the acknowledgement.

What is promised: a line that was in the outbox on the disk when the process died is sent by the next run, before
anything else, marked as recovered. A line that had only been typed may be missing. Nothing is there twice or by half,
and the order of typing is kept over all runs.
"""
import asyncio
import contextlib
import glob
import json
import os
import shutil
import signal
import sqlite3
import tempfile

from .guest import ROOM
from .ledger import Account, Ack
from .stage import dashed, expect

NAME = "client-kill"
WHAT = "kill -9 of lanlinectl send between keystroke and acknowledgement"
LIMIT = 600  # seconds

MOMENTS = ("before the server can answer", "at any moment", "after some answers")
LATEST = 0.2  # seconds after its start that a run is killed at any moment


async def play(stage):
    kills = stage.count(50, 9)
    await stage.start_server()
    stage.guest("witness")
    writer = Writer(stage)
    await writer.run(_say_something)
    expect(writer.database(), "there is no outbox on the disk: nothing would survive a kill")
    counted = dict.fromkeys(MOMENTS, 0)
    for number in range(kills):
        moment = MOMENTS[number % len(MOMENTS)]
        counted[moment] += 1
        await writer.run((_kill_unanswered, _kill_whenever, _kill_after_answers)[number % len(MOMENTS)])
    await writer.run(None)
    expect(not writer.outbox(), "the outbox is not empty although the last run has ended well")
    stage.facts.update({"kills": kills, **counted, "lines in the outbox at a kill": writer.recovered,
                        "lines typed and not taken over at a kill": len(writer.account.unsure)})
    await stage.close_books()
    _compare_ledger(stage, writer)


class Writer:
    """One person at one profile, run after run."""

    def __init__(self, stage):
        self.stage = stage
        self.profile = os.path.join(stage.folder, "profile")
        self.account = Account("lanlinectl send", "writer")
        stage.accounts.append(self.account)
        self.recovered = 0
        self.program = None
        self.typed = []  # in this run

    async def run(self, act):
        """One run; `act` types, and kills it or not. Without `act` nothing is typed."""
        left = self.outbox()
        self.recovered += len(left)
        self.typed = []
        self.program = self.stage.ctl("--profile", self.profile, "--name", "writer", "send", "--room", ROOM)
        if act:
            await act(self)
        status = await asyncio.to_thread(self.program.finish)
        expect(status in (0, -signal.SIGKILL), f"lanlinectl send ended with {status}: {self.program.errors()}")
        answers = [json.loads(line) for line in self.program.lines if line.endswith("\n")]
        self._take(answers, left)
        if status == 0:
            expect(len(answers) == len(left) + len(self.typed), f"{len(answers)} answers in a run that ended well")
        for _, text in self.outbox():
            self.account.promise(text)
        await asyncio.to_thread(self.program.kill)

    def type(self, count):
        texts = [self.stage.text("writer") for _ in range(count)]
        for text in texts:
            self.account.write(text, unsure=True)
        self.typed += texts
        self.program.feed(texts)

    async def read(self, count):
        """Until this run has had so many answers."""
        await asyncio.to_thread(self.program.read_until, count)

    def _take(self, answers, left):
        """The answers come in order: first to what was left, then to what was typed."""
        expected = [*left, *((None, text) for text in self.typed)]
        for place, (answer, (message_id, text)) in enumerate(zip(answers, expected)):
            is_left = place < len(left)
            expect(message_id in (None, answer["message_id"]), f"answer {place} is not to what was left first: {answer}")
            expect(answer.get("recovered", False) == is_left, f"recovered, or not, answer {place}: {answer}")
            self.account.ack(Ack(text, answer["message_id"], answer["seq"], answer["duplicate"], is_left))

    def database(self):
        """The profile's SQLite file; None if there is none."""
        for file in glob.glob(os.path.join(self.profile, "*")):
            with open(file, "rb") as stream:
                if stream.read(15) == b"SQLite format 3":
                    return file
        return None

    def rows(self, sql):
        """Asks a copy, so that nothing in the profile is touched, least of all its write-ahead log."""
        file = self.database()
        if file is None:
            return []
        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, "copy.db")
            shutil.copyfile(file, copy)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(file + "-wal", copy + "-wal")
            with contextlib.closing(sqlite3.connect(copy)) as database:
                return database.execute(sql).fetchall()

    def outbox(self):
        rows = self.rows("SELECT hex(message_id), text FROM outbox WHERE failed = 0 ORDER BY position")
        return [(dashed(message_id), text) for message_id, text in rows]

    def outbox_now(self):
        """How many lines wait there; the program is running."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database()}?mode=ro", uri=True, timeout=5)) as database:
            return database.execute("SELECT count(*) FROM outbox").fetchone()[0]


async def _say_something(writer):
    writer.type(1)
    await writer.read(1)


async def _kill_unanswered(writer):
    """The server stands still: what is typed now is on the disk, and can have no answer."""
    stage = writer.stage
    left = len(writer.outbox())
    writer.type(1)
    await writer.read(left + 1)
    stage.server.send_signal(signal.SIGSTOP)
    try:
        count = stage.random.randint(1, 30)
        writer.type(count)
        wanted = stage.random.randint(1, count)
        await stage.until(lambda: writer.outbox_now() >= wanted, "the lines are in the outbox")
        writer.program.send_signal(signal.SIGKILL)
    finally:
        stage.server.send_signal(signal.SIGCONT)


async def _kill_whenever(writer):
    writer.type(writer.stage.random.randint(1, 30))
    await asyncio.sleep(writer.stage.random.uniform(0, LATEST))
    writer.program.send_signal(signal.SIGKILL)


async def _kill_after_answers(writer):
    left = len(writer.outbox())
    count = writer.stage.random.randint(2, 30)
    writer.type(count)
    await writer.read(writer.stage.random.randint(1, left + count))
    writer.program.send_signal(signal.SIGKILL)


def _compare_ledger(stage, writer):
    """The program's own count, over all its runs, is ours."""
    stored = sum(event.text in set(writer.account.written) for event in stage.history)
    told = writer.rows("SELECT sum(sent), sum(stored), sum(deduplicated) FROM servers")[0]
    stage.facts["the profile's own ledger"] = dict(zip(("sent", "stored", "deduplicated"), told))
    if told[:2] != (stored, stored):
        stage.audit.note(f"the profile counts {told[0]} sent and {told[1]} stored, there are {stored}")
