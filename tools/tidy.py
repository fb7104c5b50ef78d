#!/usr/bin/env python3
"""Runs clang-tidy over the sources of a build folder: tidy.py BUILD-FOLDER changed|all

`changed` means: since main split from origin/main, else in the last day of history, and what is not committed yet; a
header that changed stands for the sources that include it. With CI set it stops starting files after BUDGET and names
those it left out. A file found clean is not read again until what the compiler sees of it has changed.
"""

import hashlib
import json
import os
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BUDGET = 300  # seconds, in CI
CLEAN = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "lanline" / "tidy"


def git(*args):
    result = subprocess.run(["git", *args], capture_output=True, text=True)
    return result.stdout.split() if result.returncode == 0 else []


def base_of_change():
    head = git("rev-parse", "HEAD")
    split = git("merge-base", "HEAD", "origin/main")
    if split and split != head:
        return split[0]
    older = git("rev-list", "-1", "--before=1 day ago", "HEAD")
    # The empty tree, when all of history is younger than a day.
    return older[0] if older else git("hash-object", "-t", "tree", "/dev/null")[0]


def changed_files():
    return {Path(name) for name in git("diff", "--name-only", base_of_change())}


def is_touched(source, changed):
    """Whether a source, or a header of ours it names, has changed."""
    if source in changed:
        return True
    text = source.read_text()
    return any(f'#include "{path}"' in text for path in changed if path.suffix == ".h")


def commands_of(build):
    """Source to compile command, for our own sources: not what moc, rcc or protoc wrote."""
    root = Path.cwd()
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = Path(entry["file"])
        if path.is_relative_to(root) and not path.is_relative_to(root / build):
            commands[path.relative_to(root)] = without_pch(shlex.split(entry["command"]))
    return commands


def without_pch(command):
    """The precompiled headers are GCC's alone, and hide what a source forgot to include."""
    kept = []
    words = iter(command)
    for word in words:
        if word == "-include":
            next(words)
        elif word != "-Winvalid-pch":
            kept.append(word)
    return kept


def write_database(build, commands):
    """A compilation database of these commands, in a folder of its own, which is returned."""
    folder = Path("build/lint")
    folder.mkdir(parents=True, exist_ok=True)
    entries = [{"directory": str(build.absolute()), "file": str(source.absolute()), "command": shlex.join(command)}
               for source, command in commands.items()]
    (folder / "compile_commands.json").write_text(json.dumps(entries))
    return folder


def fingerprint(build, command):
    """Of all that the verdict depends on: the preprocessed source, the checks, and clang-tidy itself."""
    output = command.index("-o")
    preprocess = command[:output] + command[output + 2 :] + ["-E", "-P", "-o", "-"]
    seen = subprocess.run(preprocess, capture_output=True, cwd=build).stdout
    version = subprocess.check_output(["clang-tidy", "--version"])
    # Comments count: NOLINT is one.
    own = Path(command[-1]).read_bytes()
    return hashlib.sha256(b"\0".join([seen, own, version, Path(".clang-tidy").read_bytes()])).hexdigest()


def tidy(build, database, source, command):
    known = CLEAN / fingerprint(build, command)
    if known.exists():
        return True
    result = subprocess.run(["clang-tidy", "--quiet", "-p", str(database), str(source)], capture_output=True, text=True)
    if result.returncode == 0:
        CLEAN.mkdir(parents=True, exist_ok=True)
        known.touch()
    else:
        print(result.stdout, flush=True)
        # Without findings on stdout clang-tidy itself has failed, and says so there.
        if "error:" not in result.stdout:
            print(result.stderr, flush=True)
    return result.returncode == 0


def main():
    build, scope = Path(sys.argv[1]), sys.argv[2]
    commands = commands_of(build)
    database = write_database(build, commands)
    sources = sorted(commands)
    if scope == "changed":
        changed = changed_files()
        # What itself changed goes first: the budget should end among those that only include it.
        sources = sorted((s for s in sources if is_touched(s, changed)), key=lambda s: s not in changed)
    deadline = time.monotonic() + BUDGET if os.environ.get("CI") and scope == "changed" else float("inf")

    skipped = []

    def check(source):
        if time.monotonic() > deadline:
            skipped.append(source)
            return True
        return tidy(build, database, source, commands[source])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = list(pool.map(check, sources))
    print(f"clang-tidy: {len(sources) - len(skipped)} files read, {verdicts.count(False)} with findings")
    if skipped:
        print(f"left out after {BUDGET} s ({len(skipped)}): " + " ".join(map(str, skipped)))
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
