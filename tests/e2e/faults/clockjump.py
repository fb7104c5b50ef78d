"""The wall clock jumps by an hour, there and back, on either side. Nothing but what is shown of it may notice."""
import asyncio
import glob
import json
import os
import time
import uuid

from .guest import ROOM
from .ledger import Account, Ack
from .stage import Failed, expect

NAME = "clock-jump"
WHAT = "the wall clock jumps by +1 h and -1 h, of lanlined and of lanlinectl"
LIMIT = 300  # seconds

HOUR = 3600
LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
BEAT_MS = 1000
DEADLINE = 1.7  # seconds: more than a guest or the server waits for a heartbeat
LONGEST_WAIT = 12  # seconds: attempts come after 0.5, 1, 2 and 4 s at the latest
SLOW = 1.0  # seconds for a heartbeat's round trip: far more than a busy machine takes, far less than an hour


class Clock:
    """The wall clock of one program; its steady clock stays what it is."""

    def __init__(self, stage, name):
        found = glob.glob(LIBRARY)
        if not found:
            raise Failed("libfaketime is not installed: ./dev faults installs it")
        self.file = os.path.join(stage.folder, f"{name}.clock")
        self.jump(0)
        self.environment = {**os.environ, "LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": self.file,
                            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}

    def jump(self, seconds):
        with open(self.file + ".new", "w", encoding="ascii") as file:
            file.write(f"{seconds:+d}\n")
        os.replace(self.file + ".new", self.file)


class Talker:
    """A run of lanlinectl send that goes on, with a clock of its own."""

    def __init__(self, stage, clock, name):
        self.stage = stage
        self.account = Account("lanlinectl send", name)
        stage.accounts.append(self.account)
        self.program = stage.ctl("--name", name, "send", "--room", ROOM, env=clock.environment)

    def write(self):
        text = self.stage.text(self.account.name)
        self.account.write(text)
        self.program.feed([text])
        return text

    async def answer(self, text):
        line = json.loads(await asyncio.to_thread(self.program.next_line))
        self.account.ack(Ack(text, line["message_id"], line["seq"], line["duplicate"], line.get("recovered", False)))
        return line

    async def say(self):
        return await self.answer(self.write())

    async def finish(self):
        status = await asyncio.to_thread(self.program.finish)
        expect(status == 0, f"lanlinectl send ended with {status}: {self.program.errors()}")


async def play(stage):
    server_clock, client_clock = Clock(stage, "server"), Clock(stage, "client")
    await stage.start_server(env=server_clock.environment)
    guests = [stage.guest(f"guest{number}", beat_ms=BEAT_MS) for number in range(2)]
    stop = asyncio.Event()
    work = [stage.spawn(stage.chatter(guest, stop)) for guest in guests]

    talker = Talker(stage, client_clock, "ann")
    await talker.say()
    jumps = [HOUR, 0, -HOUR, 0] * stage.count(5, 1)
    for seconds in jumps:
        server_clock.jump(seconds)
        await asyncio.sleep(DEADLINE)
        line = await talker.say()
        expect(not line.get("recovered"), "the client lost its link when the server's clock jumped")
        expect(is_at(guests[0].stored_ms, seconds), "the server's clock has not jumped")
        client_clock.jump(-seconds)
        await asyncio.sleep(DEADLINE)
        line = await talker.say()
        expect(not line.get("recovered"), "the client lost its link when its clock jumped")
        expect(is_at(uuid.UUID(line["message_id"]).int >> 80, -seconds), "the client's clock has not jumped")
    await talker.finish()
    rtt = max(guest.longest_rtt for guest in guests)
    expect(all(guest.connections == 1 for guest in guests), "a guest lost its link when the server's clock jumped")
    expect(rtt < SLOW, f"a heartbeat took {rtt:.1f} s")

    waits = [await _outage(stage, server_clock, client_clock, number) for number in range(stage.count(10, 2))]
    stop.set()
    for task in work:
        await task
    stage.facts.update({"jumps, each on both sides": len(jumps), "outages with a jump": len(waits),
                        "seconds until the client was there again": waits,
                        "longest round trip of a heartbeat, ms": round(1000 * rtt)})
    await stage.close_books()


def is_at(unix_ms, offset):
    return abs(unix_ms / 1000 - time.time() - offset) < 60


async def _outage(stage, server_clock, client_clock, number):
    """Jumps while a client waits for its next attempt: it comes when it would have come. Gives its seconds."""
    talker = Talker(stage, client_clock, f"bob{number}")  # a new one: its back-off begins anew
    await talker.say()
    await stage.kill_server()
    text = talker.write()
    jump = HOUR if number % 2 else -HOUR
    client_clock.jump(jump)
    server_clock.jump(-jump)
    await asyncio.sleep(stage.random.uniform(0.2, 0.6))
    await stage.start_server(stage.server.port, env=server_clock.environment)
    begin = time.monotonic()
    await talker.answer(text)
    wait = round(time.monotonic() - begin, 2)
    expect(wait < LONGEST_WAIT, f"the client came back after {wait} s")
    client_clock.jump(0)
    server_clock.jump(0)
    await talker.finish()
    return wait
