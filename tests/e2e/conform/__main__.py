"""Checks /bench/echo against RFC 6455, byte by byte and with the clients that people use, plain and over TLS. Ends with
0 only if nothing differs."""
import argparse
import contextlib
import json
import os
import signal
import sys
import tempfile
import time

from programs import Server
from wire import Target

from . import clients, own

TOLD = 10  # problems of one group


def parse():
    parser = argparse.ArgumentParser(prog="conform", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help="which, by a part of its name; default: all")
    parser.add_argument("--bin", default="build/dev/bin", help="folder of lanlined (default: %(default)s)")
    parser.add_argument("--clients", metavar="DIR", help="what build.sh has made; without it, only our own checks")
    parser.add_argument("--way", choices=("plain", "TLS"), action="append", help="default: both")
    parser.add_argument("--sockets", choices=("native", "qt"), default="native", help="which the server uses")
    parser.add_argument("--short", action="store_true", help="nothing over 4 MiB, and fewer of each")
    parser.add_argument("--json", metavar="FILE", help="leave the figures here as well")
    return parser.parse_args()


@contextlib.contextmanager
def server_of(arguments, way):
    with tempfile.TemporaryDirectory(prefix="lanline-conform-") as folder:
        options = ["--bench-endpoints", "--sockets", arguments.sockets, *(["--tls"] if way == "TLS" else [])]
        server = Server(arguments.bin, folder, arguments=options)
        try:
            yield server
        finally:
            server.kill()


def outcomes(target, arguments):
    wanted = [part.lower() for part in arguments.groups]

    def is_wanted(name):
        return not wanted or any(part in name.lower() for part in wanted)

    for name in own.NAMES:
        if is_wanted(name):
            yield own.run(target, name, arguments.short)
    if arguments.clients:
        for name, command in clients.commands(os.path.abspath(arguments.clients), target.url):
            if is_wanted(name) and (outcome := clients.run(name, command)):
                yield outcome


def show(way, outcome, seconds):
    print(f"  {way:6}{outcome.group:24}{outcome.count:6} checks{seconds:7.1f} s"
          f"  {'ok' if not outcome.problems else f'{len(outcome.problems)} FAILED'}")
    for problem in outcome.problems[:TOLD]:
        print(f"     !! {problem}")
    if len(outcome.problems) > TOLD:
        print(f"     !! ... and {len(outcome.problems) - TOLD} more")
    print(end="", flush=True)


def main():
    # A run that is told to end ends what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    arguments = parse()
    arguments.bin = os.path.abspath(arguments.bin)
    entries = []
    for way in arguments.way or ("plain", "TLS"):
        with server_of(arguments, way) as server:
            begin = time.monotonic()
            for outcome in outcomes(Target(server.port, way == "TLS"), arguments):
                now = time.monotonic()
                show(way, outcome, now - begin)
                entries.append({"way": way, "group": outcome.group, "checks": outcome.count,
                                "problems": outcome.problems, "seconds": round(now - begin, 1)})
                begin = now
            status = server.stop()
            if status != 0:
                entries.append({"way": way, "group": "the server", "checks": 1, "problems": [f"ended with {status}"]})
                print(f"  {way:6}the server has ended with {status}: {server.errors()[-1000:]}")
    failed = sum(len(entry["problems"]) for entry in entries)
    print(f"\n{sum(entry['checks'] for entry in entries)} checks, {failed} failed")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(entries, file, indent=1, ensure_ascii=False)
    return 0 if entries and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
