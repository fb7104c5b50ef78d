#!/usr/bin/env python3
"""A guest who chats through lanline.v1.json, written from docs/protocol.md alone.

Joins ROOM (creates it where it does not exist), sends every TEXT, prints every event of the room as a JSON line, and
leaves when N events were seen and every TEXT was stored.

Exit status: 0 done; 1 refused, or the connection was closed; 3 not done within --timeout.
"""
import argparse
import asyncio
import json
import sys
import time
import uuid

import websockets

HEARTBEAT_MS = 5000
ROOM_REQUEST = 1
PAGE_REQUEST = 2


class Refused(Exception):
    """The server will not do what this client is there for."""


class Guest:
    def __init__(self, socket, name, room):
        self.socket = socket
        self.name = name
        self.room = room
        self.seq = 0  # position in the room: all events up to it were printed
        self.seen = 0
        self.unstored = {}  # message_id -> text, in the order of sending
        self.client_id = "c_" + uuid.uuid4().hex[:8]
        self.last_ack = time.monotonic()
        self.welcomed = asyncio.Event()

    async def say(self, kind, **fields):
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def converse(self, texts, expected):
        """Returns when `texts` are stored and `expected` events were seen."""
        beating = asyncio.create_task(self.beat_after_welcome())
        try:
            self.unstored = {str(uuid.uuid4()): text for text in texts}
            while self.unstored or self.seen < expected:
                await self.handle(json.loads(await self.socket.recv()))
        finally:
            beating.cancel()
        await self.say("BYE")
        await self.socket.wait_closed()

    async def beat_after_welcome(self):
        await self.welcomed.wait()
        self.last_ack = time.monotonic()
        while True:
            if time.monotonic() - self.last_ack > 1.5 * HEARTBEAT_MS / 1000:
                self.socket.transport.abort()  # no answer in time: the connection is dead
                return
            await self.say("HEARTBEAT", timestamp=int(time.time() * 1000), client_id=self.client_id,
                           next_ms=HEARTBEAT_MS, t_us=int(time.monotonic() * 1e6))
            # A little early, or the way there would make it late.
            await asyncio.sleep(0.8 * HEARTBEAT_MS / 1000)

    async def handle(self, message):
        handler = getattr(self, "on_" + message["type"].lower(), None)
        if handler:  # an unknown type is ignored
            await handler(message)

    async def on_ready(self, message):
        if message["version_major"] != 1:
            raise Refused(f"the server speaks version {message['version_major']}")
        await self.say("HELLO", version_major=1, app="protocol_client.py", client_id=self.client_id, name=self.name,
                       auth={"guest": {}})

    async def on_welcome(self, message):
        self.welcomed.set()
        if any(room["info"]["room"] == self.room for room in message.get("rooms", [])):
            await self.enter()
        else:
            await self.say("JOIN", request_id=ROOM_REQUEST, room=self.room)

    async def on_heartbeat_ack(self, message):
        self.last_ack = time.monotonic()

    async def on_joined(self, message):
        if message["room"]["info"]["room"] == self.room:
            await self.enter()

    async def enter(self):
        await self.ask_page()
        await self.send_unstored()

    async def ask_page(self):
        await self.say("EVENTS_GET", request_id=PAGE_REQUEST, room=self.room, after_seq=self.seq)

    async def send_unstored(self):
        for message_id, text in self.unstored.items():
            await self.say("SEND", room=self.room, message_id=message_id, text=text)

    async def on_events(self, message):
        if message["room"] != self.room:
            return
        for event in message.get("events", []):
            if event["seq"] <= self.seq:
                continue
            if event["seq"] != self.seq + 1:
                if message.get("request_id"):
                    raise Refused(f"a page jumps from {self.seq} to {event['seq']}")
                await self.ask_page()
                return
            self.seq = event["seq"]
            self.seen += 1
            print(json.dumps(event, ensure_ascii=False), flush=True)
        if message.get("request_id") and not message.get("live"):
            await self.ask_page()

    async def on_stored(self, message):
        self.unstored.pop(message["message_id"], None)

    async def on_refused(self, message):
        retry_after_ms = message.get("retry_after_ms", 0)
        if not retry_after_ms:
            raise Refused(f"REFUSED {message.get('code')}: {message.get('text')}")
        await asyncio.sleep(retry_after_ms / 1000)
        await self.send_unstored()

    async def on_error(self, message):
        if message.get("code") == "UNKNOWN_ROOM" and message.get("request_id") == ROOM_REQUEST:
            await self.say("CREATE_ROOM", request_id=ROOM_REQUEST, room=self.room)
        elif message.get("code") == "ROOM_EXISTS":  # somebody else was faster
            await self.say("JOIN", request_id=ROOM_REQUEST, room=self.room)
        else:
            raise Refused(f"ERROR {message.get('code')}: {message.get('text')}")

    async def on_goodbye(self, message):
        raise Refused(f"GOODBYE: {message.get('text')}")


async def run(arguments):
    async with websockets.connect(arguments.url, subprotocols=["lanline.v1.json"]) as socket:
        await Guest(socket, arguments.name, arguments.room).converse(arguments.send, arguments.expect)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--name", required=True)
    parser.add_argument("--room", required=True)
    parser.add_argument("--send", action="append", default=[], metavar="TEXT")
    parser.add_argument("--expect", type=int, required=True, metavar="N")
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS")
    arguments = parser.parse_args()
    try:
        asyncio.run(asyncio.wait_for(run(arguments), arguments.timeout))
    except asyncio.TimeoutError:
        print("protocol_client: not done in time", file=sys.stderr)
        return 3
    except (Refused, OSError, websockets.WebSocketException) as problem:
        print(f"protocol_client: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
