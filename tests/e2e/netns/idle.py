"""What a standby costs while nobody says anything: bytes on its cable, and the client's processor time."""
import time

from .network import Network
from .shell import Failed

NAME = "cost-of-standby"
WHAT = "idle for 60 s (short: 35 s): bytes on the standby's cable, and the client's processor time"
BYTES = 200  # a second
CPU = 0.01  # of one core
LOOKING = 1.5  # seconds after which the server has certainly looked at its addresses anew
# The short run has a beat of the standby, too: it beats half as often as the primary.
# (what, heartbeat, redundancy, judged)
CLIENTS = (("heartbeat 15 s, standby", 15000, "automatic", True), ("heartbeat 15 s, none", 15000, "off", False),
           ("heartbeat 1 s, standby", 1000, "automatic", False), ("heartbeat 1 s, none", 1000, "off", False))


def play(stage):
    """All of them side by side, each with cables of its own."""
    networks = [stage.lay(Network(stage.pid, number)) for number, _ in enumerate(CLIENTS, 2)]
    stage.hold(LOOKING)
    seats = []
    for network, (what, heartbeat_ms, redundancy, is_judged) in zip(networks, CLIENTS):
        number = network.number
        client = stage.talker(f"idle{number}", network.paths[0].server_address, within=network.within,
                              heartbeat_ms=heartbeat_ms, redundancy=redundancy)
        seats.append((what, network, client, is_judged))
    for _, _, client, _ in seats:
        stage.until(lambda client=client: client.is_online, "the idle clients online")
    for what, _, client, _ in seats:
        if client.redundancy != "off" and not stage.holds(lambda client=client: client.has_standby, 15):
            raise Failed(f"no standby within 15 s: {what}")
    stage.hold(2)  # what comes with a login is over

    before = [_reading(network, client) for _, network, client, _ in seats]
    begin = time.monotonic()
    stage.hold(stage.count(60, 35))
    seconds = time.monotonic() - begin
    for (what, network, client, is_judged), first in zip(seats, before):
        standby = network.path_at(client.standby_address) if client.has_standby else network.paths[1]
        traffic, cpu = ((second - first) / seconds for first, second in zip(first[standby], _now(standby, client)))
        stage.facts[what] = (f"{traffic:.1f} bytes/s on the second cable, {cpu * 100:.2f} % of a core"
                             + (f" (goals: {BYTES}, {CPU * 100:.0f} %)" if is_judged else ""))
        if is_judged and (traffic > BYTES or cpu > CPU):
            stage.note(f"{what}: {traffic:.0f} bytes/s and {cpu * 100:.2f} % of a core")
        if client.seen_since(begin, "failed over"):
            stage.note(f"{what}: it failed over although nothing had happened")
    for _, _, client, _ in seats:
        client.end_input()
        client.finish()
    stage.stop_server()


def _reading(network, client):
    return {path: _now(path, client) for path in network.paths}


def _now(path, client):
    return path.bytes(), client.cpu_seconds()
