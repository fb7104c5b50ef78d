"""Where the cases of one way are played: one server for all of them, two bystanders, and what is checked after each."""
import collections
import contextlib
import json
import sys
import tempfile
import time

from programs import Program, Server
from wire import ChatClient, Client, Link, Target

from .case import TLS, expect
from .vitals import MB, Vitals

LOGIN_MS = 200
IDLE_LOAD = 0.05
TRIES = 5  # of what another program on this machine may disturb
CALM = 10  # seconds until descriptors are given back; a farewell may take 3
KEPT_MB = 64  # most that the server may have grown since its start; 1,000 TLS handshakes at once leave 40 in its heap
ENDPOINTS = ("chat", "echo")


class Bystanders:
    """The process of hostile/bystanders.py."""

    def __init__(self, url):
        self._program = Program(sys.executable, "-m", "hostile.bystanders", url)
        self._next()

    def _next(self):
        line = self._program.next_line()
        expect(line is not None, f"the bystanders have ended: {self._program.errors()}")
        sums = json.loads(line)
        expect("problem" not in sums, f"bystanders: {sums.get('problem')}")
        return sums

    def _do(self, command):
        expect(self._program.is_running, f"the bystanders have ended: {self._program.lines[-1:]}")
        self._program.feed([command])
        return self._next()

    def resume(self):
        self._do("resume")

    def settle(self):
        return self._do("settle")

    def kill(self):
        self._program.kill()


class Stage:
    def __init__(self, bin_dir, way, sockets, is_short):
        self.bin_dir = bin_dir
        self.way = way
        self.is_tls = way == TLS
        self.sockets = sockets
        self.is_short = is_short
        self._exits = contextlib.ExitStack()
        self._links = contextlib.ExitStack()
        self._secrets = {}
        self.server = None
        self.bystanders = None
        self.vitals = None
        self._memory_at_start = 0
        self._memory_before = 0
        self._descriptors_at_rest = []

    def open(self):
        self.server = self.start_server()
        self.vitals = Vitals(self.server.pid)
        self.bystanders = Bystanders(self.target.url)
        self._exits.callback(self.bystanders.kill)
        self.log_in()
        self.rest()
        self._memory_at_start = self.vitals.memory()
        self._descriptors_at_rest = self.vitals.descriptors()

    def close(self):
        self._links.close()
        self._exits.close()

    def start_server(self, **options):
        """A lanlined that ends with the stage."""
        folder = self._exits.enter_context(tempfile.TemporaryDirectory(prefix="lanline-hostile-"))
        arguments = ["--bench-endpoints", "--metrics", "--debug-endpoints", "--sockets", self.sockets,
                     *(["--tls"] if self.is_tls else [])]
        server = Server(self.bin_dir, folder, arguments=arguments, **options)
        self._exits.callback(server.kill)
        return server

    def target_of(self, server):
        return Target(server.port, self.is_tls)

    @property
    def target(self):
        return self.target_of(self.server)

    def count(self, full, short):
        return short if self.is_short else full

    # ---- peers; they are closed after the case

    def _keep(self, link):
        self._links.callback(link.close)
        return link

    def link(self, **options):
        return self._keep(Link(self.target, **options))

    def client(self, path="/bench/echo", **options):
        return self._keep(Client(self.target, path, **options))

    def guest(self, name="Mallory", **options):
        """Logged in. The same name is the same user, so that no case leaves a crowd behind."""
        guest = ChatClient(self.target, name, secret=self._secrets.get(name), **options)
        self._secrets[name] = guest.secret
        return self._keep(guest)

    def at(self, endpoint):
        """A client at one of ENDPOINTS."""
        return self.guest() if endpoint == "chat" else self.client()

    # ---- a normal client

    def log_in(self, name="Norman", target=None):
        """Milliseconds from the first packet to WELCOME, of a client that knows nobody here. Without those in which other
        programs had the processor: they are this machine's, not the server's."""
        begin, waits = time.monotonic(), self.vitals.waits()
        secret = self._secrets.get(name) if target is None else None
        with ChatClient(target or self.target, name, secret=secret) as guest:
            took = time.monotonic() - begin - self.vitals.waited_since(waits)
            if target is None:
                self._secrets[name] = guest.secret
            guest.say("BYE")
            code = guest.close_code()
            expect(code == 1000, f"BYE was answered with {code}")
        return max(0.0, took) * 1000

    def log_in_swiftly(self, when, target=None):
        """The best of some tries, for other programs on this machine may take their time too."""
        best = min_until((lambda: self.log_in(target=target)), LOGIN_MS)
        expect(best <= LOGIN_MS, f"{when}, a normal client needed {best:.0f} ms to log in, at best of {TRIES}")
        return best

    # ---- around each case

    def begin_case(self):
        self.vitals.forget_peak()
        self._memory_before = self.vitals.memory()
        self.bystanders.resume()

    def rest(self):
        """What the bystanders have counted, with the talk ended."""
        return self.bystanders.settle()

    def end_case(self, peak_mb):
        """The common check; what it measured. `peak_mb`: None where memory is not judged."""
        self._links.close()
        expect(self.server.is_running, f"lanlined has ended: {self.server.errors()[-2000:]}")
        peak = self.vitals.peak()
        talk = self.rest()
        self._expect_descriptors()
        load = min_until(lambda: self.vitals.load(0.25 if self.is_short else 1.0), IDLE_LOAD)
        login = self.log_in_swiftly("afterwards")
        kept = self.vitals.memory()
        figures = {"login_ms": round(login, 1), "load": round(load, 4), "bystanders": talk,
                   "peak_mb": mb(peak - self._memory_before), "kept_mb": mb(kept - self._memory_at_start)}
        expect(load <= IDLE_LOAD, f"afterwards the server used {load:.0%} of a core, at best of {TRIES} looks")
        if peak_mb is None:
            return figures
        expect(figures["peak_mb"] <= peak_mb, f"memory grew by {figures['peak_mb']} MB, over {peak_mb} MB")
        expect(figures["kept_mb"] <= KEPT_MB, f"memory stayed {figures['kept_mb']} MB over that of the start")
        return figures

    def _expect_descriptors(self):
        deadline = time.monotonic() + CALM
        while len(left := self.vitals.descriptors()) > len(self._descriptors_at_rest):
            more = collections.Counter(left) - collections.Counter(self._descriptors_at_rest)
            expect(time.monotonic() < deadline, f"not given back after {CALM} s: {dict(more)}")
            time.sleep(0.02)


def min_until(measure, good):
    """The least of up to TRIES measurements; the first that is good is enough."""
    best = measure()
    for _ in range(TRIES - 1):
        if best <= good:
            break
        best = min(best, measure())
    return best


def mb(count):
    return round(count / MB, 1)
