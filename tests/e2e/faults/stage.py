"""Where a fault is played: a folder, a server, random numbers of its own, and the end of every process it started."""
import asyncio
import concurrent.futures
import contextlib
import json
import os
import random
import signal
import sqlite3
import tempfile
import time

from programs import Program, Server

from .guest import ROOM, Guest
from .ledger import Event, audit

LAST_WORDS = 12  # lines
# Of the server's own count; the last four are since its start.
LEDGER = ("stored_ever", "duplicates_ever", "lost", "received", "refused", "delivered", "replayed")
MANY_THREADS = 64  # each program whose output is waited for takes one
PATIENCE = 120  # seconds for any one thing that must happen


class Failed(Exception):
    """The programs did not do what they promise, beside what the ledger counts."""


def expect(condition, what):
    if not condition:
        raise Failed(what)


def history_of(data):
    """The rows of the room in the server's database file, and what SQLite says of the file."""
    with contextlib.closing(sqlite3.connect(f"file:{data}/lanline.db?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT seq, hex(message_id), text FROM events WHERE room ="
                                " (SELECT id FROM rooms WHERE name = ?) ORDER BY seq", (ROOM,)).fetchall()
        check = database.execute("PRAGMA integrity_check").fetchone()[0]
    return [Event(seq, dashed(message_id), text) for seq, message_id, text in rows], check


def dashed(hexadecimal):
    """The text of a UUID."""
    digits = hexadecimal.lower()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class Stage:
    def __init__(self, bin_dir, name, seed, is_short, may_mount=False):
        self.bin_dir = bin_dir
        self.name = name
        self.seed = f"{seed}/{name}"
        self.random = random.Random(self.seed)
        self.is_short = is_short
        self.may_mount = may_mount  # in a namespace of its own
        self.server = None
        self.guests = []
        self.accounts = []
        self.readings = []
        self.facts = {}  # what else was counted, for people
        self.history = []
        self.audit = None
        self.last_words = []  # of the server, when the play has failed
        self._exits = contextlib.ExitStack()
        self.folder = self._exits.enter_context(tempfile.TemporaryDirectory(prefix=f"lanline-{name}."))
        self.data = os.path.join(self.folder, "data")
        self._tasks = []
        self._must_serve = False
        self._number = 0

    def count(self, full, short):
        return short if self.is_short else full

    async def run(self, play):
        """Plays one fault, and ends all that was started, whatever happens."""
        pool = concurrent.futures.ThreadPoolExecutor(MANY_THREADS)
        asyncio.get_running_loop().set_default_executor(pool)
        playing = self.spawn(play(self))
        try:
            while not playing.done():
                await asyncio.wait({playing}, timeout=0.1)
                self._check()
            await playing
        except Exception:
            if self.server:
                self.last_words = self.server.errors().splitlines()[-LAST_WORDS:]
            raise
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._exits.close()
            pool.shutdown(wait=True)

    def at_end(self, action):
        self._exits.callback(action)

    def spawn(self, work):
        """Work beside the play; when it fails, so does the play."""
        task = asyncio.ensure_future(work)
        self._tasks.append(task)
        return task

    def _check(self):
        """Nobody waits for what can no longer come."""
        for task in self._tasks:
            if task.done() and not task.cancelled() and task.exception():
                raise task.exception()
        expect(not self._must_serve or self.server.is_running, "lanlined has ended by itself")

    async def until(self, condition, what, patience=PATIENCE):
        """The first true value of `condition`."""
        deadline = time.monotonic() + patience
        while not (value := condition()):
            expect(time.monotonic() < deadline, f"not within {patience} s: {what}")
            await asyncio.sleep(0.01)
        return value

    # ---- programs

    async def start_server(self, port=0, **options):
        self.server = await asyncio.to_thread(self._start_server, port, options)
        self._must_serve = True
        return self.server

    def _start_server(self, port, options):
        server = Server(self.bin_dir, self.data, port, **options)
        self.at_end(server.kill)
        return server

    async def kill_server(self):
        """As `kill -9` does."""
        self._must_serve = False
        self.server.send_signal(signal.SIGKILL)
        await asyncio.to_thread(self.server.finish)
        await asyncio.to_thread(self.server.kill)

    async def stop_server(self):
        """As `systemctl stop` does; it must end well."""
        self._must_serve = False
        status = await asyncio.to_thread(self.server.stop)
        expect(status == 0, f"lanlined ended with {status}: {self.server.errors()}")

    def ctl(self, *arguments, url=None, **options):
        program = Program(os.path.join(self.bin_dir, "lanlinectl"), "--url", url or self.server.url, "--timeout",
                          PATIENCE, *arguments, **options)
        self.at_end(program.kill)
        return program

    async def run_ctl(self, *arguments, **options):
        """A whole run: exit status, and the program for its output."""
        program = self.ctl(*arguments, **options)
        return await asyncio.to_thread(program.finish), program

    async def lines_of(self, program):
        while (line := await asyncio.to_thread(program.next_line)) is not None:
            if line.endswith("\n"):  # else it was killed in the middle of it
                yield json.loads(line)

    async def ask(self, *arguments):
        """The lines that lanlinectl answers with. It asks as a user whom the server knows from the first question on,
        for nobody can register while the server cannot write."""
        status, program = await self.run_ctl("--profile", f"{self.folder}/clerk", "--name", "clerk", *arguments)
        expect(status == 0, f"lanlinectl {' '.join(map(str, arguments))} ended with {status}: {program.errors()}")
        await asyncio.to_thread(program.kill)
        return [json.loads(line) for line in program.lines]

    async def status(self):
        return (await self.ask("status", "--json"))[0]

    # ---- guests

    def guest(self, name, url=None, **options):
        guest = Guest(name, url or self.server.url, seed=self.seed, **options)
        self.guests.append(guest)
        self.accounts.append(guest.account)
        self.readings.append(guest.reading)
        self.spawn(guest.run())
        return guest

    def text(self, author):
        """A line that nobody else says, of any length, with characters of any length."""
        self._number += 1
        return f"{author}/{self._number} " + self.random.choice("a.ä电☎") * self.random.randrange(120)

    async def chatter(self, guest, stop, longest_pause=0.2, backlog=200):
        """Has a guest say bursts of lines until `stop` is set."""
        while not stop.is_set():
            for _ in range(self.random.randint(1, 8)):
                if len(guest.outbox) < backlog:
                    guest.say(self.text(guest.name))
            await asyncio.sleep(self.random.uniform(0, longest_pause))

    # ---- the end of a play

    async def settle(self):
        """Waits until every guest's outbox is empty and every guest has the newest event."""
        await self.until(lambda: not any(guest.outbox for guest in self.guests), "empty outboxes")
        head = next(room["head_seq"] for room in await self.ask("rooms", "--json") if room["room"] == ROOM)
        await self.until(lambda: all(guest.seq >= head for guest in self.guests), f"seq {head} at every guest")
        return head

    async def tail_all(self, count):
        """The whole history, as `lanlinectl tail --since 0` tells it."""
        if count == 0:
            return []
        lines = await self.ask("tail", "--room", ROOM, "--since", "0", "--count", count)
        return [Event(line["seq"], line["message_id"], line["text"]) for line in lines]

    async def close_books(self):
        """Compares both ends: the database file, the server's ledger, `lanlinectl tail`, every sender and reader."""
        head = await self.settle()
        told = await self.tail_all(head)
        ledger = await self.status()
        await self.stop_server()
        self.history, check = history_of(self.data)
        expect(check == "ok", f"integrity_check: {check}")
        stored = {event.text for event in self.history}
        for account in self.accounts:
            account.unsure -= stored  # it has turned out that these had left
        self.audit = audit(self.accounts, self.history, self.readings)
        if told != self.history:
            self.audit.lose(f"tail --since 0 told {len(told)} events, the file has {len(self.history)}, or others")
        self.facts["the server's own ledger"] = {key: ledger[key] for key in LEDGER}
        if (ledger["stored_ever"], ledger["lost"]) != (len(self.history), 0):
            self.audit.note(f"the server counts {ledger['stored_ever']} stored and {ledger['lost']} lost,"
                            f" the file has {len(self.history)}")
        for guest in self.guests:
            if guest.resets:
                self.audit.note(f"{guest.name}: the server did not know its cursor {guest.resets} times")
            if guest.strays:
                self.audit.note(f"{guest.name}: {len(guest.strays)} answers to nothing")
