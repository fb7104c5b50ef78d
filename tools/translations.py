#!/usr/bin/env python3
"""Brings the .ts files up to date with the texts of the programs; --check changes nothing and names what is missing."""

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

FOLDER = Path("resources/translations")
SOURCES = ["ui", "app/lanline", "app/loadtest"]
# English is the language of the sources: its file holds plural forms only.
OPTIONS = {"lanline_en.ts": ["-pluralonly", "-target-language", "en"], "lanline_zh_CN.ts": ["-target-language", "zh_CN"]}
# What lupdate says of a text whose context it cannot tell: the running program would not find its translation.
LOST = re.compile(r"Qualifying with unknown|lacks Q_OBJECT")


def update(file):
    """Runs lupdate on the file, which may be new; gives what lupdate complained of."""
    tools = subprocess.check_output(["qtpaths6", "--query", "QT_INSTALL_BINS"], text=True).strip()
    command = [f"{tools}/lupdate", "-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-I", "."]
    run = subprocess.run(
        [*command, *OPTIONS[file.name], *SOURCES, "-ts", file], check=True, text=True, capture_output=True
    )
    return [line for line in run.stderr.splitlines() if LOST.search(line)]


def messages(file):
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield (context.findtext("name"), message.findtext("source"), message.findtext("comment", "")), message


def is_finished(message):
    translation = message.find("translation")
    forms = translation.findall("numerusform") or [translation]
    return translation.get("type") is None and all(form.text for form in forms)


def complaints(file):
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(shutil.copy(file, folder))
        yield from update(fresh)
        wanted = dict(messages(fresh))
    held = dict(messages(file))
    for key in wanted.keys() - held.keys():
        yield f"{file}: misses {key}; run tools/translations.py and translate it"
    for key in held.keys() - wanted.keys():
        yield f"{file}: no source says {key} any more; run tools/translations.py"
    for key, message in held.items():
        if key in wanted and not is_finished(message):
            yield f"{file}: not translated: {key}"


def main():
    check = sys.argv[1:] == ["--check"]
    found = [line for name in OPTIONS for line in (complaints if check else update)(FOLDER / name)]
    print(*sorted(found), sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
