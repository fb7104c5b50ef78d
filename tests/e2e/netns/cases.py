"""What happens to the cables. Each case has its own network, server and clients."""
import dataclasses
from typing import Callable

from .shell import expect

AFTER = 4  # seconds that a path which has died stays so while the other goes on


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    what: str
    play: Callable
    death: str = ""  # of the path: "silent" or "error" set a goal for the gap
    redundancy: str = "automatic"
    heartbeat_ms: int = 1000
    delay: float = 0.0  # seconds each way, of both cables
    failovers: tuple = (1, 1)  # at least, at most
    may_be_out: bool = False  # there is a time without any path
    limit: int = 240  # seconds

    @property
    def has_standby(self):
        return self.redundancy != "off"


ANY = (0, 10**6)
NONE = (0, 0)


def silent_cut(stage):
    path = begin(stage)
    path.drop()
    stage.hold(max(AFTER, 2 * stage.case.heartbeat_ms / 1000))
    path.pass_all()
    stage.finish()


def to_server(stage):
    path = begin(stage)
    path.drop(to_client=0)
    stage.hold(AFTER)
    path.pass_all()
    stage.finish()


def to_client(stage):
    path = begin(stage)
    path.drop(to_server=0)
    stage.hold(AFTER)
    path.pass_all()
    stage.finish()


def interface_down(stage):
    path = begin(stage)
    path.switch_off()
    stage.hold(AFTER)
    path.switch_on()
    stage.finish()


def unplugged(stage):
    path = begin(stage)
    path.unplug()
    stage.hold(AFTER)
    path.plug()
    stage.finish()


def reset(stage):
    path = begin(stage)
    ended = path.reset()
    expect(ended >= 1, "this kernel ends no connection at another's wish (ss -K)")
    stage.hold(AFTER)
    stage.finish()


def rejected(stage):
    path = begin(stage)
    path.reject()
    stage.hold(AFTER)
    path.accept()
    stage.finish()


def address_change(stage):
    path = begin(stage)
    path.change_address()
    stage.hold(AFTER)
    stage.finish()


def both_cut_briefly(stage):
    _cut_both(stage, 3)


def both_cut_for_long(stage):
    _cut_both(stage, stage.count(60, 10))


def _cut_both(stage, seconds):
    begin(stage)
    for path in stage.network.paths:
        path.drop()
    stage.hold(seconds)
    for path in stage.network.paths:
        path.pass_all()
    stage.facts["seconds until messages came again, both ways"] = round(stage.await_flow(), 1)
    stage.finish()


def loss(stage):
    path = begin(stage)
    path.drop(10, 10)
    stage.hold(stage.count(20, 8))
    path.pass_all()
    stage.finish()


def delay(stage):
    begin(stage)
    stage.hold(stage.count(15, 6))
    stage.facts["standby's round trip, ms"] = round(stage.away.standby_round_trip(stage.begin) * 1000)
    stage.finish()


def flapping(stage):
    path = begin(stage)
    for _ in range(stage.count(15, 3)):
        stage.strike()
        path.unplug()
        stage.hold(2)
        path.plug()
        stage.hold(2)
    stage.finish()


def both_flapping(stage):
    """One is always there, but never the same for long: what has just taken over is the next to go."""
    begin(stage)
    for number in range(stage.count(30, 6)):
        path = stage.network.paths[number % 2]
        stage.strike()
        path.unplug()
        stage.hold(2)
        path.plug()
        stage.hold(2)
    stage.finish()


def restart(stage):
    begin(stage)
    stage.stop_server()
    stage.start_server()
    stage.facts["seconds until messages came again, both ways"] = round(stage.await_flow(), 1)
    stage.finish()


def standby_cut(stage):
    primary = begin(stage)
    path = stage.network.other(primary)
    path.unplug()
    stage.until(lambda: not stage.away.has_standby, "the client has noticed that its standby is gone")
    stage.hold(AFTER)
    path.plug()
    stage.finish()


def begin(stage):
    """Both talk; the path that the primary is on."""
    stage.start_talking()
    path = stage.primary()
    stage.strike()
    return path


CASES = {case.name: case for case in (
    Case("cut", "the primary's cable carries nothing any more, and nobody is told", silent_cut, "silent"),
    Case("cut-15s", "the same with the heartbeat of every day, 15 s", silent_cut, "silent", heartbeat_ms=15000),
    Case("to-server", "a one-way blackhole: what the client sends is lost", to_server, "silent"),
    Case("to-client", "a one-way blackhole: what the server sends is lost", to_client, "silent"),
    Case("interface-down", "the primary's interface goes down", interface_down, "error"),
    Case("unplugged", "the primary's device loses its carrier", unplugged, "error"),
    Case("reset", "RST to both ends of the primary", reset, "error"),
    Case("rejected", "RST to the client, whatever it sends; the server is not told", rejected, "error"),
    Case("address", "the client's address on the primary's cable is taken away, and it gets another", address_change,
         "error"),
    Case("both-briefly", "both cables carry nothing for 3 s", both_cut_briefly, failovers=ANY, may_be_out=True),
    Case("both-long", "both cables carry nothing for 60 s (short: 10 s)", both_cut_for_long, failovers=ANY,
         may_be_out=True),
    Case("loss", "one packet in ten is lost on the primary's cable, either way", loss, failovers=ANY),
    Case("delay", "200 ms each way on both cables", delay, delay=0.2, failovers=NONE),
    Case("delay-cut", "the same, and the primary's cable is cut", silent_cut, "silent", delay=0.2),
    Case("flapping", "the primary's cable is unplugged every 4 s for 2 s, for a minute (short: 12 s)", flapping,
         "error", failovers=(1, 16)),
    Case("both-flapping", "by turns the one and the other is unplugged for 2 s, for two minutes (short: 24 s)",
         both_flapping, "error", failovers=(1, 61), limit=300),
    Case("restart", "the server is stopped and started again", restart, failovers=ANY, may_be_out=True),
    Case("standby-cut", "the standby's cable is unplugged", standby_cut, "error", failovers=NONE),
    Case("cut-alone", "for comparison: a cut like the first one, for a client without a standby", silent_cut,
         redundancy="off", failovers=ANY, may_be_out=True),
)}
