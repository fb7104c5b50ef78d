"""Plays every case, plain and over TLS, and ends with 0 only if after each a normal client logs in within 200 ms (not
counting those in which other programs had the processors), nobody else has lost a message, and the server's memory,
descriptors and processor are at rest."""
import argparse
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from . import aborts, caps, crowds, floods, frames, http, slow, texts, tlscases
from .case import PLAIN, TLS, Case, Failed
from .report import print_case, print_head, print_summary
from .stage import Stage

MODULES = (frames, texts, floods, http, aborts, crowds, slow, caps, tlscases)
CASES = {thing.name: thing for module in MODULES for thing in vars(module).values() if isinstance(thing, Case)}
DESCRIPTORS = 4096  # of this program, for a crowd of clients


def parse():
    parser = argparse.ArgumentParser(prog="hostile", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="which; default: all of --list")
    parser.add_argument("--bin", default="build/dev/bin", help="folder of the programs (default: %(default)s)")
    parser.add_argument("--sockets", choices=("native", "qt"), default="native", help="which the server uses")
    parser.add_argument("--short", action="store_true", help="fewer of each, as CI does")
    parser.add_argument("--any-memory", action="store_true", help="do not judge the memory: for sanitizers' builds")
    parser.add_argument("--way", choices=(PLAIN, TLS), action="append", help="default: both")
    parser.add_argument("--json", metavar="FILE", help="leave the figures here as well")
    parser.add_argument("--list", action="store_true", help="tell the cases, and leave")
    arguments = parser.parse_args()
    for name in arguments.cases:
        if name not in CASES:
            parser.error(f"no such case: {name}; there are: {', '.join(CASES)}")
    return arguments


@contextlib.contextmanager
def time_limit(seconds):
    def on_alarm(*_):
        raise Failed(f"not done after {seconds} s")

    signal.signal(signal.SIGALRM, on_alarm)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def tell(problem):
    if isinstance(problem, (Failed, AssertionError)):
        return str(problem)
    return "".join(traceback.format_exception(problem))


def play(case, stage, arguments):
    problems = []
    said, figures = "", None
    begin = time.monotonic()
    try:
        with time_limit(case.limit_s):
            stage.begin_case()
            said = case.play(stage)
    except Exception as problem:  # one case's trouble is told as such, and the others are played
        problems.append(tell(problem))
    seconds = time.monotonic() - begin
    try:
        with time_limit(case.limit_s):
            figures = stage.end_case(None if arguments.any_memory else case.peak_mb)
    except Exception as problem:
        problems.append(tell(problem))
    return {"case": case.name, "what": case.what, "way": stage.way, "seconds": round(seconds, 1), "said": said,
            "figures": figures, "problems": problems, "passed": not problems}


def play_way(cases, way, arguments):
    stage = None
    try:
        for case in cases:
            if stage is None:
                stage = Stage(arguments.bin, way, arguments.sockets, arguments.short)
                stage.open()
            entry = play(case, stage, arguments)
            yield entry
            if not entry["passed"]:  # the next one gets a server that is sound
                stage.close()
                stage = None
    finally:
        if stage:
            stage.close()


def play_ways_at_once(_):
    """Each way by another run of this program, as CI's minutes are few. Returns what came out of both."""
    entries = []
    with contextlib.ExitStack() as exits:
        runs = []
        for way in (PLAIN, TLS):
            figures = exits.enter_context(tempfile.NamedTemporaryFile())
            command = [sys.executable, "-m", __package__, *sys.argv[1:], "--way", way, "--json", figures.name]
            run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            exits.callback(run.wait)
            exits.callback(run.terminate)
            runs.append((run, figures))
        for run, figures in runs:
            print(run.communicate()[0], end="", flush=True)
            entries += json.load(figures)["cases"]
    return entries


def play_ways(arguments):
    entries = []
    print_head()
    for way in arguments.way or (PLAIN, TLS):
        cases = [CASES[name] for name in arguments.cases or CASES if way in CASES[name].ways]
        for entry in play_way(cases, way, arguments):
            entries.append(entry)
            print_case(entry)
    print_summary(entries)
    return entries


def main():
    # A run that is told to end ends what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    arguments = parse()
    if arguments.list:
        for case in CASES.values():
            print(f"{case.name:22}{'/'.join(case.ways):12}{case.what}")
        return 0
    arguments.bin = os.path.abspath(arguments.bin)
    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limit, min(DESCRIPTORS, most)), most))
    entries = (play_ways_at_once if arguments.short and not arguments.way else play_ways)(arguments)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"short": arguments.short, "cases": entries}, file, indent=1)
    return 0 if all(entry["passed"] for entry in entries) else 1


if __name__ == "__main__":
    sys.exit(main())
