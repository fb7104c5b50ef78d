"""Plays every fault and then the cases of the rig (netns), prints for each what was counted on both ends, and ends with
0 only if nothing was lost, nothing duplicated, and the order kept."""
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

import netns.__main__ as rig

from . import baddatabase, badprofile, clientkill, clockjump, diskfull, failingsync, networkcut, pause, secondstart
from . import serverkill
from .report import print_fault, print_summary, record
from .stage import Failed, Stage

FAULTS = {fault.NAME: fault for fault in
          (serverkill, clientkill, networkcut, diskfull, failingsync, baddatabase, badprofile, clockjump, pause,
           secondstart)}
RIG = "netns"


def parse():
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("faults", nargs="*", metavar="FAULT",
                        help=f"which: {', '.join(FAULTS)}, {RIG}, or a case of that: {RIG}/CASE; default: all")
    parser.add_argument("--bin", default="build/dev/bin", help="folder of the programs (default: %(default)s)")
    parser.add_argument("--short", action="store_true", help="a few of each, as CI does")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**6)), help="of the random moments")
    parser.add_argument("--json", metavar="FILE", help="leave the figures here as well")
    parser.add_argument("--keep", metavar="FOLDER", help=f"leave there what the programs of {RIG} have written")
    parser.add_argument("--apart", action="store_true", help=argparse.SUPPRESS)  # in a mount namespace of its own
    arguments = parser.parse_args()
    for name in arguments.faults:
        if name not in (*FAULTS, RIG, *(f"{RIG}/{case}" for case in rig.ALL)):
            parser.error(f"no such fault: {name}; there are: {', '.join(FAULTS)}, {RIG};"
                         f" {RIG}/ has {', '.join(rig.ALL)}")
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
    faults = [name for name in arguments.faults or FAULTS if name in FAULTS]
    cases = [name for name in arguments.faults or [RIG] if name not in FAULTS]
    figures, is_good = play_faults(faults, arguments) if faults else ({}, True)
    if cases:
        figures[RIG], is_rig_good = play_rig(cases, arguments)
        is_good = is_good and is_rig_good
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    return 0 if is_good else 1


def play_faults(names, arguments):
    """What came out of these faults, and whether all is well."""
    print(f"seed {arguments.seed}", flush=True)
    records = []
    for name in names:
        fault = FAULTS[name]
        is_apart = getattr(fault, "MOUNTS", False) and not arguments.apart and not diskfull.why_no_mount()
        records.append((play_apart if is_apart else play)(fault, arguments))
        print_fault(records[-1])
    print_summary(records)
    return ({"seed": arguments.seed, "short": arguments.short, "faults": records},
            all(entry["passed"] for entry in records))


def play_rig(names, arguments):
    """Likewise of these cases of the rig."""
    cases = [] if RIG in names else [name.split("/", 1)[1] for name in names]
    with tempfile.NamedTemporaryFile() as figures:
        status = rig.main([*cases, "--bin", arguments.bin, "--json", figures.name,
                           *(["--short"] if arguments.short else []),
                           *(["--keep", arguments.keep] if arguments.keep else [])])
        return json.load(figures), status == 0


if __name__ == "__main__":
    sys.exit(main())
