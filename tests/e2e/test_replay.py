#!/usr/bin/python3
"""`lanline --replay FILE`: a recording opens in a real window and is drawn, and what is none is refused in words.

usage: test_replay.py FOLDER-WITH-THE-PROGRAMS RECORDING
"""

import os
import pty
import re
import subprocess
import sys
import tempfile

from programs import PATIENCE, wait_until
from xscreen import Screen, ask_to_close, pixels_of, press, window_with, windows_with

PATTERNS = 100  # of four bytes: a window with text and plots has more than that, an empty one has few


def packed(text):
    """As one zstd frame with one block that is not compressed; up to 255 bytes."""
    block = len(text) << 3 | 1
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(text)]) + block.to_bytes(3, "little") + text


class Replay:
    def __init__(self, programs):
        self.program = os.path.join(programs, "lanline")

    def start(self, file, **pipes):
        return subprocess.Popen([self.program, "--replay", file], **pipes)

    def shows(self, file):
        """The recording's window, until it is closed."""
        app = self.start(file, stderr=subprocess.PIPE, text=True)
        try:
            window = window_with("^Recording of .* · Bob.* · " + re.escape(os.path.basename(file)), of=app)
            wait_until(lambda: len({row[i:i + 4] for row in pixels_of(window)
                                    for i in range(0, len(row), 4)}) > PATTERNS, "it is drawn")
            ask_to_close(window)
            said = app.communicate(timeout=PATIENCE)[1]
        finally:
            app.kill()
        if app.returncode != 0:
            raise AssertionError(f"it ended with {app.returncode}: {said}")
        print("a recording opens, is drawn, and ends with its window")

    def refuses(self, file, what, words):
        """Started from nowhere: in a box that a person closes."""
        app = self.start(file, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            press(window_with("^Lanline$", of=app), "Return")
            said = app.communicate(timeout=PATIENCE)[1]
        finally:
            app.kill()
        self.check_refusal(app, said, what, words)
        self.refuses_in_terminal(file, what, words)
        self.refuses_without_display(file, what, words)

    def refuses_without_display(self, file, what, words):
        done = subprocess.run([self.program, "-platform", "offscreen", "--replay", file], stderr=subprocess.PIPE,
                              text=True, timeout=PATIENCE, check=False)
        self.check_refusal(done, done.stderr, f"without a display, {what}", words)

    def refuses_in_terminal(self, file, what, words):
        """There, on stderr alone: nobody has to close anything."""
        terminal, end = pty.openpty()
        app = self.start(file, stderr=end)
        os.close(end)
        try:
            app.wait(timeout=PATIENCE)
            said = os.read(terminal, 4096).decode()
        finally:
            app.kill()
            os.close(terminal)
        self.check_refusal(app, said, f"in a terminal, {what}", words)

    @staticmethod
    def check_refusal(app, said, what, words):
        if app.returncode != 1 or words not in said:
            raise AssertionError(f"{what} ended with {app.returncode}, and said: {said}")
        print(f"{what}: {said.strip()}")


def main():
    programs, recording = sys.argv[1:]
    with open(recording, "rb") as file:
        content = file.read()
    replay = Replay(programs)
    screen = Screen()
    try:
        replay.shows(recording)
        with tempfile.TemporaryDirectory() as folder:
            for name, bad, words in (("empty", b"", "empty cannot be shown"),
                                     ("half", content[:len(content) // 2], "half cannot be shown"),
                                     ("newer", packed(b'{"format": "lanline-diagnostics", "version": 1000}'),
                                      "newer cannot be shown. The recording was made by a newer Lanline."),
                                     ("other", b"\x89PNG\r\n" * 100, "other cannot be shown")):
                path = os.path.join(folder, name)
                with open(path, "wb") as file:
                    file.write(bad)
                replay.refuses(path, name, words)
            replay.refuses(os.path.join(folder, "none"), "a missing one", "cannot be read")
            replay.refuses(folder, "a folder", "cannot be read")
        if windows_with("."):
            raise AssertionError("a window was left")
    except (AssertionError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        screen.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
