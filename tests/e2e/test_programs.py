#!/usr/bin/python3
"""lanlined and lanlinectl as their users run them: design 14 is the contract. Usage: test_programs.py BIN_DIR"""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

from programs import PATIENCE, Program, Server, wait_until
from wire import ChatClient, Target

BIN_DIR = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/bin"
HERE = os.path.dirname(os.path.abspath(__file__))


class ProgramsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.server = self.start_server()

    def start_server(self, port=0):
        server = Server(BIN_DIR, os.path.join(self.folder, "data"), port)
        self.addCleanup(server.kill)
        return server

    def ctl(self, *arguments, url=None):
        program = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", url or self.server.url, "--timeout", PATIENCE,
                          *arguments)
        self.addCleanup(program.kill)
        return program

    def run_ctl(self, *arguments, url=None):
        program = self.ctl(*arguments, url=url)
        return program.finish(), program

    # ---- the contract of each command

    def test_send_and_tail_agree_on_a_thousand_lines(self):
        lines = [f"line {number} ☎ 电话" for number in range(1000)]
        tail = self.ctl("tail", "--room", "lobby", "--since", "0", "--count", "1000")
        send = self.ctl("send", "--room", "lobby")
        send.feed(lines)
        self.assertEqual(send.finish(), 0, send.errors())
        self.assertEqual(tail.finish(), 0, tail.errors())

        stored = [json.loads(line) for line in send.lines]
        events = [json.loads(line) for line in tail.lines]
        self.assertEqual([event["text"] for event in events], lines)
        self.assertEqual([event["seq"] for event in events], list(range(1, 1001)))
        self.assertEqual([entry["message_id"] for entry in stored], [event["message_id"] for event in events])
        self.assertEqual([entry["seq"] for entry in stored], list(range(1, 1001)))
        for entry in stored:
            self.assertEqual(list(entry), ["message_id", "room", "seq", "duplicate", "ack_us"])
            self.assertFalse(entry["duplicate"])
        for event in events:
            self.assertEqual(list(event), ["room", "seq", "message_id", "author", "guest", "stored_ms", "text"])

        # And the same again from history, page by page.
        status, again = self.run_ctl("tail", "--room", "lobby", "--since", "0", "--count", "1000")
        self.assertEqual(status, 0, again.errors())
        self.assertEqual(again.lines, tail.lines)
        status, rest = self.run_ctl("tail", "--room", "lobby", "--since", "997", "--count", "3")
        self.assertEqual(rest.lines, tail.lines[997:])

    def test_tail_without_since_tells_only_what_is_new(self):
        self.run_ctl("send", "--room", "lobby", "old")
        tail = self.ctl("tail", "--room", "lobby", "--count", "1")
        while tail.is_running:  # until it has joined and sees one of them
            self.assertEqual(self.run_ctl("send", "--room", "lobby", "new")[0], 0)
        self.assertEqual(tail.finish(), 0, tail.errors())
        self.assertEqual(json.loads(tail.lines[0])["text"], "new")

    def test_send_creates_a_room_only_when_asked(self):
        status, send = self.run_ctl("send", "--room", "ops", "hello")
        self.assertEqual((status, send.lines), (1, []))
        self.assertIn("ops", send.errors())
        for text in ("first", "second"):  # the second finds it there
            status, send = self.run_ctl("send", "--room", "ops", "--create", text)
            self.assertEqual(status, 0, send.errors())
        status, rooms = self.run_ctl("rooms", "--json")
        listed = {entry["room"]: entry["head_seq"] for entry in map(json.loads, rooms.lines)}
        self.assertEqual(listed, {"lobby": 0, "ops": 2})

    def test_a_text_that_is_too_long_fails_alone(self):
        send = self.ctl("send", "--room", "lobby")
        send.feed(["before", "x" * 8193, "", "after"])
        self.assertEqual(send.finish(), 1)
        self.assertEqual(len(send.lines), 2)
        self.assertIn("longer than 8192 bytes", send.errors())

    def test_ping_and_status_speak_json(self):
        status, ping = self.run_ctl("ping", "--count", "2", "--json")
        self.assertEqual(status, 0, ping.errors())
        answer = json.loads(ping.lines[0])
        self.assertEqual(len(answer["round_trips_us"]), 2)
        self.assertEqual(set(answer["connect"]), {"dns_us", "tcp_us", "tls_us", "upgrade_us", "welcome_us"})
        self.assertLessEqual(answer["min_us"], answer["median_us"])
        self.assertLessEqual(answer["median_us"], answer["p95_us"])

        self.run_ctl("send", "--room", "lobby", "counted")
        status, told = self.run_ctl("status", "--json")
        self.assertEqual(status, 0, told.errors())
        answer = json.loads(told.lines[0])
        self.assertEqual((answer["stored"], answer["server"]), (1, "Kitchen"))
        self.assertEqual(answer["epoch"], self.server.listening["epoch"])
        self.assertGreater(answer["loop_lag_max_us"], 0)
        status, told = self.run_ctl("status")
        self.assertIn("Kitchen", told.lines[0])

    def test_exit_statuses(self):
        cases = {
            "no command": ([], 2),
            "unknown command": (["shout"], 2),
            "no room": (["send", "hello"], 2),
            "an option of another command": (["status", "--room", "lobby"], 2),
            "no number": (["tail", "--room", "lobby", "--since", "x"], 2),
            "an unknown room": (["tail", "--room", "nowhere"], 1),
            "an event that is not there yet": (["tail", "--room", "lobby", "--since", "7"], 1),
        }
        for name, (arguments, expected) in cases.items():
            with self.subTest(name):
                status, program = self.run_ctl(*arguments)
                self.assertEqual(status, expected)
                self.assertNotEqual(program.errors(), "")
                self.assertEqual(program.lines, [])

    def test_nobody_listens(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
            status, program = self.run_ctl("--timeout", "0.5", "status", url=f"ws://127.0.0.1:{port}")
        self.assertEqual(status, 3)
        self.assertIn("nobody listens there", program.errors())

    def test_a_reader_who_goes_away_ends_tail_and_not_send(self):
        command = [os.path.join(BIN_DIR, "lanlinectl"), "--url", self.server.url]
        with tempfile.TemporaryFile() as errors, \
                subprocess.Popen([*command, "tail", "--room", "lobby", "--since", "0"], stdout=subprocess.PIPE,
                                 stderr=errors) as tail, \
                subprocess.Popen([*command, "send", "--room", "lobby"], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE) as send:
            send.stdin.write(b"one\n")
            send.stdin.flush()
            json.loads(send.stdout.readline())
            json.loads(tail.stdout.readline())
            send.stdout.close()
            tail.stdout.close()
            send.stdin.write(b"two\nthree\n")
            send.stdin.close()
            self.assertEqual(send.wait(PATIENCE), 1)
            self.assertEqual(tail.wait(PATIENCE), 1)
            errors.seek(0)
            self.assertIn("nobody reads", errors.read().decode())
        status, again = self.run_ctl("tail", "--room", "lobby", "--since", "0", "--count", "3")
        self.assertEqual([json.loads(line)["text"] for line in again.lines], ["one", "two", "three"])

    # ---- profiles

    def test_a_profile_is_one_persons_and_one_processs(self):
        profile = os.path.join(self.folder, "ann")
        first = self.ctl("--profile", profile, "--name", "Ann", "send", "--room", "lobby")
        first.feed(["it is me"])
        first.read_until(1)
        status, second = self.run_ctl("--profile", profile, "status")
        self.assertEqual(status, 1)
        self.assertIn("in use", second.errors())

        # Even a process that was killed leaves no lock behind that matters.
        first.send_signal(signal.SIGKILL)
        first.finish()
        status, send = self.run_ctl("--profile", profile, "send", "--room", "lobby", "and again")
        self.assertEqual(status, 0, send.errors())
        status, tail = self.run_ctl("tail", "--room", "lobby", "--since", "0", "--count", "2")
        for event in map(json.loads, tail.lines):
            self.assertEqual((event["author"], event["guest"]), ("Ann", False))
        self.assertEqual(os.stat(os.path.join(profile, "device.key")).st_mode & 0o777, 0o600)

        status, thief = self.run_ctl("--profile", os.path.join(self.folder, "bob"), "--name", "Ann", "status")
        self.assertEqual(status, 1)
        self.assertIn("belongs to another device", thief.errors())

    # ---- faults

    def test_a_port_in_use_is_said(self):
        second = Program(os.path.join(BIN_DIR, "lanlined"), "--listen", f"127.0.0.1:{self.server.port}", "--data",
                         os.path.join(self.folder, "second"))
        self.addCleanup(second.kill)
        self.assertEqual(second.finish(), 1)
        self.assertIn(f"Port {self.server.port} is in use.", second.errors())
        self.assertEqual(second.lines, [])

    def test_clients_are_told_the_servers_addresses(self):
        def told(*arguments):
            server = Server(BIN_DIR, os.path.join(self.folder, "told"), arguments=arguments)
            self.addCleanup(server.kill)
            with ChatClient(Target(server.port), "Bob") as client:
                addresses = [entry["address"] for entry in client.welcome["addresses"]]
            self.assertEqual(server.stop(), 0, server.errors())
            return addresses, server.port

        addresses, port = told()
        self.assertEqual(addresses, [f"127.0.0.1:{port}"])
        two = ["192.0.2.1:47100", "[2001:db8::1]:443"]
        self.assertEqual(told("--advertise", two[0], "--advertise", two[1])[0], two)
        for wrong in "192.0.2.1", "192.0.2.1:0", ":47100", "kitchen:47100", "2001:db8::1:443":
            program = Program(os.path.join(BIN_DIR, "lanlined"), "--advertise", wrong)
            self.addCleanup(program.kill)
            self.assertEqual(program.finish(), 2, wrong)
            self.assertIn("--advertise", program.errors())

    def test_sigterm_says_goodbye(self):
        tail = self.ctl("tail", "--room", "lobby", "--since", "0", "--count", "1")
        wait_until(lambda: json.loads(self.run_ctl("status", "--json")[1].lines[0])["connections"] == 2, "the tail")
        self.assertEqual(self.server.stop(), 0)
        self.server = self.start_server(self.server.port)
        self.run_ctl("send", "--room", "lobby", "after the restart")
        self.assertEqual(tail.finish(), 0, tail.errors())

    def test_kill_and_restart_under_send_and_tail(self):
        tail = self.ctl("tail", "--room", "lobby", "--since", "0", "--count", "600")
        send = self.ctl("send", "--room", "lobby")
        lines = [f"line {number}" for number in range(600)]
        send.feed(lines[:200])
        send.read_until(200)
        # The next ones reach the server's socket, and never the server.
        self.server.send_signal(signal.SIGSTOP)
        send.feed(lines[200:400])
        wait_until(lambda: self.server.unread_bytes() > 1000, "unread bytes at the stopped server")
        self.server.send_signal(signal.SIGKILL)
        self.server.finish()
        send.feed(lines[400:])
        self.server = self.start_server(self.server.port)

        self.assertEqual(send.finish(), 0, send.errors())
        self.assertEqual(tail.finish(), 0, tail.errors())
        events = [json.loads(line) for line in tail.lines]
        self.assertEqual([event["text"] for event in events], lines)
        self.assertEqual([event["seq"] for event in events], list(range(1, 601)))
        stored = [json.loads(line) for line in send.lines]
        self.assertEqual([entry["message_id"] for entry in stored], [event["message_id"] for event in events])
        recovered = [entry["seq"] for entry in stored if entry.get("recovered")]
        self.assertTrue(recovered, "some were on the wire when the server was killed")
        self.assertGreater(min(recovered), 200)

    # ---- a client that is not ours

    def test_a_stranger_chats_with_lanlinectl(self):
        tail = self.ctl("tail", "--room", "lobby", "--since", "0", "--count", "2")
        stranger = Program(sys.executable, os.path.join(HERE, "protocol_client.py"), self.server.url, "--name",
                           "Stranger", "--room", "lobby", "--send", "hello from Python", "--expect", "2")
        self.addCleanup(stranger.kill)
        stranger.read_until(1)
        status, send = self.run_ctl("--name", "Ann", "send", "--room", "lobby", "hello Python ☎")
        self.assertEqual(status, 0, send.errors())
        self.assertEqual(stranger.finish(), 0, stranger.errors())
        self.assertEqual(tail.finish(), 0, tail.errors())

        ours = [(event["author"], event["text"], event["message_id"]) for event in map(json.loads, tail.lines)]
        theirs = [(event["author"]["name"], event["text"], event["message_id"])
                  for event in map(json.loads, stranger.lines)]
        self.assertEqual(ours, theirs)
        self.assertEqual([entry[:2] for entry in ours], [("Stranger", "hello from Python"), ("Ann", "hello Python ☎")])


if __name__ == "__main__":
    unittest.main(verbosity=2)
