"""Other people's clients, each as a program: it gets the server's URL, and prints a line of JSON per check,
{"check": "...", "ok": true, "said": "..."}."""
import json
import os
import subprocess
import sys

from .own import Outcome

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 300  # seconds
NODE = ["node", "--no-warnings"]


def commands(programs, url):
    """Name and command of each. `programs`: the folder in which conform/build.sh has made what has to be made."""
    ws = os.path.join(programs, "node")
    yield "Python websockets", [sys.executable, os.path.join(HERE, "python_client.py"), url]
    yield "Go gorilla/websocket", [os.path.join(programs, "gorilla"), url]
    yield "Node ws", [*NODE, os.path.join(ws, "ws_client.mjs"), url]
    yield "Node's own WebSocket", [*NODE, *own_websocket_option(), os.path.join(ws, "own_client.mjs"), url]
    yield "Chromium", [*NODE, os.path.join(ws, "chromium_client.mjs"), url]


def own_websocket_option():
    """Node 22 has a WebSocket of its own, 20 has it when it is asked to."""
    major = int(subprocess.check_output(["node", "-p", "process.versions.node"], text=True).split(".")[0])
    return ["--experimental-websocket"] if 20 <= major < 22 else []


def run(name, command):
    """Nothing when this machine has no such client."""
    outcome = Outcome(name)
    environment = {**os.environ, "NODE_TLS_REJECT_UNAUTHORIZED": "0"}  # the server's certificate is its own
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment, check=False)
    for line in done.stdout.splitlines():
        told = json.loads(line)
        if told.get("absent"):
            return None
        outcome.count += 1
        if not told["ok"]:
            outcome.problems.append(f"{told['check']}: {told.get('said', '')}")
    if done.returncode != 0:
        outcome.problems.append(f"ended with {done.returncode}: {done.stderr[-2000:]}")
    if not outcome.count:
        outcome.problems.append(f"checked nothing: {done.stderr[-2000:]}")
    return outcome
