#!/usr/bin/python3
"""Each server that Lanline is measured beside keeps the same contract: where it listens, echo, broadcast, its end.

usage: check.py FOLDER [NAME=COMMAND...]    FOLDER: what build.sh made; more servers of the same kind as NAME=COMMAND
"""

import asyncio
import contextlib
import http.client
import json
import shlex
import signal
import ssl
import subprocess
import sys
import unittest
import urllib.parse
from pathlib import Path

import websockets

PATIENCE = 20.0  # seconds
LARGEST = 32 * 1024 * 1024

commands: dict[str, list[str]] = {}
folder = Path()


class Server:
    """A server program, from its first line to SIGTERM."""

    def __init__(self, command: list[str]):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.line = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def connect(self, path: str):
        return websockets.connect(self.line["url"] + path, max_size=None, compression=None, max_queue=None)


async def next_of(client):
    return await asyncio.wait_for(client.recv(), PATIENCE)


class Contract(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)  # it would tell of each large message that took a while

    @contextlib.contextmanager
    def server(self, name):
        with self.subTest(server=name), Server(commands[name]) as server:
            yield server

    async def until(self, client, text):
        while text not in (await next_of(client)).split("\n"):
            pass

    async def test_first_line_says_where(self):
        for name in commands:
            with self.server(name) as server:
                self.assertEqual(server.line["event"], "listening")
                self.assertEqual(server.line["url"].rstrip("/"), f"ws://127.0.0.1:{server.line['port']}")

    async def test_echo_returns_every_message_with_its_type(self):
        messages = ["", "a", "消息 ✓", b"", b"\x00\xff", "x" * 65_535, b"y" * 65_536, "界" * 350_000, b"z" * (1 << 20)]
        for name in commands:
            with self.server(name) as server:
                async with server.connect("/bench/echo") as client:
                    for message in messages:
                        await client.send(message)
                        self.assertEqual(await next_of(client), message)
                    # Not one by one: their order.
                    for number in range(1000):
                        await client.send(str(number))
                    self.assertEqual([await next_of(client) for _ in range(1000)], [str(n) for n in range(1000)])

    async def test_echo_takes_what_the_limit_allows(self):
        for name in commands:
            with self.server(name) as server:
                async with server.connect("/bench/echo") as client:
                    await client.send(bytes(LARGEST))
                    self.assertEqual(len(await next_of(client)), LARGEST)

    async def test_broadcast_reaches_all_in_order_the_sender_too(self):
        count = 200  # fewer than some servers queue for a client
        for name in commands:
            with self.server(name) as server:
                clients = [await server.connect("/bench/broadcast") for _ in range(20)]
                # Who has connected is not yet who is told: until each has got its own word, and what came before.
                for client in clients:
                    own = f"hello from {client.local_address}"
                    await client.send(own)
                    await self.until(client, own)
                for client in clients[:-1]:
                    await self.until(client, own)
                await asyncio.gather(*(clients[0].send(f"message {n}") for n in range(count)))
                for client in clients:
                    got = []
                    while len(got) < count:
                        got += (await next_of(client)).split("\n")
                    self.assertEqual(got, [f"message {n}" for n in range(count)])
                await clients[1].send(b"\x01\x02")
                for client in clients:
                    self.assertEqual(await next_of(client), b"\x01\x02")
                for client in clients:
                    await client.close()

    async def test_who_left_is_not_missed(self):
        for name in commands:
            with self.server(name) as server:
                stays, leaves = [await server.connect("/bench/broadcast") for _ in range(2)]
                await leaves.close()
                await stays.send("still there")
                self.assertEqual(await next_of(stays), "still there")
                await stays.close()

    async def test_coalesced_puts_what_waits_on_lines_of_one_frame(self):
        count = 250
        for name in [name for name in commands if name.endswith("-coalesced")]:
            with self.server(name) as server:
                async with server.connect("/bench/broadcast") as client:
                    await asyncio.gather(*(client.send("x") for _ in range(count)))
                    frames = []
                    while sum(len(frame.split("\n")) for frame in frames) < count:
                        frames.append(await next_of(client))
                    self.assertLess(len(frames), count)

    async def test_sigterm_ends_it_with_clients_connected(self):
        for name in commands:
            with self.server(name) as server:
                async with server.connect("/bench/broadcast"):
                    server.process.send_signal(signal.SIGTERM)
                    self.assertIn(server.process.wait(PATIENCE), (0, -signal.SIGTERM))

    async def test_qt_speaks_tls_on_a_port_of_its_own(self):
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        with Server(commands["qt"]) as server:
            for url, context in ((server.line["tls_url"], trusting), (server.line["url"], None)):
                async with websockets.connect(url + "/bench/echo", ssl=context, compression=None) as client:
                    await client.send("secret")
                    self.assertEqual(await next_of(client), "secret")


class Polling(unittest.TestCase):
    def test_what_is_posted_is_got_once_and_in_order(self):
        with Server([str(folder / "polling")]) as server:
            link = http.client.HTTPConnection(urllib.parse.urlsplit(server.line["url"]).netloc, timeout=PATIENCE)

            def ask(method, path, body=None):
                link.request(method, path, body)
                answer = link.getresponse()
                content = answer.read()
                return answer.status, json.loads(content) if answer.status == 200 else None

            self.assertEqual(ask("GET", "/messages?since=0"), (200, {"last": 0, "messages": []}))
            for number in range(1, 4):
                self.assertEqual(ask("POST", "/messages", f"消息 {number}".encode()), (200, {"seq": number}))
            self.assertEqual(ask("GET", "/messages?since=0")[1]["messages"], ["消息 1", "消息 2", "消息 3"])
            self.assertEqual(ask("GET", "/messages?since=2"), (200, {"last": 3, "messages": ["消息 3"]}))
            self.assertEqual(ask("GET", "/messages?since=3"), (200, {"last": 3, "messages": []}))
            self.assertEqual(ask("GET", "/messages?since=x")[0], 400)
            self.assertEqual(ask("POST", "/messages", b"x" * 100_000)[0], 400)


def main():
    global folder
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    for line in (Path(__file__).parent / "commands").read_text().splitlines():
        name, command = line.split("=", 1)
        if name != "polling":
            commands[name] = shlex.split(command.replace("@", str(folder)))
    for argument in sys.argv[2:]:
        name, command = argument.split("=", 1)
        commands[name] = shlex.split(command)
    unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
