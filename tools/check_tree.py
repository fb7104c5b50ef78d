#!/usr/bin/env python3
"""What a look at the text alone can tell: includes against the arrows, lengths of files, words left behind."""

import re
import subprocess
import sys
from pathlib import Path

# Which folders a folder may include; CMake holds the same table for linking (cmake/LanlineTargets.cmake).
MAY_INCLUDE = {
    "core": set(),
    "protocol": {"core"},
    "server": {"core", "protocol"},
    "client": {"core", "protocol"},
    "ui": {"core", "protocol", "client"},
    "app": {"core", "protocol", "server", "client", "ui"},
}
MAX_LINES = 500
SOURCES = {".cpp", ".h", ".py", ".sh", ".cmake", ".proto", ".html", ".js", ".qss"}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([a-z]+)/')
LEFT_BEHIND = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")


def complaints(path, lines, reasons):
    folder = path.parts[0]
    allowed = MAY_INCLUDE.get(folder)
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if found and allowed is not None and found[1] in MAY_INCLUDE and found[1] not in allowed | {folder}:
            yield f"{path}:{number}: {folder} may not include {found[1]}"
        if LEFT_BEHIND.search(line):
            yield f"{path}:{number}: finish it, or make it an issue: {line.strip()}"
    if len(lines) > MAX_LINES and str(path) not in reasons:
        yield f"{path}: {len(lines)} lines; over {MAX_LINES} needs a reason in docs/adr that names the file"


def main():
    files = [Path(name) for name in subprocess.check_output(["git", "ls-files"], text=True).splitlines()]
    reasons = "".join(adr.read_text() for adr in Path("docs/adr").glob("*.md"))
    count = 0
    for path in files:
        is_source = path.suffix in SOURCES or path.name == "CMakeLists.txt"
        if is_source and path.exists():
            for complaint in complaints(path, path.read_text().splitlines(), reasons):
                print(complaint)
                count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
