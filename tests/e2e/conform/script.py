"""What a check is made of: bytes that go out, messages that have to come back, and how it ends."""
import dataclasses

from wire import CLOSE, Client, close_frame

CHOPPED = 4096  # most bytes that are also sent one by one


@dataclasses.dataclass(frozen=True)
class Script:
    name: str
    sent: bytes
    heard: tuple = ()  # (opcode, payload) of each message and control frame
    code: object = 1000  # that the server closes with; a list where RFC 6455 leaves it open
    closes: bool = False  # `sent` makes the server close; else this end says 1000 once all was heard


def violates(name, sent, heard=(), code=1002):
    return Script(name, sent, tuple(heard), code, True)


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def shown(message):
    if message is None:
        return "the end"
    opcode, payload = message
    return f"opcode {opcode}, {len(payload)} bytes {payload[:20]!r}"


def play(target, script, in_octets=False):
    """Raises an AssertionError that says what was different."""
    with Client(target, patience=60) as client:
        if in_octets:
            for at in range(len(script.sent)):
                if not client.try_send(script.sent[at:at + 1]):
                    break
        else:
            client.pump([script.sent])
        for number, expected in enumerate(script.heard):
            got = client.message()
            check(got == expected, f"message {number}: {shown(expected)} expected, not {shown(got)}")
        if not script.closes:
            client.send(close_frame(1000))
        last = client.message()
        check(last is not None, f"the server has ended ({client.ending}) without a close frame")
        opcode, payload = last
        check(opcode == CLOSE, f"a close frame expected, not {shown(last)}")
        code = int.from_bytes(payload[:2], "big") if payload else None
        payload[2:].decode()  # a reason is UTF-8
        allowed = script.code if isinstance(script.code, list) else [script.code]
        check(code in allowed, f"code {script.code} expected, not {code}")
        # RFC 6455, 7.1.1: it is the server who ends the TCP connection. In time, for there is nothing to wait for.
        client.socket.settimeout(10)
        check(client.wait_end() is not None, "the server has not ended the connection")
        clean = not script.closes or script.code == 1000
        check(client.ending == "end" or not clean, "the connection was reset")


def variants(scripts):
    """Each as it is, and in packets of one byte where it is short."""
    for script in scripts:
        yield script, False
        if len(script.sent) <= CHOPPED:
            yield script, True
