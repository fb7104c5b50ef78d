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
HERE = os.path.dirname(os.path.abspath(__file__))
PEER = os.path.join(HERE, "bench_peer.py")
POLLED = os.path.join(HERE, "polling_peer.py")
ROWS = {f"{what}-{count}" for what in ("chat", "client") for count in (1, 8, 64)} | {
    "bare-1", "bare-64", "qtsql-1", "qtsql-64", "members/lanlined"}


def peer(name, fault="good"):
    return ["--peer", f"{name}=/usr/bin/python3 {PEER} {fault}"]


def polled(fault="good"):
    return ["--peer", f"polling=/usr/bin/python3 {POLLED} {fault}"]


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

    def run_scenario(self, scenario, *arguments):
        """Runs it shortly; its report, and the table as it was printed."""
        path = os.path.join(self.folder, scenario + ".json")
        status, bench = self.bench(scenario, "--rounds", "1", "--data-dir", self.folder, "--json", path, *arguments)
        self.assertEqual(status, 0, bench.errors())
        self.assertEqual(os.listdir(self.folder), [scenario + ".json"], "it cleans up behind itself")
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report["scenario"], scenario)
        return report, "".join(bench.lines)

    def check_row(self, figures):
        self.assertEqual(figures["success"], 1)
        self.assertGreater(figures["per_second"], 0)
        self.assertGreater(figures["p50_us"], 0)
        for low, high in (("p50_us", "p95_us"), ("p95_us", "p99_us"), ("p99_us", "p999_us"), ("p999_us", "max_us")):
            self.assertLessEqual(figures[low], figures[high])
        self.assertGreater(figures["server_cpu_us"], 0)
        self.assertGreater(figures["server_bytes"], 1 << 20)

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
                self.assertEqual("server_cpu_us" in figures, name.startswith(("chat", "client", "members")))
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

    def test_chat_measures_members_beside_another_server(self):
        report, table = self.run_scenario("chat", "--duration", "1", "--members", "7", *peer("gorilla"))
        for row in ("members/lanlined", "members/gorilla"):
            self.check_row(report["figures"][row])
            self.assertEqual(report["figures"][row]["done"] % 7, 0, "each of them got each message")
        ratio = report["figures"]["members/lanlined"]["per_second"] / report["figures"]["members/gorilla"]["per_second"]
        goals = {goal["name"]: goal for goal in report["goals"]}
        self.assertAlmostEqual(goals["members_of_gorilla"]["value"], ratio, places=6)
        self.assertIn("durable, to 7 members", table)

    def test_echo_comes_back_from_all_servers(self):
        report, table = self.run_scenario("echo", "--connections", "9", "--duration", "1", "--payload", "200",
                                          *peer("qt"), *peer("other"))
        self.assertEqual(report["settings"]["targets"], "lanlined qt other")
        self.assertEqual(set(report["figures"]), {f"{loop}-9/{server}" for loop in ("closed", "open")
                                                  for server in ("lanlined", "qt", "other")})
        for row in report["figures"].values():
            self.check_row(row)
        self.assertIn("open loop, 9 conn., other", table)

    def test_echo_takes_its_rate_from_the_command_line(self):
        report, _ = self.run_scenario("echo", "--connections", "3", "--duration", "2", "--rate", "400")
        figures = report["figures"]["open-3/lanlined"]
        self.assertEqual(figures["done"], 400)  # half of the time is the closed loop's
        self.assertLess(figures["per_second"], 410)

    def test_echo_over_tls_leaves_out_who_speaks_none(self):
        report, table = self.run_scenario("echo", "--tls", "--connections", "9", "--duration", "1", *peer("other"))
        self.assertEqual(set(report["figures"]), {"closed-9/lanlined", "open-9/lanlined"})
        for row in report["figures"].values():
            self.check_row(row)
        self.assertIn("other speaks no TLS", table)

    def test_fanout_reaches_everybody(self):
        report, _ = self.run_scenario("fanout", "--connections", "11", "--duration", "1", *peer("gorilla"),
                                      *peer("qt"))
        self.assertEqual(set(report["figures"]), {f"{how}/{server}" for how in ("dense", "sparse")
                                                  for server in ("lanlined", "gorilla", "qt")})
        for row in report["figures"].values():
            self.check_row(row)
            self.assertEqual(row["done"] % 11, 0, "each of them got each message")
        goals = {goal["name"]: goal for goal in report["goals"]}
        self.assertEqual(set(goals), {"rate_of_gorilla", "rate_of_qt", "cpu_of_gorilla"})
        ratio = report["figures"]["dense/lanlined"]["per_second"] / report["figures"]["dense/gorilla"]["per_second"]
        self.assertAlmostEqual(goals["rate_of_gorilla"]["value"], ratio, places=6)

    def test_idle_connections_cost_what_is_read(self):
        for arguments in ([], ["--tls"]):
            with self.subTest(arguments=arguments):
                report, table = self.run_scenario("idle", "--connections", "200", "--duration", "1", *arguments,
                                                  *([] if arguments else peer("other")))
                figures = report["figures"]
                self.check_row(figures["alone/lanlined"])
                self.check_row(figures["beside/lanlined"])
                for crowd in ("connections/lanlined", "sessions/lanlined"):
                    self.assertGreater(figures[crowd]["bytes"], 1 << 20)
                    self.assertLess(figures[crowd]["bytes_each"], 1 << 20)
                self.assertEqual("connections/other" in figures, not arguments)
                self.assertNotIn("sessions/other", figures)
                self.assertEqual({goal["name"] for goal in report["goals"]}, {"memory_each", "rtt_of_alone"})
                self.assertIn("logged-in clients, lanlined", table)

    def test_polling_reaches_everybody_beside_being_told(self):
        for fault in ("good", "chunks"):
            with self.subTest(answers=fault):
                report, table = self.run_scenario("polling", "--connections", "9", "--duration", "1", "--rate", "40",
                                                  *polled(fault), *peer("other"))
                figures = report["figures"]
                self.assertEqual(set(figures), {"chat/lanlined", "chat/other", "chat/polling-1s", "chat/polling-100ms"})
                for row in figures.values():
                    self.check_row(row)
                    self.assertGreater(row["wire_bytes"], 64, "the message itself is among them")
                for told in ("chat/lanlined", "chat/other"):
                    self.assertEqual(figures[told]["done"], 9 * 10, "a quarter of a second")
                    self.assertAlmostEqual(figures[told]["requests"], 1 / 9)
                # Of one interval of a second, and of two of 100 ms: a poll of each for each, and the posts. What is
                # cut off at the ends may differ by what was just under way.
                for manner, done, requests in (("chat/polling-1s", 9 * 40, 9 + 40),
                                               ("chat/polling-100ms", 9 * 8, 9 * 2 + 8)):
                    self.assertAlmostEqual(figures[manner]["done"], done, delta=done / 2)
                    self.assertAlmostEqual(figures[manner]["requests"], requests / done, delta=requests / done / 2)
                self.assertLess(figures["chat/polling-1s"]["requests"], figures["chat/polling-100ms"]["requests"])
                self.assertGreater(figures["chat/polling-1s"]["max_us"], 750_000)
                self.assertEqual(report["goals"], [])
                self.assertIn("40 a second, to 9, polling-100ms", table)
                self.assertIn("times the median latency", table)

    def test_a_polled_server_that_does_wrong_fails_the_run_with_a_sentence(self):
        sentences = {"forgets": "out of order", "repeats": "twice", "refuses": "status 503",
                     "babbles": "not what was asked for"}
        for fault, sentence in sentences.items():
            with self.subTest(fault=fault):
                status, bench = self.bench("polling", "--connections", "4", "--duration", "1", "--rounds", "1",
                                           "--rate", "40", "--data-dir", self.folder, *polled(fault))
                self.assertEqual((status, bench.lines), (1, []))
                self.assertIn(sentence, bench.errors())

    def test_reconnect_brings_everybody_back(self):
        report, table = self.run_scenario("reconnect", "--connections", "30")
        for course in ("at-once", "staggered", "stopped"):
            figures = report["figures"][course]
            self.assertEqual((figures["done"], figures["success"]), (30, 1))
            for name in ("down_ms", "echo_max_ms", "welcome_max_us"):
                self.assertGreater(figures[name], 0, name)
            # Few may be back before the server has looked for the first time how late it is.
            self.assertGreaterEqual(figures["loop_lag_max_ms"], 0)
            self.assertGreaterEqual(figures["attempts_refused"], 0)
        # Who was told when to come back does not come before that.
        self.assertEqual(report["figures"]["stopped"]["attempts_refused"], 0)
        self.assertGreater(report["figures"]["stopped"]["p50_us"], 500_000)
        self.assertGreater(report["figures"]["stopped"]["loop_lag_max_ms"], 0)
        self.assertIn("attempts in vain", table)

    def test_a_server_that_does_wrong_fails_the_run_with_a_sentence(self):
        sentences = {"forgets": " came", "changes": "changed", "repeats": "twice",
                     "closes": "closed the connection with code 1013 (too busy)", "masks": "is masked"}
        for scenario in ("echo", "fanout"):
            for fault, sentence in sentences.items():
                with self.subTest(scenario=scenario, fault=fault):
                    status, bench = self.bench(scenario, "--connections", "4", "--duration", "1", "--rounds", "1",
                                               "--data-dir", self.folder, *peer("wrong", fault))
                    self.assertEqual((status, bench.lines), (1, []))
                    self.assertIn(sentence, bench.errors())
                    self.assertIn("wrong", bench.errors())

    def test_a_server_that_does_not_start_fails_the_run_with_its_words(self):
        status, bench = self.bench("echo", "--data-dir", self.folder, "--peer",
                                   "dead=/usr/bin/python3 -c \"import sys; sys.exit('no such port')\"")
        self.assertEqual(status, 1)
        self.assertIn("no such port", bench.errors())

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
                          ["chat", "--pages", "3"], ["chat", "--peer", "x"], ["chat", "--peer", "x="],
                          ["chat", "--tls"], ["echo", "--payload", "31"], ["echo", "--connections", "0"],
                          ["echo", "--peer", "a=b", "--peer", "a=c"], ["fanout", "--rate", "-1"],
                          ["idle", "--url", "ws://host"], ["polling"],
                          ["polling", "--peer", "other=x"], ["polling", "--peer", "polling=x", "--tls"], ["reconnect", "--payload", "3"], ["history", "--payload", "3"], ["history", "--messages", "9"]):
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
