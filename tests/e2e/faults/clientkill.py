"""kill -9 of `lanlinectl --profile P send` between the keystroke and the acknowledgement.

What is promised: a line that was in the outbox on the disk when the process died is sent by the next run, before
anything else, marked as recovered. A line that had only been typed may be missing. Nothing is there twice or by half,
and the order of typing is kept over all runs.
"""
import asyncio
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import tempfile

from .guest import ROOM
from .ledger import Account, Ack
from .proxy import Proxy
from .stage import dashed, expect

NAME = "client-kill"
WHAT = "kill -9 of lanlinectl send between keystroke and acknowledgement"
LIMIT = 600  # seconds

MOMENTS = ("before the server can answer", "before anything can leave", "at any moment", "after some answers")
LATEST = 0.2  # seconds after its start that a run is killed at any moment


async def play(stage):
    kills = stage.count(52, 8)
    await stage.start_server()
    stage.guest("witness")
    proxy = await Proxy().start(stage.server.port)
    stage.at_end(proxy.close)
    writer = Writer(stage, proxy)
    await writer.run(_say_something)
    expect(writer.database(), "there is no outbox on the disk: nothing would survive a kill")
    counted = dict.fromkeys(MOMENTS, 0)
    for number in range(kills):
        moment = MOMENTS[number % len(MOMENTS)]
        counted[moment] += 1
        await writer.run((_kill_unanswered, kill_cut_off, _kill_whenever, _kill_after_answers)[number % len(MOMENTS)])
    await writer.run(None)
    expect(not writer.outbox(), "the outbox is not empty although the last run has ended well")
    stage.facts.update({"kills": kills, **counted, "lines in the outbox at a kill": writer.recovered,
                        "lines typed and not taken over at a kill": len(writer.account.unsure)})
    await stage.close_books()
    _compare_ledger(stage, writer)


class Writer:
    """One person at one profile, run after run."""

    def __init__(self, stage, proxy, name="writer"):
        self.stage = stage
        self.proxy = proxy
        self.name = name
        self.profile = os.path.join(stage.folder, name)
        self.account = Account("lanlinectl send", name)
        stage.accounts.append(self.account)
        self.recovered = 0
        self.program = None
        self.left = []  # in the outbox when this run began: ids and texts
        self.typed = []  # in this run

    async def run(self, act):
        """One run; `act` types, and kills it or not. Without `act` nothing is typed."""
        self.left = self.outbox()
        self.recovered += len(self.left)
        self.typed = []
        self.program = self.stage.ctl("--profile", self.profile, "--name", self.name, "send", "--room", ROOM,
                                      url=self.proxy.url)
        if act:
            await act(self)
        status = await asyncio.to_thread(self.program.finish)
        expect(status in (0, -signal.SIGKILL), f"lanlinectl send ended with {status}: {self.program.errors()}")
        answers = [json.loads(line) for line in self.program.lines if line.endswith("\n")]
        self._take(answers)
        if status == 0:
            expect(len(answers) == len(self.left) + len(self.typed), f"{len(answers)} answers in a run that ended well")
        for _, text in self.outbox():
            self.account.promise(text)
        await asyncio.to_thread(self.program.kill)

    def type(self, count):
        texts = [self.stage.text(self.name) for _ in range(count)]
        for text in texts:
            self.account.write(text, unsure=True)
        self.typed += texts
        self.program.feed(texts)

    async def read(self, count):
        """Until this run has had so many answers."""
        await asyncio.to_thread(self.program.read_until, count)

    def _take(self, answers):
        """The answers come in order: first to what was left, then to what was typed."""
        expected = [*self.left, *((None, text) for text in self.typed)]
        for place, (answer, (message_id, text)) in enumerate(zip(answers, expected)):
            is_left = place < len(self.left)
            expect(message_id in (None, answer["message_id"]), f"answer {place}, not to what was left: {answer}")
            expect(answer.get("recovered", False) == is_left, f"recovered, or not, answer {place}: {answer}")
            self.account.ack(Ack(text, answer["message_id"], answer["seq"], answer["duplicate"], is_left))

    def database(self):
        """The profile's SQLite file; None if there is none."""
        file = os.path.join(self.profile, "profile.sqlite")
        return file if os.path.exists(file) else None

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

    async def type_and_kill(self):
        """Types, and kills the run when some of it, or all, is on the disk."""
        count = self.stage.random.randint(1, 30)
        wanted = self.stage.random.randint(1, count)
        self.type(count)
        new = set(self.typed[-count:])  # the one before may still be there, although it is answered
        await self.stage.until(lambda: len(new & self._outbox_texts()) >= wanted, "the lines are in the outbox")
        self.program.send_signal(signal.SIGKILL)

    def _outbox_texts(self):
        """Of the program that is running."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database()}?mode=ro", uri=True, timeout=5)) as database:
            return {text for (text,) in database.execute("SELECT text FROM outbox")}


async def _say_something(writer):
    writer.type(1)
    await writer.read(1)


async def _kill_unanswered(writer):
    """The server stands still: what is typed now can have no answer, and is stored once the server goes on."""
    writer.type(1)
    await writer.read(len(writer.left) + 1)
    writer.stage.server.send_signal(signal.SIGSTOP)
    try:
        await writer.type_and_kill()
    finally:
        writer.stage.server.send_signal(signal.SIGCONT)


async def kill_cut_off(writer):
    """Nothing gets through: what is typed now never leaves."""
    writer.type(1)
    await writer.read(len(writer.left) + 1)
    wires = list(writer.proxy.wires)
    for wire in wires:
        wire.stall()
    await writer.type_and_kill()
    for wire in wires:
        wire.reset()


async def _kill_whenever(writer):
    writer.type(writer.stage.random.randint(1, 30))
    await asyncio.sleep(writer.stage.random.uniform(0, LATEST))
    writer.program.send_signal(signal.SIGKILL)


async def _kill_after_answers(writer):
    count = writer.stage.random.randint(2, 30)
    writer.type(count)
    await writer.read(writer.stage.random.randint(1, len(writer.left) + count))
    writer.program.send_signal(signal.SIGKILL)


def _compare_ledger(stage, writer):
    """The program's own count, over all its runs, is ours."""
    stored = sum(event.text in set(writer.account.written) for event in stage.history)
    told = writer.rows("SELECT sum(sent), sum(stored), sum(deduplicated) FROM servers")[0]
    stage.facts["the profile's own ledger"] = dict(zip(("sent", "stored", "deduplicated"), told))
    if told[:2] != (stored, stored):
        stage.audit.note(f"the profile counts {told[0]} sent and {told[1]} stored, there are {stored}")
