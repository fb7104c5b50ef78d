"""Text: what is UTF-8 comes back, what is not ends the connection as soon as that is certain."""
from wire import PING, PONG, TEXT, Client, fragments, frame

from .script import Script, check, violates

BOUNDARIES = (0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0xFFFFF, 0x100000,
              0x10FFFF)
# Not characters, but in UTF-8 (and RFC 6455 says no more than UTF-8).
NONCHARACTERS = tuple(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)) + tuple(
    range(0xFDD0, 0xFDF0))
MIXED = "Hello-µ@ßöäüàá-UTF-8!! 電腦 κόσμε 😀 \U0010ffff".encode()
# What is wrong, and how many of its bytes make that certain.
INVALID = (
    *((f"continuation {byte:02x} alone", bytes([byte]), 1) for byte in (0x80, 0xBF)),
    ("two continuations", b"\x80\xbf", 1), ("seven continuations", b"\x80" * 7, 1),
    *((f"{byte:02x}", bytes([byte]), 1) for byte in (0xC0, 0xC1, *range(0xF5, 0x100))),
    *((f"start {byte:02x} and a space", bytes([byte]) + b" ", 2) for byte in (0xC2, 0xDF, 0xE0, 0xEF, 0xF0, 0xF4)),
    ("overlong / in two", b"\xc0\xaf", 1), ("overlong / in three", b"\xe0\x80\xaf", 2),
    ("overlong / in four", b"\xf0\x80\x80\xaf", 2), ("longest overlong in two", b"\xc1\xbf", 1),
    ("longest overlong in three", b"\xe0\x9f\xbf", 2), ("longest overlong in four", b"\xf0\x8f\xbf\xbf", 2),
    ("overlong NUL in two", b"\xc0\x80", 1), ("overlong NUL in three", b"\xe0\x80\x80", 2),
    ("overlong NUL in four", b"\xf0\x80\x80\x80", 2), ("five bytes", b"\xf8\x88\x80\x80\x80", 1),
    ("longest of five", b"\xfb\xbf\xbf\xbf\xbf", 1), ("six bytes", b"\xfc\x84\x80\x80\x80\x80", 1),
    ("longest of six", b"\xfd\xbf\xbf\xbf\xbf\xbf", 1), ("U+110000", b"\xf4\x90\x80\x80", 2),
    ("U+13FFFF", b"\xf4\xbf\xbf\xbf", 2),
    *((f"surrogate {low:02x}{high:02x}", bytes([0xED, low, high]), 2)
      for low in (0xA0, 0xAD, 0xAE, 0xAF, 0xB0, 0xBE, 0xBF) for high in (0x80, 0xBF)),
    ("a pair of surrogates", b"\xed\xa0\x80\xed\xb0\x80", 2), ("last pair", b"\xed\xaf\xbf\xed\xbf\xbf", 2),
    ("two of three, then ASCII", b"\xe9\x9bz", 3), ("three of four, then ASCII", b"\xf0\x9f\x98z", 4),
    ("three of four, then a start", b"\xf0\x9f\x98\xf0", 4),
)
CUT = (b"\xc2", b"\xdf", b"\xe0", b"\xe0\xa0", b"\xef\xbf", b"\xf0", b"\xf0\x90", b"\xf0\x90\x80", b"\xf4\x8f\xbf")


def valid():
    for point in (*BOUNDARIES, *NONCHARACTERS):
        text = chr(point).encode()
        yield Script(f"U+{point:04X}", frame(TEXT, text), ((TEXT, text),))
    for text in (MIXED, MIXED * 50):
        yield Script(f"mixed, {len(text)} bytes", frame(TEXT, text), ((TEXT, text),))
    for cut in range(len(MIXED) + 1):
        yield Script(f"mixed, cut at {cut}", fragments(TEXT, [MIXED[:cut], MIXED[cut:]]), ((TEXT, MIXED),))
    single = [MIXED[at:at + 1] for at in range(len(MIXED))]
    yield Script("mixed, in single bytes", fragments(TEXT, single), ((TEXT, MIXED),))
    between = frame(PING, b"\xff").join(fragments_alone(single))
    yield Script("mixed, a ping behind every byte", between, ((PONG, b"\xff"),) * (len(single) - 1) + ((TEXT, MIXED),))


def fragments_alone(pieces):
    """The frames of a text, one by one."""
    last = len(pieces) - 1
    return [frame(0 if at else TEXT, piece, fin=at == last) for at, piece in enumerate(pieces)]


def invalid():
    for name, bad, _ in INVALID:
        for around, text in (("alone", bad), ("between", "é電".encode() + bad + b"z")):
            yield violates(f"{name}, {around}", frame(TEXT, text), code=1007)
        for cut in range(1, len(bad)):
            yield violates(f"{name}, cut at {cut}", fragments(TEXT, [b"a" + bad[:cut], bad[cut:]]), code=1007)
    for bad in CUT:
        yield violates(f"ends with {bad.hex()}", frame(TEXT, b"a" + bad), code=1007)
        yield violates(f"ends with {bad.hex()}, in an empty frame", fragments(TEXT, [b"a" + bad, b""]), code=1007)
        yield violates(f"{bad.hex()} and the next message",
                       frame(TEXT, b"first") + frame(TEXT, bad) + frame(TEXT, b"last"), ((TEXT, b"first"),), 1007)


def fails_fast(target):
    """The message would go on, and so would the frame: the server has to close at the very byte. Yields names."""
    for name, bad, certain in INVALID:
        for in_fragments in (False, True):
            yield f"{name}, {'fragments' if in_fragments else 'one frame'}"
            with Client(target) as client:
                before = MIXED + bad[:certain - 1]
                last = bad[certain - 1:certain]
                if in_fragments:
                    client.send(frame(TEXT, before, fin=False))
                else:
                    client.send(frame(TEXT, before + last, fin=False, length=10_000)[:-1])
                if in_fragments:
                    # It is still open: a ping comes back.
                    client.send(frame(PING, b"?"))
                    check(client.message() == (PONG, b"?"), "refused before it was certain")
                    client.send(frame(0, last, fin=False))
                else:
                    client.send(frame(TEXT, before + last, fin=False, length=10_000)[-1:])
                code = client.close_code()
                check(code == 1007, f"1007 expected, not {code}")


GROUPS = {"UTF-8, valid": valid, "UTF-8, invalid": invalid}
