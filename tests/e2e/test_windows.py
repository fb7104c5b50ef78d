#!/usr/bin/python3
"""Real windows of `lanline` on an X server of our own: what is typed into one of the demo's appears in the other, and a
second start of a profile shows the first one's window. And what can be asked without any display.

usage: test_windows.py FOLDER-WITH-THE-PROGRAMS
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from programs import PATIENCE, wait_until
from xscreen import Screen, ask_to_close, pixels_of, press, type_into, window_with, windows_with

SIDEBAR, HEADER, FOOTER = 270, 60, 100  # what of a chat window is not its timeline
BUBBLE = 1500  # pixels that a message changes at the very least


def timeline_pixels(window):
    """The pixels of a chat window's timeline as rows of bytes."""
    return pixels_of(window, SIDEBAR)[HEADER:-FOOTER]


def changed(before, after):
    return sum(row_a[i:i + 4] != row_b[i:i + 4]
               for row_a, row_b in zip(before, after) if row_a != row_b
               for i in range(0, len(row_a), 4))


def settled(window):
    """The timeline's pixels once nothing moves in it any more."""
    def probe():
        first = timeline_pixels(window)
        time.sleep(0.5)
        return first if changed(first, timeline_pixels(window)) == 0 else None
    return wait_until(probe, "the window comes to rest")


class Demo:
    def __init__(self, programs, log):
        self.programs = programs
        self.log = log
        self.screen = Screen()
        self.app = self.start("--demo", stderr=log)

    def start(self, *arguments, **pipes):
        return subprocess.Popen([os.path.join(self.programs, "lanline"), *arguments], **pipes)

    def close(self):
        self.app.terminate()
        self.app.wait(timeout=PATIENCE)
        self.screen.close()

    def port(self):
        def said():
            with open(self.log.name, encoding="utf-8") as log:
                return re.search(r"listening on port (\d+)", log.read())
        return wait_until(said, "the demo's server listens").group(1)

    def window_of(self, name):
        return window_with(f"lobby · {name}$")

    def events(self, count):
        tail = subprocess.run([os.path.join(self.programs, "lanlinectl"), "--url", f"ws://127.0.0.1:{self.port()}",
                               "--timeout", str(PATIENCE), "tail", "--room", "lobby", "--since", "0", "--count",
                               str(count)], check=True, capture_output=True, text=True)
        return [json.loads(line) for line in tail.stdout.splitlines()]


def chat(demo):
    windows = {name: demo.window_of(name) for name in ("Alice", "Bob")}
    said = []
    for author, other, text in (("Alice", "Bob", "typed into the window of Alice"),
                                ("Bob", "Alice", "and answered in the window of Bob")):
        before = settled(windows[other])
        type_into(windows[author], text)
        pixels = wait_until(
            lambda: (lambda n: n if n > BUBBLE else 0)(changed(before, timeline_pixels(windows[other]))),
            f"{other} shows it")
        print(f"{author} typed, {pixels} pixels of {other}'s timeline changed")
        said.append((author, text))
    stored = [(event["author"], event["text"]) for event in demo.events(len(said))]
    if stored != said:
        raise AssertionError(f"typed {said}, stored {stored}")


def second_window(demo):
    """Two windows of one person show the same; closing one leaves the other."""
    title = "lobby · Alice$"
    first, bob = demo.window_of("Alice"), demo.window_of("Bob")
    press(first, "ctrl+shift+n")
    second = wait_until(lambda: [w for w in windows_with(title) if w != first], "Alice has two windows")[0]
    for author in (bob, second):
        others = [window for window in (first, second, bob) if window != author]
        before = [settled(window) for window in others]
        type_into(author, "seen in every window")
        for window, pixels in zip(others, before):
            wait_until(lambda: changed(pixels, timeline_pixels(window)) > BUBBLE, "the others show it")
    ask_to_close(second)
    wait_until(lambda: windows_with(title) == [first], "one of them is closed")
    before = settled(first)
    type_into(bob, "seen in the window that stayed")
    wait_until(lambda: changed(before, timeline_pixels(first)) > BUBBLE, "it still shows what comes")
    print("two windows of Alice show the same, and one goes on without the other")


def host_under_a_name(demo):
    """X11's plugin of Qt takes an argument --name for itself, unless it is kept from it."""
    with tempfile.TemporaryDirectory() as profile:
        host = demo.start("--profile", profile, "--host", "--port", "0", "--name", "Zoe", stderr=subprocess.DEVNULL)
        try:
            demo.window_of("Zoe")
            print("a host called Zoe has her window")
        finally:
            host.terminate()
            host.wait(timeout=PATIENCE)


def shell(*command):
    """What xdotool tells in lines like NAME=VALUE."""
    told = subprocess.run(["xdotool", command[0], "--shell", *command[1:]], check=True, capture_output=True, text=True)
    return dict(line.split("=", 1) for line in told.stdout.split())


def covered(demo, window):
    """Puts the window of Alice over this one, with the pointer on both."""
    place = shell("getwindowgeometry", window)
    alice = demo.window_of("Alice")
    for command in (["windowmove", "--sync", alice, place["X"], place["Y"]], ["windowraise", alice],
                    ["mousemove", str(int(place["X"]) + 200), str(int(place["Y"]) + 200)]):
        subprocess.run(["xdotool", *command], check=True)
    wait_until(lambda: shell("getmouselocation")["WINDOW"] == alice, "Alice covers the window")


def second_start(demo):
    """A second start shows the window of the first and hands over where to go; one that gets no answer says so."""
    def again(*arguments, status):
        second = demo.start("--profile", profile, *arguments, stderr=subprocess.PIPE, text=True)
        if status != 0:
            box = window_with("^Lanline$", of=second)
            press(box, "Return")
        said = second.communicate(timeout=PATIENCE)[1]
        if second.returncode != status or "already open" not in said:
            raise AssertionError(f"a second start ended with {second.returncode}, expected {status}, and said: {said}")

    with tempfile.TemporaryDirectory() as profile:
        first = demo.start("--profile", profile, "--name", "Zoe", stderr=subprocess.DEVNULL)
        try:
            window = window_with("Lanline", of=first)
            covered(demo, window)
            again(status=0)
            wait_until(lambda: shell("getmouselocation")["WINDOW"] == window, "the first one's window is on top")
            again("--join", f"127.0.0.1:{demo.port()}", status=0)
            window = window_with("lobby · Zoe$", of=first)
            covered(demo, window)
            again("--join", f"127.0.0.1:{demo.port()}", status=0)
            wait_until(lambda: shell("getmouselocation")["WINDOW"] == window, "the chat's window is on top")
            print("a second start shows the first one's window and hands over where to go")

            first.send_signal(signal.SIGSTOP)
            again(status=1)
            first.send_signal(signal.SIGCONT)
            again(status=0)
            print("a second start says so when the first one does not answer")
        finally:
            first.send_signal(signal.SIGCONT)
            first.terminate()
            first.wait(timeout=PATIENCE)


def without_display(programs):
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    for arguments, status, stream, words in ((["--help"], 0, "stdout", "--join"),
                                             (["--version"], 0, "stdout", "lanline "),
                                             (["--nonsense"], 2, "stderr", "nonsense"),
                                             (["--demo", "--host"], 2, "stderr", "--host")):
        done = subprocess.run([os.path.join(programs, "lanline"), *arguments], env=environment, capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        if done.returncode != status or words not in getattr(done, stream):
            raise AssertionError(
                f"without a display {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    print("help, version and faults of usage need no display")


def main():
    with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
        demo = Demo(sys.argv[1], log)
        try:
            chat(demo)
            second_window(demo)
            host_under_a_name(demo)
            second_start(demo)
            without_display(sys.argv[1])
        except (AssertionError, subprocess.SubprocessError) as error:
            with open(log.name, encoding="utf-8") as said:
                print(error, said.read(), sep="\n", file=sys.stderr)
            return 1
        finally:
            demo.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
