"""Where a case is played: a network, a server, a client on either end of the cables, and their end."""
import contextlib
import os
import signal
import tempfile
import time

from faults.ledger import audit
from faults.stage import history_of
from programs import Server

from .judge import gaps_in, goal_of, longest, longest_of_paths
from .network import Network
from .shell import Failed, expect
from .talkers import Talker

RATE = 50  # messages a second, each way
INTERVAL = 1 / RATE
PATIENCE = 45  # seconds for any one thing: longer than the longest pause between two attempts, and an attempt
REARM = 15  # seconds until there is a standby again
LAST_WORDS = 12  # lines


class Stage:
    def __init__(self, bin_dir, case, is_short, pid, keep=None):
        self.bin_dir = bin_dir
        self.case = case
        self.is_short = is_short
        self.pid = pid
        self.keep = keep  # a folder for what the programs write
        self.network = None
        self.server = None
        self.away = None  # the client with the two cables
        self.home = None  # the one beside the server
        self.deaths = []  # times at which a path has died, the first of them the beginning of the fault
        self.problems = []
        self.facts = {}
        self.sums = {}
        self._port = 0
        self._must_serve = False
        self._servers = []
        self._exits = contextlib.ExitStack()
        self.folder = None

    def count(self, full, short):
        return short if self.is_short else full

    def note(self, what):
        self.problems.append(what)

    # ---- the whole of it

    def play(self):
        signal.signal(signal.SIGALRM, self._give_up)
        signal.alarm(self.case.limit)
        try:
            with self._exits:
                try:
                    self._begin()
                    self.case.play(self)
                except Failed as problem:
                    self.note(str(problem))
                    if self.server:
                        self.problems += [f"lanlined said: {line}"
                                          for line in self.server.errors().splitlines()[-LAST_WORDS:]]
                finally:
                    self._keep()
        except Failed as problem:  # while it was taken down
            self.note(str(problem))
        finally:
            signal.alarm(0)

    def _keep(self):
        """What the programs have written, for whoever looks for the reason."""
        if not self.keep:
            return
        folder = os.path.join(self.keep, self.case.name)
        os.makedirs(folder, exist_ok=True)
        for talker in filter(None, self.talkers):
            with open(os.path.join(folder, f"{talker.name}.jsonl"), "wb") as file:
                file.writelines(talker.raw)
            with open(os.path.join(folder, f"{talker.name}.log"), "w", encoding="utf-8") as file:
                file.write(talker.errors())
        with open(os.path.join(folder, "lanlined.log"), "w", encoding="utf-8") as file:
            file.writelines(server.errors() for server in self._servers)

    def _give_up(self, *_):
        raise Failed(f"not done after {self.case.limit} s")

    def _begin(self):
        self.folder = self._exits.enter_context(tempfile.TemporaryDirectory(prefix="rig."))
        self.network = self.lay(Network(self.pid, delay=self.case.delay))
        self.start_server()

    def start_server(self):
        # On the same port, once there is one.
        self.server = Server(self.bin_dir, os.path.join(self.folder, "data"), self._port, address="0.0.0.0")
        self._servers.append(self.server)
        self._exits.callback(self.server.kill)
        self._port = self.server.port
        self._must_serve = True

    def stop_server(self):
        self._must_serve = False
        status = self.server.stop()
        expect(status == 0, f"lanlined ended with {status}: {self.server.errors()}")

    def talker(self, name, address, **options):
        talker = Talker(self.bin_dir, name, f"ws://{address}:{self._port}", os.path.join(self.folder, name), **options)
        self._exits.callback(talker.kill)
        return talker

    def start_talking(self):
        """The client with two cables connects over the first, that beside the server over its loopback."""
        self.away = self.talker("away", self.network.paths[0].server_address, within=self.network.within,
                                redundancy=self.case.redundancy, heartbeat_ms=self.case.heartbeat_ms)
        self.home = self.talker("home", "127.0.0.1", redundancy="off")
        self.until(lambda: self.away.is_online and self.home.is_online, "both clients online")
        if self.case.has_standby:
            self.await_standby("at first")
        for talker in self.talkers:
            talker.say(RATE)
        self.until(lambda: all(talker.deliveries for talker in self.talkers), "the first messages delivered")
        self.hold(self.count(3, 2))

    @property
    def talkers(self):
        return [self.away, self.home]

    def lay(self, network):
        """One more, until the end of the case."""
        return self._exits.enter_context(network)

    # ---- waiting

    def _check(self):
        expect(not self._must_serve or self.server.is_running, "lanlined has ended by itself")
        for talker in filter(None, self.talkers):
            expect(talker.is_running, f"the talker {talker.name} has ended by itself, with {talker.status}: {talker.errors()}")

    def hold(self, seconds):
        """Lets it go on for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._check()
            time.sleep(min(left, 0.1))

    def holds(self, condition, patience):
        """Whether it becomes true by then."""
        deadline = time.monotonic() + patience
        while not condition():
            self._check()
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def until(self, condition, what, patience=PATIENCE):
        expect(self.holds(condition, patience), f"not within {patience} s: {what}")

    def await_standby(self, when):
        begin = time.monotonic()
        if self.holds(lambda: self.away.has_standby, REARM):
            self.facts[f"standby ready {when}"] = f"after {time.monotonic() - begin:.1f} s"
            if self.away.states[-1]["same_path"]:
                self.note(f"the standby is on the primary's own path {when}")
        else:
            self.note(f"no standby within {REARM} s {when}")

    # ---- the fault, and what came of it

    def primary(self):
        """The cable that the primary runs over: without a standby, the one that the client was sent to."""
        if not self.case.has_standby:
            return self.network.paths[0]
        address = self.away.primary_address
        path = self.network.path_at(address)
        expect(path, f"the primary begins at {address}, which is no end of a cable")
        return path

    def strike(self):
        """A path dies now."""
        self.deaths.append(time.monotonic())

    @property
    def begin(self):
        """From here on it is the fault's doing."""
        return self.deaths[0]

    def await_flow(self, what="messages are delivered again, both ways"):
        """Seconds until something that is said after now has come to the other end, both ways."""
        now = time.monotonic()
        said = {talker.name: talker.account.sent for talker in self.talkers}

        def has_come(reader, author):
            return any(number_of(text) > said[author.name] for _, text in reader.deliveries[-4 * RATE:]
                       if text.startswith(author.name))

        self.until(lambda: has_come(self.home, self.away) and has_come(self.away, self.home), what)
        return time.monotonic() - now

    def finish(self):
        """Delivery goes on, a standby is found, all is said; then both ends are compared."""
        self.await_flow()
        if self.case.has_standby:
            self.await_standby("afterwards")
        end = time.monotonic()
        for talker in self.talkers:
            talker.drain()
        self.until(lambda: all(talker.is_drained for talker in self.talkers), "all that was said is stored")
        sent = sum(talker.account.sent for talker in self.talkers)
        self.holds(lambda: all(len(talker.reading.events) >= sent for talker in self.talkers), REARM)
        # What must not come would come now.
        self.hold(0.3)
        for talker in self.talkers:
            talker.end_input()
            expect(talker.finish() == 0, f"the talker {talker.name} ended badly: {talker.errors()}")
        self.stop_server()
        self._compare()
        self._measure(end)

    def _compare(self):
        history, check = history_of(os.path.join(self.folder, "data"))
        expect(check == "ok", f"integrity_check: {check}")
        result = audit([talker.account for talker in self.talkers], history, [talker.reading for talker in self.talkers])
        for talker in self.talkers:
            if talker.resets:
                result.note(f"{talker.name} got another history {talker.resets} times instead of what followed")
            if talker.refused:
                result.note(f"{talker.name} was refused {len(talker.refused)} times: {talker.refused[0]}")
            if talker.ledger["lost"] or talker.ledger["missing"] or talker.ledger["waiting"]:
                result.note(f"{talker.name} by its own ledger: {talker.ledger}")
        self.problems += result.problems
        self.sums.update(sent=sum(talker.account.sent for talker in self.talkers), stored=len(history),
                         delivered=sum(len(talker.reading.events) for talker in self.talkers), lost=result.lost,
                         duplicated=result.duplicated, reordered=result.reordered)

    def _measure(self, end):
        away = self.away
        death = self.case.death if self.case.has_standby else None
        ways = ((away, self.home), (self.home, away))
        gaps = [self._gaps(reader, author, self.begin, end) for reader, author in ways]
        before = [longest(self._gaps(reader, author, 0, self.begin)) for reader, author in ways]
        # From the one beside the server to itself: no cable takes part.
        own = self._gaps(self.home, self.home, self.begin, end)
        gap = max(longest_of_paths(of_way, own, self.deaths) for of_way in gaps)
        goal = goal_of(death, away.heartbeat_ms, away.standby_round_trip(self.begin))
        failovers = away.seen_since(self.begin, "failed over")
        outages = away.seen_since(self.begin, "lost")
        self.sums.update(gap=gap, goal=goal, failovers=len(failovers), outages=len(outages))
        self.facts["longest gap of all, ms"] = (f"to the client {longest(gaps[0]) * 1000:.0f}, from the client"
                                                f" {longest(gaps[1]) * 1000:.0f}; before the fault {before[0] * 1000:.0f}"
                                                f" and {before[1] * 1000:.0f}; where no cable is {longest(own) * 1000:.0f}")
        if failovers:
            self.facts["gaps of its failovers by the client's account, ms"] = [link["outage_ms"] for link in failovers]
        if goal is not None and gap > goal:
            self.note(f"nothing was delivered for {gap * 1000:.0f} ms; the goal is {goal * 1000:.0f} ms")
        self._judge_links(failovers, outages)

    def _gaps(self, reader, author, begin, end):
        times = [at for at, text in reader.deliveries if text.startswith(author.name)]
        return gaps_in(times, max(begin, times[0]), end, INTERVAL)

    def _judge_links(self, failovers, outages):
        if not self.case.has_standby:
            return
        least, most = self.case.failovers
        if not least <= len(failovers) <= most:
            self.note(f"{len(failovers)} failovers, where {least} to {most} were to be expected")
        if outages and not self.case.may_be_out:
            self.note(f"{len(outages)} times without any link, although a path was there")
        told = self.away.states[-1].get("failover")
        if told and not told["nothing_lost"]:
            self.note("the client cannot say that nothing was lost in its failover")


def number_of(text):
    return int(text.rsplit("/", 1)[1])
