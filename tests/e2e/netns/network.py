"""Two cables between two computers, and what can be done to them. The server's computer is the namespace that this
runs in; the client's is one more."""
import contextlib
import ipaddress
import json
import os
import subprocess
import sys

from .shell import expect, run

PATHS = 2


class Path:
    """A cable: a pair of devices and the addresses at its ends. What is dropped is dropped where it arrives, so that the
    end that sent it does not notice."""

    def __init__(self, network, number):
        self.network = network
        self.number = number
        tag = f"{network.number}p{number}x{network.pid}"
        self.server_device = f"s{tag}"
        self.client_device = f"c{tag}"
        subnet = ipaddress.ip_network(f"10.77.{network.number * 10 + number}.0/24")
        self.server_address = str(subnet[1])
        self.client_address = str(subnet[2])
        # Never the same at both ends: the kernel takes such a cable for a card, and tells of a carrier that comes or goes
        # no more than once a second.
        self._index = 1000 + 100 * network.number + 10 * number
        self._spare_addresses = [str(subnet[number]) for number in range(20, 3, -1)]

    def lay(self):
        space = self.network.space
        # Not left to the end of the namespaces, which the kernel puts off.
        self.network.at_end(self._take_away)
        if self.network.delay:
            self._lay_with_delay()
        else:
            run("ip", "link", "add", self.server_device, "index", self._index, "type", "veth", "peer", "name",
                self.client_device, "index", self._index + 1, "netns", space)
        run("ip", "address", "add", f"{self.server_address}/24", "dev", self.server_device)
        run("ip", "-n", space, "address", "add", f"{self.client_address}/24", "dev", self.client_device)
        run("ip", "link", "set", self.server_device, "up")
        run("ip", "-n", space, "link", "set", self.client_device, "up")
        for device, prefix in ((self.server_device, []), (self.client_device, self.network.within)):
            run(*prefix, "nft", "-f", "-", text=f"table netdev {device} {{ chain arriving {{"
                f" type filter hook ingress device \"{device}\" priority 0; }}\n}}\n")

    def _take_away(self):
        # A rule waits for the next device of the same name.
        subprocess.run(["nft", "delete", "table", "netdev", self.server_device], capture_output=True, check=False)
        subprocess.run(["ip", "-n", self.network.space, "link", "delete", self.client_device], capture_output=True,
                       check=False)
        subprocess.run(["ip", "link", "delete", self.server_device], capture_output=True, check=False)

    def _lay_with_delay(self):
        """Not every kernel has netem. Two cables with a computer between them that holds back what it passes on."""
        wire = self.network.wire
        ends = [f"{device}w" for device in (self.server_device, self.client_device)]
        run("ip", "link", "add", self.server_device, "type", "veth", "peer", "name", ends[0], "netns", wire)
        run("ip", "-n", wire, "link", "add", ends[1], "type", "veth", "peer", "name", self.client_device,
            "netns", self.network.space)
        for end in ends:
            run("ip", "-n", wire, "link", "set", end, "up")
        relay = subprocess.Popen(["ip", "netns", "exec", wire, sys.executable, "-m", "netns.relay", *ends,
                                  str(self.network.delay)], stdout=subprocess.PIPE, text=True,
                                 cwd=os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        self.network.at_end(relay.stdout.close)
        self.network.at_end(relay.wait)
        self.network.at_end(relay.kill)
        expect(relay.stdout.readline() == "relaying\n", "the relay did not start")

    # ---- what happens to it

    def drop(self, to_server=100, to_client=100):
        """These percentages of what is sent are lost, and nobody is told; 0: nothing."""
        for device, prefix, percentage in ((self.server_device, [], to_server),
                                           (self.client_device, self.network.within, to_client)):
            rule = {0: "", 100: f"add rule netdev {device} arriving drop"}.get(
                percentage, f"add rule netdev {device} arriving numgen random mod 100 < {percentage} drop")
            run(*prefix, "nft", "-f", "-", text=f"flush chain netdev {device} arriving\n{rule}\n")

    def pass_all(self):
        self.drop(0, 0)

    def unplug(self):
        """The client's device has no carrier any more."""
        run("ip", "link", "set", self.server_device, "down")

    def plug(self):
        run("ip", "link", "set", self.server_device, "up")

    def switch_off(self):
        """The client's interface is down."""
        run("ip", "-n", self.network.space, "link", "set", self.client_device, "down")

    def switch_on(self):
        run("ip", "-n", self.network.space, "link", "set", self.client_device, "up")

    def reset(self):
        """RST to both ends of every connection over this cable; how many there were."""
        ended = run("ss", "-K", "-H", "-tn", "state", "established", "src", self.server_address,
                    "dst", self.client_address)
        return len(ended.splitlines())

    def reject(self):
        """The server's end answers everything with RST, and the server does not know."""
        self.network.at_end(self.accept)
        run("nft", "-f", "-", text="table inet rejecting { chain arriving { type filter hook input priority 0;\n"
            f" ip saddr {self.client_address} ip protocol tcp reject with tcp reset\n }}\n}}\n")

    def accept(self):
        # Of a table that may be gone already.
        run("nft", "-f", "-", text="table inet rejecting {}\ndelete table inet rejecting\n")

    def change_address(self):
        """As another lease from DHCP does it."""
        space = self.network.space
        old, self.client_address = self.client_address, self._spare_addresses.pop()
        run("ip", "-n", space, "address", "delete", f"{old}/24", "dev", self.client_device)
        run("ip", "-n", space, "address", "add", f"{self.client_address}/24", "dev", self.client_device)

    def bytes(self):
        """That the client's device has sent and received, headers and all."""
        stats = json.loads(run("ip", "-n", self.network.space, "-s", "-j", "link", "show", self.client_device))
        return sum(stats[0]["stats64"][way]["bytes"] for way in ("rx", "tx"))


class Network:
    """The client's computer, and the cables to the server's."""

    def __init__(self, pid, number=1, delay=0.0):
        self.pid = pid  # of the test, in every name
        self.number = number  # several may lie side by side
        self.delay = delay  # seconds, each way
        self.space = f"lanline-client{number}-{pid}"
        self.wire = f"lanline-wire{number}-{pid}"
        self.within = ["ip", "netns", "exec", self.space]
        self.paths = [Path(self, number) for number in range(1, PATHS + 1)]
        self._exits = contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as opening:
            opening.callback(self._exits.close)
            for space in [self.space, *([self.wire] if self.delay else [])]:
                run("ip", "netns", "add", space)
                self.at_end(lambda space=space: run("ip", "netns", "delete", space))
                # Its own chatter would be counted with the standby's.
                run("ip", "netns", "exec", space, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6")
            run("ip", "-n", self.space, "link", "set", "lo", "up")
            for path in self.paths:
                path.lay()
            opening.pop_all()
        return self

    def __exit__(self, *_):
        self._exits.close()

    def at_end(self, action):
        self._exits.callback(action)

    def path_at(self, address):
        """Over which a connection runs that begins here at the client."""
        return next((path for path in self.paths if path.client_address == address), None)

    def other(self, path):
        return next(other for other in self.paths if other is not path)
