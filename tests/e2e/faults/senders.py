"""lanlinectl as senders and readers that go on, run after run, until they are told to stop.

A run is short: lanlinectl's back-off grows with every fault it meets and begins anew with every run, so that it is
soon there again to meet the next one.
"""
import asyncio
import signal

from .guest import ROOM
from .ledger import Account, Ack, Event, Reading
from .stage import expect


class CtlSender:
    LINES = 60  # of one run

    def __init__(self, stage, name, url=None, profile=None):
        self.stage = stage
        self.name = name
        self.url = url
        self.options = ("--profile", profile) if profile else ()
        self.account = Account("lanlinectl send", name)
        self.unanswered = 0
        self.runs = 0
        self.program = None
        stage.accounts.append(self.account)

    async def run(self, stop):
        while not stop.is_set():
            await self._run_once(stop)

    async def _run_once(self, stop):
        program = self.stage.ctl(*self.options, "--name", self.name, "send", "--room", ROOM, url=self.url)
        self.program = program
        self.runs += 1
        typed = []
        reading = asyncio.ensure_future(self._read(program, typed))
        try:
            while len(typed) < self.LINES and not stop.is_set() and not reading.done():
                burst = [self.stage.text(self.name) for _ in range(self.stage.random.randint(1, 8))]
                typed += burst
                for text in burst:
                    self.account.write(text)
                self.unanswered += len(burst)
                program.feed(burst)
                await asyncio.sleep(self.stage.random.uniform(0, 0.2))
            program.end_input()
            await reading
        finally:
            reading.cancel()
        status = await asyncio.to_thread(program.finish)
        expect(status == 0, f"{self.name}: lanlinectl send ended with {status}: {program.errors()}")
        await asyncio.to_thread(program.kill)

    async def _read(self, program, typed):
        """The answers come in the order of the lines."""
        place = 0
        async for line in self.stage.lines_of(program):
            expect(place < len(typed), f"{self.name}: an answer too many: {line}")
            self.account.ack(Ack(typed[place], line["message_id"], line["seq"], line["duplicate"],
                                 line.get("recovered", False)))
            place += 1
            self.unanswered -= 1


class CtlReader:
    """`lanlinectl tail` from where the one before it was killed."""

    def __init__(self, stage, name, url=None, seconds=4):
        self.stage = stage
        self.url = url
        self.seconds = seconds  # until a run is killed and the next takes over; None: never
        self.reading = Reading("lanlinectl tail, live", name)
        self.runs = 0
        self.program = None
        stage.readings.append(self.reading)

    @property
    def seq(self):
        return self.reading.events[-1].seq if self.reading.events else 0

    async def run(self):
        while True:
            await self._run_once(self.seconds)

    async def finish(self, running, head):
        """Ends the task of `run`, and reads the rest of the history."""
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        if self.seq < head:
            status = await self._run_once(None, "--count", head - self.seq)
            expect(status == 0, f"lanlinectl tail ended with {status}: {self.program.errors()}")
            await asyncio.to_thread(self.program.kill)

    async def _run_once(self, seconds, *count):
        self.runs += 1
        self.program = program = self.stage.ctl("tail", "--room", ROOM, "--since", self.seq, *count, url=self.url)
        ending = None
        if seconds:
            ending = asyncio.get_running_loop().call_later(seconds, program.send_signal, signal.SIGKILL)
        try:
            async for line in self.stage.lines_of(program):
                self.reading.events.append(Event(line["seq"], line["message_id"], line["text"]))
        except asyncio.CancelledError:
            program.send_signal(signal.SIGKILL)
            raise
        finally:
            if ending:
                ending.cancel()
        return await asyncio.to_thread(program.finish)
