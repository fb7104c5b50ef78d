#!/usr/bin/env python3
"""The echo through Debian's python3-websockets: `python_client.py URL`."""
import asyncio
import json
import ssl
import sys

import websockets

SIZES = (0, 1, 125, 126, 127, 65535, 65536, 1_000_000, 16 * 1024 * 1024)
CJK = "電腦與人之間的訊息，一字不漏。"
MAX = 32 * 1024 * 1024


def connect(url):
    tls = {}
    if url.startswith("wss"):
        anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
        tls = {"ssl": anyone}
    return websockets.connect(url + "/bench/echo", max_size=MAX, compression="deflate", ping_interval=None, **tls)


async def echo_binary(url):
    async with connect(url) as socket:
        for size in SIZES:
            data = (bytes(range(251)) * (size // 251 + 1))[:size]
            await socket.send(data)
            assert await socket.recv() == data, f"{size} bytes"


async def echo_text(url):
    async with connect(url) as socket:
        for size in SIZES:
            text = (CJK * (size // len(CJK) + 1))[:size // 3]
            await socket.send(text)
            assert await socket.recv() == text, f"{size} bytes"


async def echo_fragments(url):
    text = (CJK * 60_000)[:700_000]
    pieces = [text[at:at + 1365] for at in range(0, len(text), 1365)]  # 4 KB each
    data = text.encode()
    async with connect(url) as socket:
        await socket.send(pieces)
        assert await socket.recv() == text, "the text differs"
        await socket.send([data[at:at + 4096] for at in range(0, len(data), 4096)])
        assert await socket.recv() == data, "the data differ"


async def ping(url):
    async with connect(url) as socket:
        for payload in (b"", b"x", b"y" * 125):
            await asyncio.wait_for(await socket.ping(payload), 10)
        await socket.pong(b"unsolicited")
        await socket.send("still here")
        assert await socket.recv() == "still here"


async def close(url):
    for code in (1000, 1001, 3000, 4999):
        async with connect(url) as socket:
            await socket.close(code, "done 電")
            assert socket.close_code == code, f"{code} was answered with {socket.close_code}"


async def main():
    is_good = True
    for check in (echo_binary, echo_text, echo_fragments, ping, close):
        try:
            await asyncio.wait_for(check(sys.argv[1]), 120)
            told = {"check": check.__name__, "ok": True}
        except (AssertionError, OSError, asyncio.TimeoutError, websockets.WebSocketException) as problem:
            told = {"check": check.__name__, "ok": False, "said": f"{type(problem).__name__}: {problem}"}
            is_good = False
        print(json.dumps(told), flush=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
