#!/usr/bin/env python3
"""A guest who chats through lanline.v1.json, written from docs/protocol.md alone.

Joins ROOM (creates it where it does not exist), sends every TEXT, prints every event of the room as a JSON line, and
leaves when N events were seen and every TEXT was stored. Should its connection break, it comes back and goes on where
it was. With --standby it keeps a second connection, by the second URL if one is given, and goes on there.

Exit status: 0 done; 1 refused; 3 not done within --timeout.
"""
import argparse
import asyncio
import json
import random
import sys
import time
import uuid

import websockets

HEARTBEAT_MS = 5000
HEARTBEAT_LONGEST_MS = 60000
CONNECT_TIMEOUT = 8
BACKOFF = (0.5, 30)  # seconds
STABLE_AFTER = 30  # seconds: then it begins anew
ROOM_REQUEST = 1
PAGE_REQUEST = 2
# What another attempt cannot mend.
FINAL_CODES = {1002, 1003, 1007, 1009, 4000, 4003, 4004, 4005, 4006, 4007, 4013}
GOING_AWAY = 1001
PRIMARY, STANDBY = "PRIMARY", "STANDBY"


class Refused(Exception):
    """The server will not do what this client is there for."""


class Link:
    """One WebSocket connection: its beat, its deadline, and what comes on it."""

    def __init__(self, url, role, arrivals):
        self.url = url
        self.role = role  # that it was opened with
        self.is_welcome = False
        self.next_ms = None
        self.last_ack = None
        self.last_message = None
        self.close_code = None
        self._socket = None
        self._arrivals = arrivals
        self._is_over = False
        self._task = asyncio.create_task(self._run())
        self._beating = None

    async def _run(self):
        try:
            async with websockets.connect(self.url, subprotocols=["lanline.v1.json"], open_timeout=CONNECT_TIMEOUT,
                                          close_timeout=1, ping_interval=None) as socket:
                self._socket = socket
                async for message in socket:
                    self.last_message = time.monotonic()
                    await self._arrivals.put((self, json.loads(message)))
        except (OSError, asyncio.TimeoutError, websockets.WebSocketException):
            pass
        self.close_code = self._socket.close_code if self._socket else None
        await self._end()

    async def _end(self):
        if not self._is_over:
            self._is_over = True
            await self._arrivals.put((self, None))

    def say(self, kind, **fields):
        """Queues it; nothing waits for the other end."""
        message = json.dumps({"type": kind, **fields})
        return asyncio.ensure_future(self._send(message))

    async def _send(self, message):
        try:
            if not self._socket.transport.is_closing():
                await self._socket.send(message)
        except websockets.ConnectionClosed:
            pass  # the end is told by the one who reads

    def beat(self, next_ms, client_id):
        """Announces the next beat within `next_ms`, and goes on from now on."""
        if self._beating:
            self._beating.cancel()
        self.next_ms = next_ms
        self.last_ack = time.monotonic()
        self._beating = asyncio.create_task(self._beat(client_id))

    async def _beat(self, client_id):
        beaten = 0.0
        while True:
            now = time.monotonic()
            deadline = self.last_ack + 1.5 * self.next_ms / 1000
            if now >= deadline:
                await self._end()  # no answer in time: the connection is dead
                return
            # A little early, or the way there would make it late.
            due = beaten + 0.8 * self.next_ms / 1000
            if now >= due:
                self.say("HEARTBEAT", timestamp=int(time.time() * 1000), client_id=client_id, next_ms=self.next_ms,
                         t_us=int(now * 1e6))
                beaten = due = now
                continue
            await asyncio.sleep(min(due, deadline) - now)

    def abort(self):
        """Hard: no close handshake."""
        self._is_over = True
        if self._beating:
            self._beating.cancel()
        if self._socket:
            self._socket.transport.abort()
        self._task.cancel()

    async def leave(self):
        await self.say("BYE")
        if self._beating:
            self._beating.cancel()
        await self._task


class Guest:
    """`urls`: where the server is reached, one or two ways. `on_event` gets each event of the room once, in order."""

    def __init__(self, urls, name, room, *, on_event, keeps_standby=False, beat_ms=HEARTBEAT_MS):
        self.urls = urls
        self.name = name
        self.room = room
        self.on_event = on_event
        self.keeps_standby = keeps_standby
        self.beat_ms = beat_ms
        self.client_id = "c_" + uuid.uuid4().hex[:8]
        self.secret = None
        self.epoch = None
        self.seq = 0  # position in the room: all events up to it were told
        self.last_id = None  # message_id of the event there
        self.seen = 0
        self.unstored = {}  # message_id -> text, in the order of sending
        self.duplicates = 0  # sent again, and the server had it
        self.session = None  # id and token
        self.generation = 0  # of the last primary, tried or not
        self.promotions = []  # of each: seconds without a message, until PROMOTED
        self.primary = None
        self.standby = None
        self._is_live = False
        self._lost_at = None  # last message of the primary that a promotion replaces
        self._live_since = None
        self._goodbye_s = 0.0
        self._failures = {PRIMARY: 0, STANDBY: 0}
        self._arrivals = asyncio.Queue()
        self._timers = []

    def say_text(self, text):
        """Sent now if there is a connection, and until it is stored again with each new one."""
        message_id = str(uuid.uuid4())
        self.unstored[message_id] = text
        if self._is_live:
            self.primary.say("SEND", room=self.room, message_id=message_id, text=text)

    async def converse(self, texts, expected):
        """Returns when `texts`, and those of say_text(), are stored and `expected` events were seen."""
        for text in texts:
            self.say_text(text)
        self.open(PRIMARY)
        try:
            while self.unstored or self.seen < expected:
                link, message = await self._arrivals.get()
                if link not in (self.primary, self.standby):
                    continue  # another has taken over: it comes too late
                if message is None:
                    self.on_ended(link)
                else:
                    self.handle(link, message)
            await self.primary.leave()
        finally:
            for timer in self._timers:
                timer.cancel()
            for link in (self.primary, self.standby):
                if link:
                    link.abort()

    def handle(self, link, message):
        handler = getattr(self, "on_" + message["type"].lower(), None)
        if handler:  # an unknown type is ignored
            handler(link, message)

    # ---- links

    def open(self, role):
        if role == STANDBY and (self.standby or not self._is_live):
            return
        # Two ways share least: the standby takes the one that the primary does not.
        other = [url for url in self.urls if not self.primary or url != self.primary.url]
        if role == STANDBY:
            self.standby = Link((other or self.urls)[0], role, self._arrivals)
            return
        # The next way, should the last have failed.
        self.primary = Link(self.urls[self._failures[PRIMARY] % len(self.urls)], role, self._arrivals)

    def open_later(self, role, at_least=0.0):
        first, longest = BACKOFF
        wait = at_least + random.uniform(0, min(longest, first * 2 ** self._failures[role]))
        self._failures[role] += 1
        self._timers.append(asyncio.get_running_loop().call_later(wait, self.open, role))

    def on_ended(self, link):
        link.abort()
        if link.close_code in FINAL_CODES:
            raise Refused(f"the {link.role.lower()} was closed with {link.close_code}")
        if link is self.standby:
            self.standby = None
            if self._is_live:
                self.open_later(STANDBY)
        elif self.standby and self.standby.is_welcome and link.close_code != GOING_AWAY:
            self.promote()
        else:
            self.lose_all()

    def lose_all(self):
        """Nothing is left: back by a login that resumes, or finds another session."""
        if self.standby:
            self.standby.abort()
        self.primary = self.standby = None
        if self._live_since and time.monotonic() - self._live_since > STABLE_AFTER:
            self._failures = {PRIMARY: 0, STANDBY: 0}
        self._is_live = False
        self._live_since = self._lost_at = None
        self.open_later(PRIMARY, self._goodbye_s)
        self._goodbye_s = 0.0

    def promote(self):
        if self._lost_at is None:
            self._lost_at = self.primary.last_message
        self.primary, self.standby = self.standby, None
        self.generation += 1
        self.primary.say("PROMOTE", generation=self.generation)
        self.enter()
        self.primary.beat(self.beat_ms, self.client_id)

    # ---- logging in

    def on_ready(self, link, message):
        if message["version_major"] != 1:
            raise Refused(f"the server speaks version {message['version_major']}")
        hello = {"version_major": 1, "version_minor": 2, "app": "protocol_client.py", "client_id": self.client_id,
                 "name": self.name, "auth": {"guest": {"secret": self.secret} if self.secret else {}}}
        if link.role == PRIMARY and self.last_id:
            hello["epoch"] = self.epoch
            hello["cursors"] = [{"room": self.room, "seq": self.seq, "message_id": self.last_id}]
        if self.session:
            if link.role == PRIMARY:
                self.generation += 1
            session_id, token = self.session
            hello["resume"] = {"session_id": session_id, "token": token, "generation": self.generation,
                               "role": link.role}
        self.epoch = message["epoch"]
        link.say("HELLO", **hello)

    def on_welcome(self, link, message):
        link.is_welcome = True
        if link is self.standby:
            # It only finds out whether it would be there: half as often will do.
            link.beat(min(2 * self.beat_ms, HEARTBEAT_LONGEST_MS), self.client_id)
            return
        self.secret = message.get("guest_secret", self.secret)
        session = message.get("session")  # none: an older server, and no second link
        if session:
            self.session = session["id"], session["token"]
            self.generation = session["generation"]
        link.beat(self.beat_ms, self.client_id)
        states = {room["info"]["room"]: room for room in message.get("rooms", [])}
        if self.room not in states:
            link.say("JOIN", request_id=ROOM_REQUEST, room=self.room)
        elif states[self.room].get("cursor") == "UNKNOWN":
            raise Refused("the server's history is another one")
        else:
            self.enter()

    def on_promoted(self, link, message):
        self.promotions.append(time.monotonic() - self._lost_at)
        self._lost_at = None

    def on_heartbeat_ack(self, link, message):
        link.last_ack = time.monotonic()

    def on_goodbye(self, link, message):
        self._goodbye_s = message.get("retry_after_ms", 0) / 1000

    # ---- the room

    def on_joined(self, link, message):
        if message["room"]["info"]["room"] == self.room:
            self.enter()

    def enter(self):
        self._is_live = True
        self.ask_page()
        for message_id, text in self.unstored.items():
            self.primary.say("SEND", room=self.room, message_id=message_id, text=text)

    def ask_page(self):
        self.primary.say("EVENTS_GET", request_id=PAGE_REQUEST, room=self.room, after_seq=self.seq)

    def on_events(self, link, message):
        if message["room"] != self.room:
            return
        is_page = bool(message.get("request_id"))
        for event in message.get("events", []):
            if event["seq"] <= self.seq:
                continue
            if event["seq"] != self.seq + 1:
                if is_page:
                    raise Refused(f"a page jumps from {self.seq} to {event['seq']}")
                self.ask_page()
                return
            self.seq = event["seq"]
            self.last_id = event["message_id"]
            self.seen += 1
            self.on_event(event)
        if is_page and not message.get("live"):
            self.ask_page()
        elif is_page:
            self._live_since = self._live_since or time.monotonic()
            if self.keeps_standby and self.session and not self.standby:
                self.open(STANDBY)

    def on_stored(self, link, message):
        self.duplicates += message.get("duplicate", False)
        self.unstored.pop(message["message_id"], None)

    def on_refused(self, link, message):
        retry_after_ms = message.get("retry_after_ms", 0)
        if not retry_after_ms:
            raise Refused(f"REFUSED {message.get('code')}: {message.get('text')}")
        self._timers.append(asyncio.get_running_loop().call_later(retry_after_ms / 1000, self.send_again, link))

    def send_again(self, link):
        if link is self.primary:
            for message_id, text in self.unstored.items():
                link.say("SEND", room=self.room, message_id=message_id, text=text)

    def on_error(self, link, message):
        if message.get("code") == "UNKNOWN_ROOM" and message.get("request_id") == ROOM_REQUEST:
            link.say("CREATE_ROOM", request_id=ROOM_REQUEST, room=self.room)
        elif message.get("code") == "ROOM_EXISTS":  # somebody else was faster
            link.say("JOIN", request_id=ROOM_REQUEST, room=self.room)
        else:
            raise Refused(f"ERROR {message.get('code')}: {message.get('text')}")


def print_event(event):
    print(json.dumps(event, ensure_ascii=False), flush=True)


async def run(arguments):
    guest = Guest(arguments.url, arguments.name, arguments.room, on_event=print_event,
                  keeps_standby=arguments.standby)
    await guest.converse(arguments.send, arguments.expect)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="+", help="of the server; a second one is another way to it")
    parser.add_argument("--name", required=True)
    parser.add_argument("--room", required=True)
    parser.add_argument("--send", action="append", default=[], metavar="TEXT")
    parser.add_argument("--expect", type=int, required=True, metavar="N")
    parser.add_argument("--standby", action="store_true")
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS")
    arguments = parser.parse_args()
    try:
        asyncio.run(asyncio.wait_for(run(arguments), arguments.timeout))
    except asyncio.TimeoutError:
        print("protocol_client: not done in time", file=sys.stderr)
        return 3
    except Refused as problem:
        print(f"protocol_client: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
