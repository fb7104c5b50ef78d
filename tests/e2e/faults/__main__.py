"""Plays every fault, prints for each what was counted on both ends, and ends with 0 only if nothing was lost, nothing
duplicated, and the order kept."""
import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from . import baddatabase, badprofile, clientkill, clockjump, diskfull, failingsync, networkcut, pause, secondstart
from . import serverkill
from .report import print_fault, print_summary, record
from .stage import Failed, Stage

FAULTS = {fault.NAME: fault for fault in
          (serverkill, clientkill, networkcut, diskfull, failingsync, baddatabase, badprofile, clockjump, pause,
           secondstart)}


def parse():
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"which: {', '.join(FAULTS)}; default: all")
    parser.add_argument("--bin", default="build/dev/bin", help="folder of the programs (default: %(default)s)")
    parser.add_argument("--short", action="store_true", help="a few of each, as CI does")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**6)), help="of the random moments")
    parser.add_argument("--json", metavar="FILE", help="leave the figures here as well")
    parser.add_argument("--apart", action="store_true", help=argparse.SUPPRESS)  # in a mount namespace of its own
    arguments = parser.parse_args()
    for name in arguments.faults:
        if name not in FAULTS:
            parser.error(f"no such fault: {name}; there are: {', '.join(FAULTS)}")
    return arguments


def play(fault, arguments):
    """One fault, as the record of what came out."""
    stage = Stage(arguments.bin, fault.NAME, arguments.seed, arguments.short, arguments.apart)
    begin = time.monotonic()
    failure = None
    try:
        asyncio.run(asyncio.wait_for(stage.run(fault.play), fault.LIMIT))
    except asyncio.TimeoutError:
        failure = f"not done after {fault.LIMIT} s"
    except (Failed, AssertionError) as problem:
        failure = str(problem)
    except Exception as problem:  # one fault's trouble is told as such, and the others are played
        failure = "".join(traceback.format_exception(problem))
    return record(fault, stage, failure, time.monotonic() - begin)


def play_apart(fault, arguments):
    """The same in a mount namespace, by another run of this program."""
    with tempfile.NamedTemporaryFile() as figures:
        command = [sys.executable, "-m", __package__, fault.NAME, "--apart", "--bin", arguments.bin,
                   "--seed", arguments.seed, "--json", figures.name, *(["--short"] if arguments.short else [])]
        subprocess.run(["unshare", "-rm", *command], cwd=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                       stdout=subprocess.DEVNULL, check=False)
        return json.load(figures)["faults"][0]


def main():
    # A run that is told to end ends what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    arguments = parse()
    arguments.bin = os.path.abspath(arguments.bin)
    print(f"seed {arguments.seed}", flush=True)
    records = []
    for name in arguments.faults or FAULTS:
        fault = FAULTS[name]
        is_apart = getattr(fault, "MOUNTS", False) and not arguments.apart and not diskfull.why_no_mount()
        records.append((play_apart if is_apart else play)(fault, arguments))
        print_fault(records[-1])
    print_summary(records)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"seed": arguments.seed, "short": arguments.short, "faults": records}, file, indent=1)
    return 0 if all(entry["passed"] for entry in records) else 1


if __name__ == "__main__":
    sys.exit(main())
