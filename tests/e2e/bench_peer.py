#!/usr/bin/python3
"""A server as lanline-bench measures them beside lanlined, that does its work or, asked to, one thing wrong.
Usage: bench_peer.py good|forgets|changes|repeats|closes|masks"""
import asyncio
import base64
import hashlib
import json
import signal
import struct
import sys

FAULT = sys.argv[1]
AFTER = 20  # messages that go well first
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def frame(opcode, payload, mask=b""):
    length = len(payload)
    head = struct.pack("!BB", 0x80 | opcode, length) if length < 126 else struct.pack("!BBH", 0x80 | opcode, 126, length)
    if mask:
        head = bytes([head[0], head[1] | 0x80]) + head[2:] + mask
        payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    return head + payload


class Connection:
    everybody = set()
    messages = 0

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    async def serve(self):
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
            key = [line.split(b": ")[1] for line in head.split(b"\r\n") if line.startswith(b"Sec-WebSocket-Key")][0]
            accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
            self.writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            echoes = b" /bench/echo " in head
            if not echoes:
                Connection.everybody.add(self)
            while True:
                opcode, payload = await self.read_frame()
                if opcode == 8:
                    break
                for one in [self] if echoes else list(Connection.everybody):
                    one.tell(payload)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        Connection.everybody.discard(self)
        self.writer.close()

    async def read_frame(self):
        first, second = await self.reader.readexactly(2)
        length = second & 0x7f
        if length == 126:
            length, = struct.unpack("!H", await self.reader.readexactly(2))
        mask = await self.reader.readexactly(4)
        payload = await self.reader.readexactly(length)
        return first & 0x0f, bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))

    def tell(self, payload):
        Connection.messages += 1
        is_now = Connection.messages == AFTER
        if is_now and FAULT == "forgets":
            return
        if is_now and FAULT == "changes":
            payload = payload[:-1] + b"y"
        if is_now and FAULT == "closes":
            self.writer.write(frame(8, struct.pack("!H", 1013) + b"too busy"))
            return
        self.writer.write(frame(1, payload, b"abcd" if is_now and FAULT == "masks" else b""))
        if is_now and FAULT == "repeats":
            self.writer.write(frame(1, payload))


async def main():
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    server = await asyncio.start_server(lambda r, w: Connection(r, w).serve(), "127.0.0.1", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"event": "listening", "url": f"ws://127.0.0.1:{port}", "port": port}), flush=True)
    await stopped.wait()


asyncio.run(main())
