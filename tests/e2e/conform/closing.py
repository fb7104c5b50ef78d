"""The closing handshake: codes, reasons, order."""
import struct

from wire import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Client, close_frame, frame

from .script import Script, check, violates

VALID = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
# Registered since RFC 6455: a strict server may know them or not.
LATER = (1012, 1013, 1014)
INVALID = (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 65535)


def closes(name, sent, heard=(), code=1000):
    return Script(name, sent, tuple(heard), code, True)


def codes():
    yield closes("no code", close_frame(None), code=None)
    for code in VALID:
        yield closes(f"code {code}", close_frame(code), code=code)
        yield closes(f"code {code} with a reason", close_frame(code, "電: done".encode()), code=code)
    for code in LATER:
        yield closes(f"code {code}", close_frame(code), code=[code, 1002])
    for code in INVALID:
        yield violates(f"code {code}", close_frame(code))
        yield violates(f"code {code} with a reason", close_frame(code, b"reason"))
    yield violates("half a code", frame(CLOSE, b"\x03"))


def reasons():
    for length in (0, 1, 122, 123):
        yield closes(f"reason of {length}", close_frame(1000, b"x" * length))
    for length in (124, 125, 1000, 70000):
        yield violates(f"reason of {length}", close_frame(1000, b"x" * length))
    for reason in (b"\xff", b"ok\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"cut \xe9\x9b", b"x" * 122 + b"\xc3"):
        yield violates(f"reason {reason[-6:].hex()}", close_frame(1000, reason), code=1007)
    yield closes("reason of 41 times three bytes", close_frame(1000, "電".encode() * 41))


def order():
    text = frame(TEXT, b"before")
    yield closes("behind a message", text + close_frame(), ((TEXT, b"before"),))
    yield closes("behind three messages and a ping", text * 3 + frame(PING, b"p") + close_frame(),
                 ((TEXT, b"before"),) * 3 + ((PONG, b"p"),))
    yield closes("a text behind it is ignored", close_frame() + frame(TEXT, b"after"))
    yield closes("a ping behind it is ignored", close_frame() + frame(PING, b"after"))
    yield closes("a second close behind it is ignored", close_frame(1000) + close_frame(3000))
    yield closes("rubbish behind it is ignored", close_frame() + b"\xff" * 3000)
    yield closes("a large message behind it is ignored", close_frame() + frame(BINARY, b"x" * 300_000))
    yield closes("within a message", frame(TEXT, b"a", fin=False) + close_frame())
    yield closes("between fragments", frame(TEXT, b"a", fin=False) + close_frame() + frame(CONTINUATION, b"b"))
    yield closes("behind a large message", frame(BINARY, b"x" * 300_000) + close_frame(), ((BINARY, b"x" * 300_000),))


def says_nothing_after(target):
    """Of a client that has closed, nothing is echoed any more, and the server ends TCP without being told. Yields
    names."""
    for code in (1000, 3000, None):
        yield f"silence behind {code}"
        with Client(target) as client:
            client.send(close_frame(code) + frame(TEXT, b"late"))
            last = client.frame()
            check(last.opcode == CLOSE, f"a close frame expected, not {last}")
            check(last.payload == (b"" if code is None else struct.pack(">H", code)), f"echoed {last.payload!r}")
            client.socket.settimeout(10)
            check(client.frame() is None, "something came behind the close")
            check(client.ending == "end", "the connection was reset")


GROUPS = {"close codes": codes, "close reasons": reasons, "closing order": order}
