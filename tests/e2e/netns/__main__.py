"""Plays every case in namespaces of its own, prints what was counted and measured beside the goal, and ends with 0 only
if nothing was lost, duplicated or reordered and every gap was short enough. Where there are no namespaces to be had it
says so, and ends with 0 as well."""
import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

from . import enter, idle
from .cases import CASES, Case
from .report import print_case, print_summary, record
from .shell import run
from .stage import Stage

GRACE = 10  # seconds for taking everything down
ALL = {**CASES, idle.NAME: Case(idle.NAME, idle.WHAT, idle.play)}


def parse(words):
    parser = argparse.ArgumentParser(prog="netns", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"which: {', '.join(ALL)}; default: all")
    parser.add_argument("--bin", default="build/dev/bin", help="folder of the programs (default: %(default)s)")
    parser.add_argument("--short", action="store_true", help="each for a shorter time")
    parser.add_argument("--json", metavar="FILE", help="leave the figures here as well")
    parser.add_argument("--keep", metavar="FOLDER", help="leave there what the programs have written")
    parser.add_argument("--inside", metavar="PID", help=argparse.SUPPRESS)  # in its namespaces, for the test PID
    arguments = parser.parse_args(words)
    for name in arguments.cases:
        if name not in ALL:
            parser.error(f"no such case: {name}; there are: {', '.join(ALL)}")
    return arguments


def play(arguments):
    """In the namespaces: a record a line on standard output."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=end_with_input, daemon=True).start()
    # Nobody else's: what `ip netns` keeps is in it, and no disk takes part in what is measured.
    run("mount", "-t", "tmpfs", "tmpfs", "/run")
    tempfile.tempdir = "/run"
    run("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6")
    run("ip", "link", "set", "lo", "up")
    for name in arguments.cases:
        stage = Stage(arguments.bin, ALL[name], arguments.short, arguments.inside, arguments.keep)
        begin = time.monotonic()
        stage.play()
        print(json.dumps(record(ALL[name], stage, time.monotonic() - begin)), flush=True)


def end_with_input():
    """When whoever has started this is gone, however that went, so is this: between them stand programs (unshare, sudo)
    that keep signals to themselves."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def play_inside(way, arguments):
    """By another run of this program, in the namespaces; the records."""
    command = [*way, sys.executable, "-m", __package__, *arguments.cases, "--bin", os.path.abspath(arguments.bin),
               "--inside", str(os.getpid()), *(["--short"] if arguments.short else []),
               *(["--keep", os.path.abspath(arguments.keep)] if arguments.keep else [])]
    records = []
    with subprocess.Popen(command, cwd=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as inside:
        try:
            for line in inside.stdout:
                records.append(json.loads(line))
                print_case(records[-1])
        finally:
            inside.stdin.close()
            inside.wait()
    return records


def main(words=None):
    arguments = parse(words)
    if arguments.inside:
        play(arguments)
        return 0
    arguments.cases = arguments.cases or list(ALL)
    way, reason = enter.command()
    if way is None:
        print(f"\n== netns: skipped, for there are no network namespaces to be had here: {reason}", flush=True)
        figures = {"skipped": reason}
    else:
        figures = {"short": arguments.short, "cases": play_inside(way, arguments)}
        print_summary(figures["cases"])
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    if "skipped" in figures:
        return 0
    are_all_played = len(figures["cases"]) == len(arguments.cases)
    return 0 if are_all_played and all(entry["passed"] for entry in figures["cases"]) else 1


if __name__ == "__main__":
    sys.exit(main())
