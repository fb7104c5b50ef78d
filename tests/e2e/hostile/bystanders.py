"""Two guests who chat in the lobby while others misbehave, as a process of its own:
`python3 -m hostile.bystanders URL`.

They never come back when they lose their connection: that would be a loss already. Each line of standard input is
answered with a line of JSON: "settle" stops the talk, waits until both have all of it, and tells the sums; "resume"
goes on.
"""
import asyncio
import json
import sys
import time
import uuid

import websockets

from wire import ANYONE

ROOM = "lobby"
PAUSE = 0.05  # seconds between two lines of one author
BEAT_MS = 15000
PATIENCE = 60


class Bystander:
    def __init__(self, url, name):
        self.url = url
        self.name = name
        self.sent = 0
        self.stored = 0
        self.seq = 0
        self.heard = {}  # author -> number of the last line
        self.slowest_ms = 0.0
        self.talks = asyncio.Event()
        self.is_live = asyncio.Event()
        self._socket = None
        self._sent_at = {}

    async def run(self):
        """Until the connection ends, which it must not."""
        tls = {"ssl": ANYONE} if self.url.startswith("wss") else {}
        async with websockets.connect(self.url, subprotocols=["lanline.v1.json"], ping_interval=None, **tls) as socket:
            self._socket = socket
            tasks = [asyncio.create_task(work) for work in (self._beat(), self._talk())]
            try:
                async for message in socket:
                    await self._handle(json.loads(message))
            finally:
                for task in tasks:
                    task.cancel()
        raise AssertionError(f"{self.name} was closed with {socket.close_code} {socket.close_reason}")

    async def _say(self, kind, **fields):
        await self._socket.send(json.dumps({"type": kind, **fields}))

    async def _beat(self):
        await self.is_live.wait()
        while True:
            await self._say("HEARTBEAT", next_ms=BEAT_MS, t_us=int(time.monotonic() * 1e6))
            await asyncio.sleep(BEAT_MS / 3000)

    async def _talk(self):
        await self.is_live.wait()
        while True:
            await self.talks.wait()
            self.sent += 1
            message_id = str(uuid.uuid4())
            self._sent_at[message_id] = time.monotonic()
            await self._say("SEND", room=ROOM, message_id=message_id, text=f"{self.name} {self.sent}")
            await asyncio.sleep(PAUSE)

    async def _handle(self, message):
        match message["type"]:
            case "READY":
                await self._say("HELLO", version_major=1, name=self.name, auth={"guest": {}})
            case "WELCOME":
                self.seq = next(room["info"].get("head_seq", 0) for room in message["rooms"]
                                if room["info"]["room"] == ROOM)
                await self._say("EVENTS_GET", request_id=1, room=ROOM, after_seq=self.seq)
            case "EVENTS" if message["room"] == ROOM:
                for event in message.get("events", []):
                    self._hear(event)
                if message.get("live"):
                    self.is_live.set()
            case "STORED":
                self.stored += 1
                waited = time.monotonic() - self._sent_at.pop(message["message_id"])
                self.slowest_ms = max(self.slowest_ms, waited * 1000)
            case "REFUSED" | "ERROR" | "GOODBYE":
                raise AssertionError(f"{self.name} was told {message}")

    def _hear(self, event):
        # One more than the last: nothing is missing, nothing came twice, nothing out of order.
        if event["seq"] != self.seq + 1:
            raise AssertionError(f"{self.name} heard seq {event['seq']} after {self.seq}")
        self.seq = event["seq"]
        author, _, number = event["text"].rpartition(" ")
        if author.startswith("bystander"):
            if int(number) != self.heard.get(author, 0) + 1:
                raise AssertionError(f"{self.name} heard {author}'s line {number} after {self.heard.get(author)}")
            self.heard[author] = int(number)


async def settle(pair):
    for one in pair:
        one.talks.clear()
    deadline = time.monotonic() + PATIENCE
    while not all(author.stored == author.sent == one.heard.get(author.name, 0) for one in pair for author in pair):
        if time.monotonic() > deadline:
            sums = [(one.name, one.sent, one.stored, one.heard) for one in pair]
            raise AssertionError(f"not settled within {PATIENCE} s: {sums}")
        await asyncio.sleep(0.01)
    sums = {"sent": sum(one.sent for one in pair), "heard": sum(sum(one.heard.values()) for one in pair),
            "slowest_ms": round(max(one.slowest_ms for one in pair), 1)}
    for one in pair:
        one.slowest_ms = 0.0
    return sums


async def obey(pair):
    loop = asyncio.get_running_loop()
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    await asyncio.gather(*(one.is_live.wait() for one in pair))
    print("{}", flush=True)
    while line := (await commands.readline()).decode().strip():
        sums = {}
        if line == "settle":
            sums = await settle(pair)
        else:
            for one in pair:
                one.talks.set()
        print(json.dumps(sums), flush=True)


async def main():
    pair = [Bystander(sys.argv[1], f"bystander {name}") for name in ("Ann", "Ben")]
    tasks = [asyncio.create_task(work) for work in (*(one.run() for one in pair), obey(pair))]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        if problem := task.exception():
            print(json.dumps({"problem": f"{type(problem).__name__}: {problem}"}), flush=True)
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
