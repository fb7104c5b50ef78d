"""A guest of our own with an outbox, through lanline.v1.json: says what it is told to, in order, however often the
connection breaks, and keeps all that it hears."""
import asyncio
import itertools
import json
import random
import time
import uuid

import websockets

from .ledger import Account, Ack, Event, Reading

ROOM = "lobby"
WINDOW = 32  # sent and not yet answered
BACKOFF = (0.02, 0.2)  # seconds; short, so that it is there again for the next fault
HANDSHAKE = 5  # seconds until a connection that does not come up is given up


class Guest:
    def __init__(self, name, url, *, seed, beat_ms=15000, patience_s=None):
        self.name = name
        self.url = url
        self.account = Account("Python guests", name)
        self.reading = Reading("Python guests, live", name)
        self.random = random.Random(f"{seed}/{name}")
        self.beat_ms = beat_ms
        self.patience_s = patience_s or 1.5 * beat_ms / 1000  # without a HEARTBEAT_ACK
        self.secret = None
        self.epoch = None
        self.outbox = {}  # message_id -> text, in order
        self.first_sent = {}  # message_id -> the connection that carried it first
        self.closes = []  # what ended each connection
        self.refused = {}  # code -> how often
        self.store_states = []  # every STORE_STATE's `writable`, as it came
        self.strays = []  # answers to what was not asked, or twice
        self.resets = 0  # cursors the server did not know any more
        self.stored_ms = 0  # of the newest STORED
        self.longest_rtt = 0.0
        self.connections = 0
        self.is_welcome = False
        self._socket = None
        self._in_flight = 0
        self._held_until = 0.0
        self._has_work = asyncio.Event()
        self._asked = 0
        self._last_ack = 0.0

    @property
    def seq(self):
        return self.reading.events[-1].seq if self.reading.events else 0

    @property
    def in_flight(self):
        return self._in_flight

    def say(self, text):
        self.account.write(text)
        self.outbox[str(uuid.UUID(int=self.random.getrandbits(128), version=4))] = text
        self._has_work.set()

    # ---- connections

    async def run(self):
        """Until cancelled."""
        while True:
            try:
                await self._visit()
            except (OSError, asyncio.TimeoutError, websockets.WebSocketException, EOFError) as ended:
                self.closes.append(getattr(ended, "code", None) or type(ended).__name__)
            await asyncio.sleep(self.random.uniform(*BACKOFF))

    async def _visit(self):
        async with websockets.connect(self.url, subprotocols=["lanline.v1.json"], ping_interval=None,
                                      open_timeout=HANDSHAKE, close_timeout=1) as socket:
            self._socket, self._in_flight, self._held_until = socket, 0, 0.0
            tasks = []
            try:
                while not self.is_welcome:  # a proxy may have swallowed READY or WELCOME
                    await self._handle(json.loads(await asyncio.wait_for(socket.recv(), HANDSHAKE)))
                tasks = [asyncio.create_task(self._beat()), asyncio.create_task(self._send())]
                async for message in socket:
                    await self._handle(json.loads(message))
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                self._socket, self.is_welcome, self._in_flight = None, False, 0
                if not socket.closed:
                    socket.transport.abort()
        self.closes.append(socket.close_code)

    async def _say(self, kind, **fields):
        if self._socket is None:
            raise ConnectionResetError("the connection has ended")
        await self._socket.send(json.dumps({"type": kind, **fields}))

    async def _beat(self):
        while time.monotonic() - self._last_ack <= self.patience_s:
            await self._say("HEARTBEAT", next_ms=self.beat_ms, t_us=int(time.monotonic() * 1e6),
                            timestamp=int(time.time() * 1000), client_id=self.name)
            await asyncio.sleep(0.8 * self.beat_ms / 1000)
        self._socket.transport.abort()

    async def _send(self):
        """Sends what is not in flight, from the first, as far as the window allows."""
        while True:
            hold = self._held_until - time.monotonic()
            if hold > 0:
                await asyncio.sleep(hold)
                continue
            entry = next(itertools.islice(self.outbox.items(), self._in_flight, WINDOW), None)
            if entry is None:
                self._has_work.clear()
                await self._has_work.wait()
                continue
            self._in_flight += 1
            self.first_sent.setdefault(entry[0], self.connections)
            await self._say("SEND", room=ROOM, message_id=entry[0], text=entry[1])

    async def _handle(self, message):
        handler = getattr(self, "_on_" + message["type"].lower(), None)
        if handler:
            await handler(message)

    # ---- what the server says

    async def _on_ready(self, message):
        auth = {"guest": {"secret": self.secret} if self.secret else {}}
        cursor = {}
        if self.reading.events:
            last = self.reading.events[-1]
            cursor = {"epoch": self.epoch,
                      "cursors": [{"room": ROOM, "seq": last.seq, "message_id": last.message_id}]}
        self.epoch = message["epoch"]
        await self._say("HELLO", version_major=1, app="faults", client_id=self.name, name=self.name, auth=auth,
                        **cursor)

    async def _on_welcome(self, message):
        self.secret = message.get("guest_secret", self.secret)
        lobby = next(room for room in message["rooms"] if room["info"]["room"] == ROOM)
        if lobby.get("cursor", "NONE") != ("VALID" if self.reading.events else "NONE"):
            self.resets += 1
        self.connections += 1
        self._last_ack = time.monotonic()
        self.is_welcome = True
        await self._ask_page()

    async def _on_heartbeat_ack(self, message):
        self._last_ack = time.monotonic()
        self.longest_rtt = max(self.longest_rtt, self._last_ack - message["t_us"] / 1e6)

    async def _ask_page(self):
        self._asked = self.seq
        await self._say("EVENTS_GET", request_id=1, room=ROOM, after_seq=self.seq)

    async def _on_events(self, message):
        for event in message.get("events", []):
            if not message.get("request_id") and event["seq"] > self.seq + 1:
                if self._asked != self.seq:  # one question per hole
                    await self._ask_page()
                return
            self.reading.events.append(Event(event["seq"], event["message_id"], event["text"]))
        if message.get("request_id") and not message.get("live"):
            await self._ask_page()

    async def _on_stored(self, message):
        message_id = message["message_id"]
        text = self.outbox.pop(message_id, None)
        if text is None:
            self.strays.append(message_id)
            return
        self._in_flight -= 1
        self.stored_ms = message["stored_ms"]
        self.account.ack(Ack(text, message_id, message["seq"], message.get("duplicate", False),
                             self.first_sent.pop(message_id) != self.connections))
        self._has_work.set()

    async def _on_refused(self, message):
        code = message.get("code", "UNSPECIFIED")
        self.refused[code] = self.refused.get(code, 0) + 1
        if not message.get("retry_after_ms"):
            raise AssertionError(f"{self.name}: refused for good: {message}")
        # The server drops what came behind it: go back to it, and hold.
        self._in_flight = list(self.outbox).index(message["message_id"])
        self._held_until = time.monotonic() + message["retry_after_ms"] / 1000
        self._has_work.set()

    async def _on_store_state(self, message):
        self.store_states.append(message.get("writable", False))
