"""The talker as a process, and what it writes down."""
import json
import os

from faults.ledger import Account, Ack, Event, Reading
from programs import Program

CLOCK_TICK = os.sysconf("SC_CLK_TCK")


class Talker(Program):
    """Times are those of time.monotonic(), which is the clock that the talker uses as well."""

    def __init__(self, bin_dir, name, url, profile, *, within=(), heartbeat_ms=1000, redundancy="automatic"):
        os.mkdir(profile)
        self.name = name
        self.kind = name
        self.heartbeat_ms = heartbeat_ms
        self.redundancy = redundancy
        self.account = Account(name, name)
        self.reading = Reading(name, name)
        self.deliveries = []  # (time, text)
        self.links = []  # what happened to its links
        self.states = []
        self.round_trips = []
        self.resets = 0  # histories that came instead of what followed
        self.refused = []
        self.ledger = None
        self.is_drained = False
        self.raw = []  # all that it has written
        self._texts = {}  # by message id
        super().__init__(*within, os.path.join(bin_dir, "talker"), "--url", url, "--name", name, "--profile", profile,
                         "--heartbeat-ms", heartbeat_ms, "--redundancy", redundancy)

    def _read(self):
        for line in self._process.stdout:
            if line.endswith(b"\n"):
                self.raw.append(line)
                self._take(json.loads(line))
        self._queue.put(None)

    def _take(self, record):
        record["at"] = record["us"] / 1e6
        kind = record["event"]
        if kind == "said":
            self._texts[record["message_id"]] = record["text"]
            self.account.write(record["text"])
        elif kind == "stored":
            self.account.ack(Ack(self._texts[record["message_id"]], record["message_id"], record["seq"],
                                 record["duplicate"], record["recovered"]))
        elif kind == "failed":
            self.refused.append(record["reason"])
        elif kind == "delivered":
            self.reading.events.append(Event(record["seq"], record["message_id"], record["text"]))
            self.deliveries.append((record["at"], record["text"]))
        elif kind == "reset":
            self.resets += bool(self.deliveries)
        elif kind == "drained":
            self.is_drained = True
        elif kind == "ledger":
            self.ledger = record
        else:
            {"state": self.states, "link": self.links, "round trip": self.round_trips}[kind].append(record)

    # ---- orders

    def say(self, rate):
        self.feed([f"rate {rate}"])

    def drain(self):
        self.feed(["drain"])

    # ---- how it is

    @property
    def status(self):
        """Its exit status; -N if signal N has ended it, None while it runs."""
        return self._process.poll()

    @property
    def is_online(self):
        return bool(self.states) and self.states[-1]["phase"] == "online"

    @property
    def has_standby(self):
        return self._lane("ready") is not None

    @property
    def primary_address(self):
        """Of this end of its primary link."""
        return self._lane("active")

    @property
    def standby_address(self):
        return self._lane("ready")

    def _lane(self, state):
        lanes = self.states[-1]["lanes"] if self.states else []
        return next((lane["local"] for lane in lanes if lane["state"] == state), None)

    @property
    def last_delivery(self):
        return self.deliveries[-1][0] if self.deliveries else 0.0

    def seen_since(self, begin, kind):
        return [link for link in self.links if link["at"] >= begin and link["kind"] == kind]

    def standby_round_trip(self, before):
        """The last one that was measured before then, in seconds."""
        measured = [trip["rtt_us"] for trip in self.round_trips if trip["standby"] and trip["at"] < before]
        return measured[-1] / 1e6 if measured else 0.0

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICK
