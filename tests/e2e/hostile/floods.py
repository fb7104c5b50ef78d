"""Too much of what is allowed."""
import itertools
import json

from wire import BINARY, CONTINUATION, PING, PONG, TEXT, ChatClient, chat_frame, frame

from .case import case, expect

MB = 1024 * 1024
PATIENT = 90  # seconds for what takes a debug build long


def byte_fragments(payload):
    """A message with every byte in a frame of its own, as pieces to be sent."""
    frames = {byte: frame(CONTINUATION, bytes([byte]), fin=False) for byte in range(256)}
    yield frame(TEXT, fin=False)
    for at in range(0, len(payload), 4096):
        yield b"".join(frames[byte] for byte in payload[at:at + 4096])
    yield frame(CONTINUATION)


@case("byte-fragments")
def byte_fragments_case(stage):
    """a million fragments of one byte: to the echo, and as one command of the chat"""
    count = stage.count(1_000_000, 100_000)
    text = bytes(97 + at % 26 for at in range(count))
    client = stage.client(patience=PATIENT)
    client.pump(byte_fragments(text))
    expect(client.message() == (TEXT, text), "the echo differs")

    guest = stage.guest(patience=PATIENT)
    beat = json.dumps({"type": "HEARTBEAT", "next_ms": 15000, "t_us": 77, "unknown": "x" * (count - 100)}).encode()
    guest.pump(byte_fragments(beat))
    expect(guest.heard("HEARTBEAT_ACK")["t_us"] == 77, "another beat was answered")
    return f"{count} came back as one; a HEARTBEAT of {len(beat)} answered"


@case("endless-fragments")
def endless_fragments(stage):
    """a message that never ends: by bytes over its limit, and of empty fragments"""
    guest = stage.guest()
    sent = guest.pump((frame(TEXT if at == 0 else CONTINUATION, b" " * 1000, fin=False) for at in range(100_000)))
    code = guest.close_code()
    expect(code == 1009, f"a message of {sent} bytes: 1009 expected, not {code}")

    count = stage.count(1_000_000, 100_000)
    empty = frame(CONTINUATION, fin=False) * 1000
    with stage.client(patience=PATIENT) as client:
        client.pump([frame(TEXT, b"a", fin=False), *([empty] * (count // 1000)), frame(CONTINUATION, b"z")])
        expect(client.message() == (TEXT, b"az"), "the echo differs")
    return f"closed with 1009 after {sent / MB:.1f} MB; {count} empty ones are one message"


def flood(stage, client, data, longest_mb):
    """Sends and never reads, until the server takes no more; the bytes that it took."""
    # Half a second without taking anything is a server that has stopped reading.
    most = longest_mb * MB // len(data)
    sent = client.pump(itertools.repeat(data, most), stage.count(20, 5), reads=False, stall=0.5)
    expect(sent < most * len(data), f"the server has taken {sent / MB:.0f} MB of a peer that reads nothing")
    return sent


@case("ping-flood", peak_mb=24)
def ping_flood(stage):
    """pings without end from a peer that never reads; then it reads every pong"""
    said = []
    for endpoint in ("chat", "echo"):
        client = stage.at(endpoint)
        payload = bytes(range(125))
        data = frame(PING, payload)
        sent = flood(stage, client, data * 512, 256)
        sent += client.pump([])  # the rest of what was cut off, while the pongs are read
        whole = sent // len(data)
        for number in range(whole):
            got = client.message()
            while got is not None and got[0] == TEXT:
                got = client.message()
            expect(got == (PONG, payload), f"{endpoint}: pong {number} of {whole} is {got}")
        said.append(f"{endpoint}: {whole} pings taken, all answered")
    return "; ".join(said)


@case("echo-flood", peak_mb=24)
def echo_flood(stage):
    """echoes without end to a peer that never reads; then it reads them all"""
    client = stage.client(patience=PATIENT)
    payload = b"0123456789abcdef" * 1024
    data = frame(BINARY, payload)
    sent = flood(stage, client, data, 256)
    sent += client.pump([])
    whole = sent // len(data)
    for number in range(whole):
        expect(client.message() == (BINARY, payload), f"echo {number} of {whole} differs")
    return f"{sent / MB:.1f} MB taken, all came back"


@case("command-flood", peak_mb=48)
def command_flood(stage):
    """commands without end from a guest who never reads an answer: closed as slow reader, or for its missing beat"""
    guest = stage.guest(patience=PATIENT)
    guest.say("HEARTBEAT", next_ms=1000)  # alive for 1.5 s without another
    data = frame(TEXT, json.dumps({"type": "HISTORY_GET", "request_id": 1, "room": "lobby"}).encode()) * 512
    sent = flood(stage, guest, data, 256)
    code = torn_or_closed(guest)
    expect(code in (4002, 4008, "torn", "reset", "end"), f"closed with {code}")
    return f"{sent / MB:.1f} MB taken, then {code}"


def torn_or_closed(client):
    """As close_code(); "torn" where the connection ends within a frame."""
    try:
        return client.close_code()
    except AssertionError:
        if not client.ending:
            raise
        return "torn"


@case("pipelined")
def pipelined(stage):
    """a HELLO in the same packet as the handshake, and in other cuts of the two"""
    hello = chat_frame("HELLO", version_major=1, name="Pip", auth={"guest": {}})
    behind = hello + chat_frame("HEARTBEAT", next_ms=15000, t_us=5)
    cuts = ((), (-1,), (0,), (1,), (2,), (6,), (len(hello),), (len(hello) + 3,))
    for cut in cuts:
        with ChatClient(stage.target, "Pip", logs_in=False, behind=behind, cuts=cut) as guest:
            guest.heard("READY")
            expect(guest.heard("WELCOME")["self"]["name"] == "Pip", "another's WELCOME")
            expect(guest.heard("HEARTBEAT_ACK")["t_us"] == 5, "another's beat")
            guest.say("BYE")
    with stage.client(behind=frame(TEXT, b"first") + frame(PING, b"second")) as client:
        expect([client.message(), client.message()] == [(TEXT, b"first"), (PONG, b"second")], "another echo")
    return f"{len(cuts)} x WELCOME and HEARTBEAT_ACK; an echo"
