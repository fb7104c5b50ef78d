#!/usr/bin/python3
"""What a server shows its operator, as others' programs read it: Prometheus' own parser, and google-pprof.
Usage: test_operator.py BIN_DIR"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.request
import xml.etree.ElementTree

from prometheus_client.parser import text_string_to_metric_families

from programs import PATIENCE, Program, Server, wait_until

BIN_DIR = sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/bin"
HERE = os.path.dirname(os.path.abspath(__file__))
DASHBOARD = os.path.join(HERE, "..", "..", "resources", "grafana", "lanline.json")
TOKEN = "0123456789abcdef0123456789abcdef"
# Builds with a sanitizer have none: both bring an allocator.
HAS_PROFILER = os.environ.get("LANLINE_HAS_PROFILER", "1") == "1"
WITH_PROFILER = unittest.skipUnless(HAS_PROFILER, "built without a profiler")


class OperatorTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, *arguments):
        self.server = Server(BIN_DIR, os.path.join(self.folder, "data"), arguments=arguments)
        self.addCleanup(self.server.kill)

    def get(self, path, headers=None, body=None):
        """Status and body."""
        url = f"http://127.0.0.1:{self.server.port}{path}"
        request = urllib.request.Request(url, data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def send(self, count):
        ctl = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", self.server.url, "--timeout", PATIENCE, "send",
                      "--room", "lobby")
        self.addCleanup(ctl.kill)
        ctl.feed(f"message {number}" for number in range(count))
        self.assertEqual(ctl.finish(), 0, ctl.errors())

    def families(self):
        status, text = self.get("/metrics")
        self.assertEqual(status, 200, text)
        return {family.name: family for family in text_string_to_metric_families(text.decode())}

    # ---- health

    def test_nothing_but_health_is_told_unasked(self):
        self.start()
        self.assertEqual(self.get("/healthz"), (200, b'{"status":"ok"}\n'))
        for path in ("/metrics", "/debug/pprof/", "/debug/pprof/profile?seconds=1", "/debug/pprof/threads"):
            self.assertEqual(self.get(path)[0], 404, path)

    def test_health_tells_of_a_store_that_cannot_write(self):
        self.start("--metrics")
        database = sqlite3.connect(os.path.join(self.folder, "data", "lanline.db"), isolation_level=None)
        self.addCleanup(database.close)
        database.execute("BEGIN IMMEDIATE")
        ctl = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", self.server.url, "--timeout", PATIENCE, "send",
                      "--room", "lobby", "must wait")
        self.addCleanup(ctl.kill)
        status, body = wait_until(lambda: (answer := self.get("/healthz"))[0] == 503 and answer, "503")
        self.assertIn("locked", json.loads(body)["reason"])
        self.assertEqual(self.families()["lanline_store_writable"].samples[0].value, 0)
        database.execute("ROLLBACK")
        wait_until(lambda: self.get("/healthz")[0] == 200, "200")
        self.assertEqual(self.families()["lanline_store_writable"].samples[0].value, 1)
        self.assertEqual(ctl.finish(), 0, ctl.errors())

    # ---- metrics

    def test_metrics_are_what_prometheus_reads_and_agree_with_what_was_done(self):
        self.start("--metrics")
        self.send(300)
        families = self.families()
        values = {sample.name: sample.value for family in families.values() for sample in family.samples
                  if not sample.labels}
        self.assertEqual(values["lanline_messages_received_total"], 300)
        self.assertEqual(values["lanline_messages_stored_total"], 300)
        self.assertEqual(values["lanline_delivery_store_seconds_count"], 300)
        self.assertEqual(values["lanline_delivery_fanout_seconds_count"], 300)
        self.assertGreater(values["lanline_delivery_store_seconds_sum"], 0)
        self.assertGreaterEqual(values["lanline_store_commit_commands_sum"], 300)
        self.assertEqual(values["lanline_store_commit_seconds_count"], values["lanline_store_commit_commands_count"])
        self.assertEqual(values["lanline_rooms"], 1)
        self.assertGreater(values["process_resident_memory_bytes"], 1e6)
        self.assertGreater(values["process_cpu_seconds_total"], 0)
        self.assertGreaterEqual(values["process_open_fds"], 5)
        with open(f"/proc/{self.server.pid}/status", encoding="ascii") as status:
            threads = int(re.search(r"^Threads:\s+(\d+)", status.read(), re.MULTILINE).group(1))
        self.assertEqual(values["process_threads"], threads)
        self.check_histograms(families)

    def lag(self, thread, ending, **labels):
        """One sample of the histogram of how late a thread was."""
        family = self.families()["lanline_event_loop_lag_seconds"]
        return next(sample.value for sample in family.samples
                    if sample.name.endswith(ending) and sample.labels == {"thread": thread, **labels})

    def test_lags_are_told_of_the_thread_that_was_late(self):
        self.start("--metrics", "--allow-faults")
        for thread, other in (("storage", "server"), ("server", "storage")):
            before = self.late(other)
            self.fault(f"stall-{thread}", "--amount", "1200", "--for", "60")
            wait_until(lambda thread=thread: self.late(thread) > 0, f"a late {thread}")
            self.fault(f"stall-{thread}", "--stop")
            self.assertEqual(self.late(other), before, other)

    def late(self, thread):
        """How often the thread was late by more than a second."""
        return self.lag(thread, "_count") - self.lag(thread, "_bucket", le="1")

    def fault(self, *arguments):
        ctl = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", self.server.url, "--timeout", PATIENCE, "fault",
                      *arguments)
        self.addCleanup(ctl.kill)
        self.assertEqual(ctl.finish(), 0, ctl.errors())

    def check_histograms(self, families):
        histograms = [family for family in families.values() if family.type == "histogram"]
        self.assertGreaterEqual(len(histograms), 5)
        for family in histograms:
            series = {}
            for sample in family.samples:
                rest = tuple(sorted((key, value) for key, value in sample.labels.items() if key != "le"))
                series.setdefault(rest, []).append(sample)
            for samples in series.values():
                buckets = [(float(s.labels["le"]), s.value) for s in samples if s.name.endswith("_bucket")]
                self.assertEqual(buckets, sorted(buckets), family.name)
                self.assertEqual([count for _, count in buckets], sorted(count for _, count in buckets), family.name)
                total = next(s.value for s in samples if s.name.endswith("_count"))
                self.assertEqual(buckets[-1], (float("inf"), total), family.name)

    def test_dashboard_shows_every_family_and_asks_for_no_other(self):
        self.start("--metrics")
        told = self.families()
        with open(DASHBOARD, encoding="utf-8") as file:
            dashboard = json.load(file)
        self.assertGreaterEqual(dashboard["schemaVersion"], 36)
        self.assertIsNone(dashboard["id"])  # or an import would want to replace another one
        self.assertEqual([entry["name"] for entry in dashboard["__inputs"]], ["DS_PROMETHEUS"])
        panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
        numbers = [panel["id"] for panel in dashboard["panels"]]
        self.assertEqual(len(set(numbers)), len(numbers))
        places = set()
        expressions = []
        for panel in panels:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
            for column in range(place["x"], place["x"] + place["w"]):
                for row in range(place["y"], place["y"] + place["h"]):
                    self.assertNotIn((column, row), places, f"{panel['title']} lies over another panel")
                    places.add((column, row))
            self.assertTrue(panel["title"] and panel["targets"])
            self.assertEqual(panel["datasource"]["uid"], "${DS_PROMETHEUS}")
            references = [target["refId"] for target in panel["targets"]]
            self.assertEqual(len(set(references)), len(references))
            expressions += [target["expr"] for target in panel["targets"]]
        asked = set(re.findall(r"\b(?:lanline|process)_[a-z_]+", " ".join(expressions)))
        known = {sample.name for family in told.values() for sample in family.samples}
        self.assertEqual(asked - known, set())
        shown = {name for name, family in told.items() if asked & {sample.name for sample in family.samples}}
        self.assertEqual({name for name in told if name.startswith("lanline_")} - shown, set())

    # ---- who may ask

    def test_token_is_asked_of_who_comes_from_elsewhere(self):
        path = os.path.join(self.folder, "token")
        with open(path, "w", encoding="ascii") as file:
            file.write(TOKEN + "\n")
        os.chmod(path, 0o600)
        self.start("--metrics", "--debug-endpoints", "--admin-token-file", path)
        passed_on = {"X-Forwarded-For": "192.0.2.7"}
        for page in ("/metrics", "/debug/pprof/cmdline"):
            self.assertEqual(self.get(page)[0], 200)
            self.assertEqual(self.get(page, passed_on)[0], 401)
            self.assertEqual(self.get(page, {**passed_on, "Authorization": f"Bearer {TOKEN}"})[0], 200)
            self.assertEqual(self.get(page, {"Authorization": f"Bearer {TOKEN[:-1]}"})[0], 401)
            self.assertEqual(self.get(page, {"Sec-Fetch-Site": "cross-site"})[0], 403)
        self.assertEqual(self.get("/healthz", passed_on)[0], 200)

    def test_token_that_others_may_read_is_refused(self):
        path = os.path.join(self.folder, "token")
        for text, mode, reason in ((TOKEN, 0o644, "chmod 600"), ("short", 0o600, "at least 16"), ("", 0o600, "16"),
                                   ("two words in one token", 0o600, "16"), (None, 0o600, "cannot be read")):
            if text is None:
                os.remove(path)
            else:
                with open(path, "w", encoding="ascii") as file:
                    file.write(text)
                os.chmod(path, mode)
            done = subprocess.run([os.path.join(BIN_DIR, "lanlined"), "--listen", "127.0.0.1:0", "--data", self.folder,
                                   "--admin-token-file", path], capture_output=True, timeout=PATIENCE, check=False)
            self.assertEqual(done.returncode, 1, text)
            self.assertIn(reason, done.stderr.decode())

    # ---- profiles

    def start_busy(self):
        """A server that works as long as the test runs."""
        self.start("--debug-endpoints")
        done = threading.Event()
        lines = "".join(f"message {number}\n" for number in range(2000)).encode()

        def work():
            while not done.is_set():
                subprocess.run([os.path.join(BIN_DIR, "lanlinectl"), "--url", self.server.url, "--timeout",
                                str(PATIENCE), "send", "--room", "lobby"], input=lines, capture_output=True, check=True)

        worker = threading.Thread(target=work)
        worker.start()
        self.addCleanup(worker.join)
        self.addCleanup(done.set)

    def pprof(self, page):
        environment = dict(os.environ, PPROF_TMPDIR=self.folder, HOME=self.folder)
        url = f"http://127.0.0.1:{self.server.port}/debug/pprof/{page}"
        done = subprocess.run(["google-pprof", "--text", url], capture_output=True, timeout=PATIENCE,
                              env=environment, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    @WITH_PROFILER
    def test_google_pprof_names_our_functions(self):
        self.start_busy()
        # A short profile may happen to see nothing of ours.
        text = wait_until(lambda: "lanline::server::" in (said := self.pprof("profile?seconds=2")) and said,
                          "a function of ours in a profile")
        self.assertRegex(text, r"Total: \d+ samples")
        self.assertRegex(self.pprof("heap"), r"Total: \d+\.\d MB")

    @WITH_PROFILER
    def test_profile_is_taken_while_people_chat_one_at_a_time(self):
        self.start_busy()
        answers = []
        askers = [threading.Thread(target=lambda: answers.append(self.get("/debug/pprof/profile?seconds=4")))
                  for _ in range(2)]
        for asker in askers:
            asker.start()
        self.send(100)
        self.assertEqual(self.get("/healthz")[0], 200)
        for asker in askers:
            asker.join()
        answers.sort()
        self.assertEqual([status for status, _ in answers], [200, 409])
        words = answers[0][1][:24]
        self.assertEqual(int.from_bytes(words[8:16], sys.byteorder), 3)  # of its header, as gperftools has it

    @WITH_PROFILER
    def test_flame_graph_is_a_picture(self):
        self.start_busy()
        status, svg = self.get("/debug/pprof/flamegraph?seconds=2")
        self.assertEqual(status, 200)
        picture = xml.etree.ElementTree.fromstring(svg)
        self.assertEqual(picture.tag, "{http://www.w3.org/2000/svg}svg")
        titles = [title.text for title in picture.iter("{http://www.w3.org/2000/svg}title")]
        self.assertTrue(any("start_thread" in title or "libc" in title for title in titles), titles[:20])
        self.assertNotIn(b"<script", svg)

    @unittest.skipIf(HAS_PROFILER, "built with a profiler")
    def test_without_a_profiler_it_is_said(self):
        self.start("--debug-endpoints")
        for page in ("profile?seconds=1", "flamegraph?seconds=1", "heap"):
            status, text = self.get(f"/debug/pprof/{page}")
            self.assertEqual(status, 501, page)
            self.assertIn(b"This program has no profiler", text)
        for page in ("", "threads", "cmdline", "symbol"):
            self.assertEqual(self.get(f"/debug/pprof/{page}")[0], 200, page)
        self.send(10)

    def test_threads_tell_where_they_are(self):
        self.start("--debug-endpoints")
        status, text = self.get("/debug/pprof/threads")
        self.assertEqual(status, 200)
        for name in (b"server", b"store writer", b"store reader", b"debug"):
            self.assertIn(b"(name: " + name + b"/", text)
        main = text[text.index(f"/{self.server.pid}) stack".encode()):].split(b"\n\n")[0]
        self.assertIn(b"  main", main)
        self.assertEqual(self.get("/debug/pprof/symbol")[1], b"num_symbols: 1\n")
        status, names = self.get("/debug/pprof/symbol", body=re.search(rb"0x[0-9a-f]+(?=  main)", main).group())
        self.assertEqual((status, names.split(b"\t")[1]), (200, b"main\n"))

    # ---- ping over TLS

    def test_ping_says_that_a_certificate_is_not_trusted(self):
        self.start("--tls")
        ctl = Program(os.path.join(BIN_DIR, "lanlinectl"), "--url", self.server.listening["tls_url"], "--timeout", 2,
                      "ping", "--json")
        self.addCleanup(ctl.kill)
        self.assertEqual(ctl.finish(), 3)
        self.assertIn("certificate", ctl.errors())


if __name__ == "__main__":
    unittest.main()
