#!/usr/bin/python3
"""`lanlinectl fault` against a server that allows it, and against one that does not. Usage: test_faultcommand.py BIN_DIR"""
import json
import os
import sys
import tempfile
import time
import unittest

from programs import PATIENCE, Program, Server, wait_until

BIN_DIR = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/bin"


class FaultCommandTest(unittest.TestCase):
    def start_server(self, *arguments):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        server = Server(BIN_DIR, os.path.join(folder.name, "data"), arguments=arguments)
        self.addCleanup(server.kill)
        return server

    def run_ctl(self, server, *arguments):
        program = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", server.url, "--timeout", PATIENCE, *arguments)
        self.addCleanup(program.kill)
        return program.finish(), program

    def faults(self, server, *arguments):
        status, program = self.run_ctl(server, "fault", *arguments, "--json")
        self.assertEqual(status, 0, program.errors())
        self.assertEqual(len(program.lines), 1)
        return {fault["kind"]: fault for fault in json.loads(program.lines[0])["faults"]}

    def ack_ms(self, server, count=3):
        send = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", server.url, "--timeout", PATIENCE, "send",
                       "--room", "lobby")
        self.addCleanup(send.kill)
        acks = []
        for number in range(count):
            send.feed([f"line {number}"])
            send.read_until(number + 1)
            acks.append(json.loads(send.lines[-1])["ack_us"] / 1000)
        self.assertEqual(send.finish(), 0, send.errors())
        return acks

    def test_a_fault_begins_is_told_and_stopped(self):
        server = self.start_server("--allow-faults")
        self.assertEqual(self.faults(server), {})
        told = self.faults(server, "slow-disk", "--amount", "150", "--for", "60")
        self.assertEqual(told["slow-disk"]["amount_ms"], 150)
        self.assertTrue(0 < told["slow-disk"]["left_ms"] <= 60000, told)
        self.assertEqual(set(self.faults(server, "stall-storage", "--amount", "1")), {"slow-disk", "stall-storage"})
        for ack in self.ack_ms(server):
            self.assertGreaterEqual(ack, 150)

        self.assertEqual(set(self.faults(server, "slow-disk", "--stop")), {"stall-storage"})
        self.assertEqual(set(self.faults(server, "jitter")), {"jitter", "stall-storage"})
        self.assertEqual(self.faults(server, "--stop"), {})
        self.assertIn("slow-disk is over", server.errors())
        status, program = self.run_ctl(server, "fault")
        self.assertEqual((status, program.lines), (0, ["nothing is broken on purpose\n"]))

    def test_a_fault_ends_by_itself_when_its_asker_is_gone(self):
        server = self.start_server("--allow-faults")
        began = time.monotonic()
        self.assertIn("delay", self.faults(server, "delay", "--amount", "20", "--for", "1.5"))
        wait_until(lambda: "delay is over" in server.errors(), "the fault's end")
        self.assertGreaterEqual(time.monotonic() - began, 1.4)
        self.assertEqual(self.faults(server), {})

    def test_what_is_sent_during_a_delay_is_late_and_whole(self):
        server = self.start_server("--allow-faults")
        self.faults(server, "delay", "--amount", "120", "--for", "60")
        for ack in self.ack_ms(server):
            self.assertGreaterEqual(ack, 120)
        status, tail = self.run_ctl(server, "tail", "--room", "lobby", "--since", "0", "--count", "3")
        self.assertEqual(status, 0, tail.errors())
        self.assertEqual([json.loads(line)["text"] for line in tail.lines], ["line 0", "line 1", "line 2"])

    def test_a_server_that_does_not_allow_it_says_so(self):
        server = self.start_server()
        for arguments in ([], ["delay"], ["--stop"]):
            with self.subTest(arguments):
                status, program = self.run_ctl(server, "fault", *arguments)
                self.assertEqual(status, 1)
                self.assertIn("allows no faults", program.errors())
                self.assertEqual(program.lines, [])

    def test_usage(self):
        server = self.start_server("--allow-faults")
        for arguments in (["gremlins"], ["cut-primary"], ["delay", "--amount", "5001"], ["delay", "--for", "121"],
                          ["delay", "--for", "0"], ["delay", "--stop", "--for", "1"], ["--amount", "5"],
                          ["delay", "jitter"]):
            with self.subTest(arguments):
                status, program = self.run_ctl(server, "fault", *arguments)
                self.assertEqual(status, 2, program.errors())


if __name__ == "__main__":
    unittest.main(verbosity=2)
