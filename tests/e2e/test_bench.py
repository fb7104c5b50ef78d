#!/usr/bin/python3
"""lanline-bench measures what it says, and tells it to people and programs. How fast is no test's business.
Usage: test_bench.py BIN_DIR"""
import json
import os
import sys
import tempfile
import unittest

from programs import Program, Server

BIN_DIR = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/bin"
ROWS = {f"{what}-{count}" for what in ("chat", "client") for count in (1, 8, 64)} | {
    "bare-1", "bare-64", "qtsql-1", "qtsql-64"}


class BenchTest(unittest.TestCase):
    def setUp(self):
        self.folder = self.new_folder()

    def new_folder(self):
        folder = tempfile.TemporaryDirectory(dir=BIN_DIR)  # /tmp may be in memory
        self.addCleanup(folder.cleanup)
        return folder.name

    def bench(self, *arguments):
        program = Program(os.path.join(BIN_DIR, "lanline-bench"), *arguments)
        self.addCleanup(program.kill)
        return program.finish(), program

    def run_chat(self, *arguments):
        path = os.path.join(self.folder, "chat.json")
        status, bench = self.bench("chat", "--duration", "1", "--rounds", "1", "--payload", "33", "--data-dir",
                                   self.folder, "--json", path, *arguments)
        self.assertEqual(status, 0, bench.errors())
        self.assertEqual(os.listdir(self.folder), ["chat.json"], "it cleans up behind itself")
        with open(path, encoding="utf-8") as file:
            return json.load(file), bench

    def test_chat_gets_an_answer_to_every_message(self):
        report, bench = self.run_chat()
        self.assertEqual(report["scenario"], "chat")
        self.assertGreater(report["figures"].pop("server_peak_bytes"), 1 << 20)
        self.assertEqual(set(report["figures"]), ROWS)
        for name, figures in report["figures"].items():
            with self.subTest(row=name):
                self.assertEqual(figures["success"], 1)
                self.assertGreater(figures["done"], 0)
                self.assertGreater(figures["per_second"], 0)
                self.assertGreater(figures["p50_us"], 0)
                self.assertLessEqual(figures["p50_us"], figures["p95_us"])
                self.assertLessEqual(figures["p95_us"], figures["p99_us"])
                self.assertLessEqual(figures["p99_us"], figures["p999_us"])
                self.assertEqual("server_cpu_us" in figures, name.startswith(("chat", "client")))
                self.assertEqual("outbox_ack_p50_us" in figures, name.startswith("client"))
        goals = {goal["name"]: goal for goal in report["goals"]}
        self.assertEqual(set(goals), {"ack_over_bare", "rate_of_bare"})
        ratio = report["figures"]["chat-64"]["per_second"] / report["figures"]["bare-64"]["per_second"]
        self.assertAlmostEqual(goals["rate_of_bare"]["value"], ratio, places=6)  # there is one round
        self.assertEqual(goals["rate_of_bare"]["met"], ratio >= 0.4)
        for key in ("cpu", "cores", "system", "disk", "file_system", "sqlite", "lanline"):
            self.assertTrue(report["machine"][key], key)
        table = "".join(bench.lines)
        for title in ("bare SQLite, 64 rows", "chat, 64 in flight", "client with outbox, 1 in flight"):
            self.assertIn(title, table)

    def test_chat_measures_a_server_that_runs_already(self):
        server = Server(BIN_DIR, self.new_folder())
        self.addCleanup(server.kill)
        for _ in range(2):  # the second time its rooms are there already
            report, _ = self.run_chat("--url", server.url)
            self.assertEqual(report["figures"]["client-8"]["success"], 1)
            self.assertNotIn("server_cpu_us", report["figures"]["chat-8"])

    def test_history_opens_and_scrolls_back(self):
        path = os.path.join(self.folder, "history.json")
        status, bench = self.bench("history", "--messages", "10000", "--pages", "30", "--data-dir", self.folder,
                                   "--json", path)
        self.assertEqual(status, 0, bench.errors())
        self.assertEqual(os.listdir(self.folder), ["history.json"], "it cleans up behind itself")
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        figures = report["figures"]
        self.assertEqual(figures["opening"]["times"], 5)
        self.assertGreaterEqual(figures["page_back"]["times"], 30)
        self.assertGreaterEqual(report["settings"]["pages"], 30)
        for row in ("opening", "screen_back", "page_back"):
            self.assertGreater(figures[row]["p50_us"], 0)
            self.assertLessEqual(figures[row]["p50_us"], figures[row]["max_us"])
        # It keeps a window over the history, not all that it has seen.
        self.assertLess(figures["most_rows"], 30 * 200)
        self.assertEqual({goal["name"] for goal in report["goals"]}, {"first_paint", "page_back", "memory_growth"})

    def test_what_it_does_not_know_is_a_usage_error(self):
        for arguments in ([], ["warp"], ["chat", "chat"], ["chat", "--payload", "0"], ["chat", "--payload", "8193"],
                          ["chat", "--rounds", "x"], ["chat", "--url", "http://host"], ["chat", "--warp"],
                          ["chat", "--pages", "3"], ["history", "--payload", "3"], ["history", "--messages", "9"]):
            with self.subTest(arguments=arguments):
                status, bench = self.bench(*arguments)
                self.assertEqual((status, bench.lines), (2, []))
                self.assertIn("Try lanline-bench --help.", bench.errors())

    def test_what_cannot_be_measured_fails_with_a_reason(self):
        nowhere = os.path.join(self.folder, "nowhere")
        status, bench = self.bench("chat", "--data-dir", nowhere)
        self.assertEqual(status, 1)
        self.assertIn(nowhere, bench.errors())
        status, bench = self.bench("chat", "--data-dir", self.folder, "--url", "ws://127.0.0.1:1")
        self.assertEqual(status, 1)
        self.assertIn("127.0.0.1:1", bench.errors())


if __name__ == "__main__":
    unittest.main(verbosity=2)
