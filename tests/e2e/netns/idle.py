"""What a standby costs while nobody says anything: octets on its cable, and the client's processor time."""
import time

from .network import Network
from .shell import Failed

NAME = "cost-of-standby"
WHAT = "idle for 60 s (short: 20 s): octets on the standby's cable, and the client's processor time"
OCTETS = 200  # a second
CPU = 0.01  # of one core
# (what, heartbeat, redundancy, judged)
CLIENTS = (("heartbeat 15 s, standby", 15000, "automatic", True), ("heartbeat 15 s, none", 15000, "off", False),
           ("heartbeat 1 s, standby", 1000, "automatic", False), ("heartbeat 1 s, none", 1000, "off", False))


def play(stage):
    """All of them side by side, each with cables of its own."""
    seats = []
    for number, (what, heartbeat_ms, redundancy, is_judged) in enumerate(CLIENTS, 2):
        network = stage.lay(Network(stage.pid, number))
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
    stage.hold(stage.count(60, 20))
    seconds = time.monotonic() - begin
    for (what, network, client, is_judged), first in zip(seats, before):
        standby = network.path_at(client.standby_address) if client.has_standby else network.paths[1]
        octets, cpu = ((second - first) / seconds for first, second in zip(first[standby], _now(standby, client)))
        stage.facts[what] = (f"{octets:.1f} octets/s on the second cable, {cpu * 100:.2f} % of a core"
                             + (f" (goals: {OCTETS}, {CPU * 100:.0f} %)" if is_judged else ""))
        if is_judged and (octets > OCTETS or cpu > CPU):
            stage.note(f"{what}: {octets:.0f} octets/s and {cpu * 100:.2f} % of a core")
        if client.seen_since(begin, "failed over"):
            stage.note(f"{what}: it failed over although nothing had happened")
    for _, _, client, _ in seats:
        client.end_input()
        client.finish()
    stage.stop_server()


def _reading(network, client):
    return {path: _now(path, client) for path in network.paths}


def _now(path, client):
    return path.octets(), client.cpu_seconds()
