#!/usr/bin/python3
"""A session and its second link, as docs/protocol.md has them, by a client that knows no more than that page. Usage:
test_standby.py BIN_DIR"""
import asyncio
import json
import os
import sys
import tempfile
import time
import unittest

import websockets

from faults.proxy import Proxy
from programs import PATIENCE, Server
from protocol_client import Guest

BIN_DIR = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/bin"
LOBBY = "lobby"
INTERVAL = 0.02  # seconds between two texts of one person
ZEROS_16, ZEROS_32 = "00" * 16, "00" * 32


async def until(condition, what):
    """Polls `condition`; its first true value."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        await asyncio.sleep(0.01)
    raise AssertionError(f"not in time: {what}")


class Caller:
    """One connection that says exactly what a test tells it to."""

    def __init__(self, socket):
        self.socket = socket

    @classmethod
    async def call(cls, url, **hello):
        caller = cls(await websockets.connect(url, subprotocols=["lanline.v1.json"], ping_interval=None))
        await caller.hear("READY")
        await caller.say("HELLO", **{"version_major": 1, "version_minor": 2, "client_id": "c_1", "name": "Bob",
                                     "auth": {"guest": {}}, **hello})
        return caller

    async def say(self, kind, **fields):
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def hear(self, kind):
        """The next message of that kind; others are passed over."""
        while True:
            message = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            if message["type"] == kind:
                return message

    async def close_code(self):
        await asyncio.wait_for(self.socket.wait_closed(), PATIENCE)
        return self.socket.close_code


class StandbyTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "data")
        self.server = self.start_server()

    def start_server(self, port=0):
        server = Server(BIN_DIR, self.data, port)
        self.addCleanup(server.kill)
        return server

    async def call(self, **hello):
        caller = await Caller.call(self.server.url, **hello)
        self.addAsyncCleanup(caller.socket.close)
        return caller

    async def log_in(self, client_id="c_1"):
        """A primary, its WELCOME, and what another link of that client says in its HELLO."""
        primary = await self.call(client_id=client_id)
        welcome = await primary.hear("WELCOME")
        again = {"client_id": client_id, "auth": {"guest": {"secret": welcome["guest_secret"]}}}
        return primary, welcome, again

    @staticmethod
    def resume(welcome, **changes):
        session = welcome["session"]
        return {"session_id": session["id"], "token": session["token"], "generation": session["generation"], **changes}

    async def open_standby(self, welcome, again):
        standby = await self.call(**again, resume=self.resume(welcome, role="STANDBY"))
        return standby, await standby.hear("WELCOME")

    async def assert_serves(self, link):
        await link.say("ROOMS_GET", request_id=99)
        self.assertEqual((await link.hear("ROOMS"))["request_id"], 99)

    # ---- what a standby is

    async def test_a_standby_has_the_session_and_no_rooms(self):
        primary, welcome, again = await self.log_in()
        self.assertEqual((welcome["session"]["generation"], welcome["session"]["grace_ms"]), (1, 120000))
        self.assertNotIn("resumed", welcome["session"])
        self.assertEqual([client["client_id"] for client in welcome["clients"]], ["c_1"])
        _, second = await self.open_standby(welcome, again)
        self.assertEqual(second["session"], {**welcome["session"], "role": "STANDBY", "resumed": True})
        self.assertEqual(second["self"], welcome["self"])
        self.assertNotIn("rooms", second)
        await self.assert_serves(primary)

    async def test_a_standby_beats_on_its_own(self):
        _, welcome, again = await self.log_in()
        standby, _ = await self.open_standby(welcome, again)
        await standby.say("HEARTBEAT", next_ms=1000, t_us=7)
        self.assertEqual((await standby.hear("HEARTBEAT_ACK"))["t_us"], 7)
        # And has a deadline of its own.
        self.assertEqual(await standby.close_code(), 4002)

    async def test_commands_of_a_primary_close_a_standby_alone(self):
        primary, welcome, again = await self.log_in()
        for kind, fields in {"EVENTS_GET": {"room": LOBBY, "request_id": 1}, "SEND": {
                "room": LOBBY, "message_id": "018eab4d-2c76-7b1f-8a55-3d1c0e9f2b64", "text": "no"},
                "STATUS_GET": {}, "IN_USE": {}, "HELLO": {"name": "Bob", "auth": {"guest": {}}}}.items():
            with self.subTest(kind):
                standby, _ = await self.open_standby(welcome, again)
                await standby.say(kind, **fields)
                self.assertEqual(await standby.close_code(), 4006)
                await self.assert_serves(primary)

    async def test_a_newer_standby_replaces_the_older(self):
        primary, welcome, again = await self.log_in()
        older, _ = await self.open_standby(welcome, again)
        newer, _ = await self.open_standby(welcome, again)
        self.assertEqual(await older.close_code(), 4012)
        await newer.say("HEARTBEAT", next_ms=1000, t_us=1)
        await newer.hear("HEARTBEAT_ACK")
        await self.assert_serves(primary)

    async def test_bye_on_a_standby_ends_its_client(self):
        primary, welcome, again = await self.log_in()
        standby, _ = await self.open_standby(welcome, again)
        await standby.say("BYE")
        self.assertEqual(await standby.close_code(), 1000)
        self.assertEqual(await primary.close_code(), 1000)

    # ---- who is turned away

    async def test_a_standby_to_an_unknown_session_is_turned_away(self):
        _, welcome, again = await self.log_in()
        late = await self.call(**again, resume=self.resume(welcome, session_id=ZEROS_16, role="STANDBY"))
        self.assertEqual(await late.close_code(), 4011)
        # A client that the session does not have is none to stand by.
        stranger = await self.call(**{**again, "client_id": "c_2"}, resume=self.resume(welcome, role="STANDBY"))
        self.assertEqual(await stranger.close_code(), 4011)

    async def test_a_wrong_token_is_turned_away(self):
        primary, welcome, again = await self.log_in()
        for role in ("PRIMARY", "STANDBY"):
            with self.subTest(role):
                thief = await self.call(**again, resume=self.resume(welcome, token=ZEROS_32, role=role, generation=9))
                self.assertEqual(await thief.close_code(), 4003)
        await self.assert_serves(primary)

    async def test_another_users_session_is_turned_away(self):
        primary, welcome, _ = await self.log_in()
        for role in ("PRIMARY", "STANDBY"):
            with self.subTest(role):
                other = await self.call(name="Eve", resume=self.resume(welcome, role=role, generation=9))
                self.assertEqual(await other.close_code(), 4003)
        await self.assert_serves(primary)

    async def test_a_stale_generation_is_turned_away(self):
        primary, welcome, again = await self.log_in()
        for generation in (1, welcome["session"]["generation"]):
            standby, _ = await self.open_standby(welcome, again)
            await standby.say("PROMOTE", generation=generation)
            self.assertEqual(await standby.close_code(), 4012)
            late = await self.call(**again, resume=self.resume(welcome, generation=generation))
            self.assertEqual(await late.close_code(), 4012)
        await self.assert_serves(primary)

    async def test_a_primary_is_not_promoted(self):
        primary, _, _ = await self.log_in()
        await primary.say("PROMOTE", generation=2)
        self.assertEqual(await primary.close_code(), 4006)

    # ---- who takes over

    async def test_a_fresh_link_takes_over_with_a_higher_generation(self):
        primary, welcome, again = await self.log_in()
        fresh = await self.call(**again, resume=self.resume(welcome, generation=2))
        session = (await fresh.hear("WELCOME"))["session"]
        self.assertEqual(session, {**welcome["session"], "generation": 2, "resumed": True})
        self.assertEqual(await primary.close_code(), 4012)
        await self.assert_serves(fresh)

    async def test_a_restarted_server_makes_another_session(self):
        _, welcome, again = await self.log_in()
        self.assertEqual(self.server.stop(), 0)
        self.server = self.start_server(self.server.port)
        late = await self.call(**again, resume=self.resume(welcome, role="STANDBY"))
        self.assertEqual(await late.close_code(), 4011)
        back = await self.call(**again, resume=self.resume(welcome, generation=2))
        session = (await back.hear("WELCOME"))["session"]
        self.assertNotEqual(session["id"], welcome["session"]["id"])
        self.assertNotIn("resumed", session)

    async def test_a_promotion_goes_on_where_the_client_was(self):
        primary, welcome, again = await self.log_in()
        ann = await self.call(client_id="c_9", name="Ann")
        await ann.hear("WELCOME")
        await primary.say("EVENTS_GET", request_id=1, room=LOBBY)
        await primary.hear("EVENTS")
        standby, _ = await self.open_standby(welcome, again)
        sent = {"room": LOBBY, "message_id": "018eab4d-2c76-7b1f-8a55-3d1c0e9f2b64", "text": "twice sent, once stored"}
        await primary.say("SEND", **sent)
        await primary.hear("STORED")
        await ann.say("SEND", room=LOBBY, message_id="018eab4d-2c76-7b1f-8a55-3d1c0e9f2b65", text="hello")
        await ann.hear("STORED")
        # As if the primary had been silent since its first page.
        await standby.say("PROMOTE", generation=2)
        await standby.say("EVENTS_GET", request_id=2, room=LOBBY, after_seq=0)
        await standby.say("SEND", **sent)
        promoted = json.loads(await asyncio.wait_for(standby.socket.recv(), PATIENCE))
        self.assertEqual((promoted["type"], promoted["generation"]), ("PROMOTED", 2))
        self.assertEqual([room["info"]["room"] for room in promoted["rooms"]], [LOBBY])
        self.assertNotIn("cursor", promoted["rooms"][0])
        page = await standby.hear("EVENTS")
        self.assertEqual((page["request_id"], page["live"], [event["seq"] for event in page["events"]]),
                         (2, True, [1, 2]))
        again_stored = await standby.hear("STORED")
        self.assertEqual((again_stored["seq"], again_stored["duplicate"]), (1, True))
        self.assertEqual(await primary.close_code(), 4012)
        # Live from the page on, and the next standby may come.
        await ann.say("SEND", room=LOBBY, message_id="018eab4d-2c76-7b1f-8a55-3d1c0e9f2b66", text="hello again")
        self.assertEqual([event["seq"] for event in (await standby.hear("EVENTS"))["events"]], [3])
        await self.open_standby(welcome, again)

    # ---- under traffic

    async def talk(self, cable_cut, *, beat_ms=5000, cuts=6, texts=200):
        """Bob, with two ways to the server, and Ann talk at the same time while his primary is cut again and again, by
        `cable_cut`; a third listens. Bob."""
        ways = [await Proxy().start(self.server.port) for _ in range(2)]
        for way in ways:
            self.addCleanup(way.close)
        heard = {name: [] for name in ("Bob", "Ann", "Carol")}
        bob = Guest([way.url for way in ways], "Bob", LOBBY, on_event=heard["Bob"].append, keeps_standby=True,
                    beat_ms=beat_ms)
        ann = Guest([self.server.url], "Ann", LOBBY, on_event=heard["Ann"].append)
        carol = Guest([self.server.url], "Carol", LOBBY, on_event=heard["Carol"].append)
        said = {"Bob": [], "Ann": []}

        async def speak(guest, while_true):
            while len(said[guest.name]) < texts or while_true():
                said[guest.name].append(f"{guest.name} {len(said[guest.name])}")
                guest.say_text(said[guest.name][-1])
                await asyncio.sleep(INTERVAL)

        async def cut():
            for number in range(cuts):
                standby = await until(lambda: bob.standby if bob.standby and bob.standby.is_welcome else None, "standby")
                before = bob.seen
                await until(lambda count=before: bob.seen > count + 10, "traffic")
                way = next(way for way in ways if way.url == bob.primary.url)
                cable_cut(way)
                await until(lambda count=number: len(bob.promotions) > count, "a promotion")
                self.assertIs(bob.primary, standby)
                for wire in way.wires:
                    wire.flow()

        tasks = [asyncio.create_task(guest.converse([], sys.maxsize)) for guest in (bob, ann, carol)]
        try:
            cutting = asyncio.create_task(cut())
            speaking = [asyncio.create_task(speak(guest, lambda: not cutting.done())) for guest in (bob, ann)]
            await cutting
            await asyncio.gather(*speaking)
            total = len(said["Bob"]) + len(said["Ann"])
            await until(lambda: all(len(events) >= total for events in heard.values()), "everything everywhere")
            await until(lambda: not bob.unstored and not ann.unstored, "STORED for everything")
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        self.assertEqual([type(result) for result in results], [asyncio.CancelledError] * 3, results)

        # Nothing lost, doubled or reordered: one history, in which everyone's words are as they were said.
        self.assertEqual([event["seq"] for event in heard["Carol"]], list(range(1, total + 1)))
        for name in said:
            self.assertEqual([event["message_id"] for event in heard[name]],
                             [event["message_id"] for event in heard["Carol"]])
            self.assertEqual([event["text"] for event in heard["Carol"] if event["author"]["name"] == name], said[name])
        self.assertEqual(len(bob.promotions), cuts)
        return bob

    async def test_promotions_under_traffic_when_connections_break(self):
        def cut(way):
            for wire in list(way.wires):
                wire.reset()

        await self.talk(cut)

    async def test_promotions_under_traffic_when_paths_fall_silent(self):
        def cut(way):
            for wire in list(way.wires):
                wire.stall()

        bob = await self.talk(cut, beat_ms=1000, cuts=3)
        # 1.5 of the interval since the last acknowledgement, a round trip, and what this machine is late by.
        for gap in bob.promotions:
            self.assertGreater(gap, 0.2)
            self.assertLess(gap, 1.5 + 0.5)

    async def test_nothing_is_lost_when_the_server_is_killed_with_both_links(self):
        heard = []
        bob = Guest([self.server.url], "Bob", LOBBY, on_event=heard.append, keeps_standby=True)
        task = asyncio.create_task(bob.converse([f"early {number}" for number in range(50)], 100))
        await until(lambda: bob.standby and bob.standby.is_welcome, "standby")
        session = bob.session
        self.server.kill()
        for number in range(50):
            bob.say_text(f"late {number}")
        self.server = self.start_server(self.server.port)
        await asyncio.wait_for(task, PATIENCE)
        self.assertEqual([event["text"] for event in heard],
                         [f"{when} {number}" for when in ("early", "late") for number in range(50)])
        self.assertNotEqual(bob.session, session)


if __name__ == "__main__":
    unittest.main(verbosity=2)
