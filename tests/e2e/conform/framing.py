"""Frames: lengths, masks, reserved bits and opcodes, control frames, fragments."""
from wire import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, fragments, frame

from .script import Script, violates

LENGTHS = (0, 1, 124, 125, 126, 127, 128, 254, 255, 256, 65534, 65535, 65536, 65537)
MASKS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x01\x02\x03\x04", b"\x80\0\0\0")
RESERVED = (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)


def text_of(length):
    return bytes(33 + at % 90 for at in range(length))


def bytes_of(length):
    return bytes(at * 7 % 256 for at in range(length))


def lengths():
    for length in LENGTHS:
        text, data = text_of(length), bytes_of(length)
        yield Script(f"text of {length}", frame(TEXT, text), ((TEXT, text),))
        yield Script(f"binary of {length}", frame(BINARY, data), ((BINARY, data),))
    for form, limit in ((2, 126), (8, 65536)):
        for length in (0, 1, limit - 1):
            yield violates(f"{length} in {form} bytes", frame(BINARY, bytes_of(length), form=form))
    yield violates("64 bits of length, the highest set", frame(BINARY, length=1 << 63))
    several = tuple((TEXT, text_of(length)) for length in (5, 0, 130, 1, 66000, 2))
    yield Script("several in one packet", b"".join(frame(*message) for message in several), several)


def masks():
    for key in MASKS:
        for length in (0, 1, 3, 4, 5, 7, 8, 9, 63, 64, 65, 1000):
            data = bytes_of(length)
            yield Script(f"mask {key.hex()}, {length} bytes", frame(BINARY, data, key=key), ((BINARY, data),))
    for opcode in (TEXT, BINARY, PING, PONG, CLOSE):
        yield violates(f"opcode {opcode} without a mask", frame(opcode, key=None))


def pings():
    for length in (*range(0, 126, 5), 1, 124, 125):
        data = bytes_of(length)
        yield Script(f"ping of {length}", frame(PING, data), ((PONG, data),))
    for length in (0, 1, 125):
        yield Script(f"unsolicited pong of {length}", frame(PONG, bytes_of(length)) + frame(PING), ((PONG, b""),))
    ten = tuple((PONG, b"payload %d" % number) for number in range(10))
    yield Script("10 pings in one packet", b"".join(frame(PING, payload) for _, payload in ten), ten)
    yield Script("pings between messages", frame(TEXT, b"a") + frame(PING, b"b") + frame(TEXT, b"c"),
                 ((TEXT, b"a"), (PONG, b"b"), (TEXT, b"c")))
    for opcode in (PING, PONG):
        for length in (126, 127, 65535, 65536):
            yield violates(f"opcode {opcode} of {length}", frame(opcode, bytes_of(length)))
        yield violates(f"opcode {opcode} of 125 in two bytes", frame(opcode, bytes_of(125), form=2))
        yield violates(f"opcode {opcode} in fragments", frame(opcode, b"a", fin=False) + frame(CONTINUATION, b"b"))


def reserved_bits():
    for bits in range(1, 8):
        yield violates(f"RSV {bits} on a text", frame(TEXT, b"x", rsv=bits))
        yield violates(f"RSV {bits} on a binary, behind a message",
                       frame(TEXT, b"first") + frame(BINARY, b"x", rsv=bits) + frame(PING), ((TEXT, b"first"),))
        yield violates(f"RSV {bits} on a ping, behind a message",
                       frame(TEXT, b"first") + frame(PING, b"x", rsv=bits), ((TEXT, b"first"),))
        yield violates(f"RSV {bits} on a close", frame(CLOSE, b"\x03\xe8", rsv=bits))
        yield violates(f"RSV {bits} on a continuation",
                       frame(TEXT, b"a", fin=False) + frame(CONTINUATION, b"b", rsv=bits))
        yield violates(f"RSV {bits} on a ping within a message",
                       frame(TEXT, b"a", fin=False) + frame(PING, b"b", rsv=bits))


def opcodes():
    for opcode in RESERVED:
        for payload in (b"", b"x"):
            yield violates(f"opcode {opcode}, {len(payload)} bytes", frame(opcode, payload))
        yield violates(f"opcode {opcode} behind a message", frame(TEXT, b"first") + frame(opcode, b"x") + frame(PING),
                       ((TEXT, b"first"),))
        yield violates(f"opcode {opcode} within a message", frame(TEXT, b"a", fin=False) + frame(opcode))


def fragmentation():
    for kind in (TEXT, BINARY):
        whole = ((kind, b"onetwo"),)
        yield Script(f"opcode {kind} in two", fragments(kind, [b"one", b"two"]), whole)
        yield Script(f"opcode {kind} in single bytes", fragments(kind, [bytes([byte]) for byte in b"onetwo"]), whole)
        yield Script(f"opcode {kind}, empty fragments", fragments(kind, [b"", b"one", b"", b"two", b""]), whole)
        yield Script(f"opcode {kind}, nothing but empty ones", fragments(kind, [b"", b"", b""]), ((kind, b""),))
        ping = frame(PING, b"ping")
        parts = [frame(kind, b"one", fin=False), ping, frame(CONTINUATION, b"two", fin=False), ping,
                 frame(CONTINUATION)]
        yield Script(f"opcode {kind}, pings between", b"".join(parts), ((PONG, b"ping"), (PONG, b"ping"), *whole))
        parts[1] = parts[3] = frame(PONG, b"unsolicited")
        yield Script(f"opcode {kind}, pongs between", b"".join(parts), whole)
    twice = fragments(TEXT, [b"a", b"b"]) + fragments(BINARY, [b"c", b"d", b"e"])
    yield Script("two messages in fragments", twice, ((TEXT, b"ab"), (BINARY, b"cde")))
    begun = frame(TEXT, b"a", fin=False)
    for fin in (True, False):
        lone = frame(CONTINUATION, b"x", fin=fin)
        yield violates(f"continuation of nothing, fin {fin}", lone)
        yield violates(f"continuation behind a message, fin {fin}", frame(TEXT, b"a") + lone, ((TEXT, b"a"),))
        yield violates(f"continuation behind fragments, fin {fin}", fragments(TEXT, [b"a", b"b"]) + lone,
                       ((TEXT, b"ab"),))
        for kind in (TEXT, BINARY):
            yield violates(f"opcode {kind} within a message, fin {fin}", begun + frame(kind, b"x", fin=fin))
    yield violates("text within a message, behind a ping", begun + frame(PING, b"p") + frame(TEXT, b"x"),
                   ((PONG, b"p"),))


GROUPS = {"lengths": lengths, "masks": masks, "ping and pong": pings, "reserved bits": reserved_bits,
          "opcodes": opcodes, "fragmentation": fragmentation}
