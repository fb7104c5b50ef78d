"""Frames that RFC 6455 forbids: each ends the connection, with the code that it names."""
from wire import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, close_frame, frame

from .case import case, expect
from .stage import ENDPOINTS

CHAT_FRAME = 64 * 1024  # bytes, of docs/protocol.md
CHAT_MESSAGE = 1024 * 1024
ECHO_MESSAGE = 32 * 1024 * 1024
BEGUN = frame(TEXT, b"{", fin=False)  # a message that goes on


def refuses(stage, rows, code, endpoints=ENDPOINTS):
    """Each of `rows` (name, bytes) alone makes the server close with `code`."""
    for endpoint in endpoints:
        for name, data in rows:
            with stage.at(endpoint) as client:
                client.try_send(data)
                got = client.close_code()
                expect(got == code, f"{endpoint}, {name}: {code} expected, not {got}")
    return f"{len(rows) * len(endpoints)} closed with {code}"


@case("unmasked")
def unmasked(stage):
    """frames of a client without a mask"""
    rows = [(f"opcode {opcode}", frame(opcode, b"{}", key=None)) for opcode in (TEXT, BINARY, PING, PONG)]
    rows += [("close", frame(CLOSE, b"\x03\xe8", key=None)), ("empty text", frame(TEXT, key=None)),
             ("empty close", frame(CLOSE, key=None)), ("two bytes of a header", b"\x81\x05"),
             ("a continuation", BEGUN + frame(CONTINUATION, b"}", key=None)),
             ("behind a masked ping", frame(PING, b"x") + frame(TEXT, b"{}", key=None))]
    return refuses(stage, rows, 1002)


@case("oversized")
def oversized(stage):
    """lengths over the limits, told by the header alone"""
    huge = [("2^31", 2**31), ("2^32", 2**32), ("2^62", 2**62), ("2^63 - 1", 2**63 - 1)]
    rows = [(name, frame(BINARY, length=length)) for name, length in huge]
    said = [refuses(stage, rows, 1009)]
    rows = [("64 KiB and a byte", frame(TEXT, length=CHAT_FRAME + 1)),
            ("1 MiB and a byte, in frames", frame(TEXT, b" " * CHAT_FRAME, fin=False)
             + frame(CONTINUATION, b" " * CHAT_FRAME, fin=False) * (CHAT_MESSAGE // CHAT_FRAME - 1)
             + frame(CONTINUATION, length=1, fin=False))]
    said.append(refuses(stage, rows, 1009, ["chat"]))
    said.append(refuses(stage, [("32 MiB and a byte", frame(BINARY, length=ECHO_MESSAGE + 1))], 1009, ["echo"]))
    rows = [("the highest bit", frame(BINARY, length=2**63)), ("all bits", frame(BINARY, length=2**64 - 1))]
    said.append(refuses(stage, rows, 1002))
    return "; ".join(said)


@case("opcodes")
def opcodes(stage):
    """reserved opcodes, continuations of nothing, messages inside messages"""
    reserved = (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
    rows = [(f"opcode {opcode}", frame(opcode, b"x")) for opcode in reserved]
    rows += [(f"opcode {opcode} within a message", BEGUN + frame(opcode, b"x")) for opcode in reserved]
    rows += [("continuation of nothing", frame(CONTINUATION, b"x")),
             ("continuation of nothing, unfinished", frame(CONTINUATION, b"x", fin=False)),
             ("text within a text", BEGUN + frame(TEXT, b"x")),
             ("unfinished binary within a text", BEGUN + frame(BINARY, b"x", fin=False)),
             ("continuation of a finished message", frame(PING) + frame(CONTINUATION))]
    return refuses(stage, rows, 1002)


@case("reserved-bits")
def reserved_bits(stage):
    """RSV 1 to 7 on every kind of frame"""
    rows = [(f"RSV {bits} on opcode {opcode}", frame(opcode, b"x", rsv=bits))
            for bits in range(1, 8) for opcode in (TEXT, BINARY, PING, PONG)]
    rows += [(f"RSV {bits} on a close", frame(CLOSE, b"\x03\xe8", rsv=bits)) for bits in (1, 2, 4, 7)]
    rows += [(f"RSV {bits} on a continuation", BEGUN + frame(CONTINUATION, b"}", rsv=bits)) for bits in (1, 2, 4, 7)]
    return refuses(stage, rows, 1002)


@case("long-lengths")
def long_lengths(stage):
    """lengths that are not in their shortest form"""
    rows = [(f"{length} in {form} bytes", frame(opcode, b" " * length, form=form))
            for form, lengths in ((2, (0, 1, 125)), (8, (0, 125, 126, 65535)))
            for length in lengths for opcode in (TEXT, BINARY)]
    return refuses(stage, rows, 1002)


@case("control-frames")
def control_frames(stage):
    """control frames over 125 bytes, or in fragments"""
    rows = []
    for opcode in (PING, PONG, CLOSE):
        start = b"\x03\xe8" if opcode == CLOSE else b""
        rows += [(f"opcode {opcode}, {length} bytes", frame(opcode, start + b"x" * (length - len(start))))
                 for length in (126, 127, 65536)]
        rows += [(f"opcode {opcode}, 125 bytes in {form}", frame(opcode, start + b"x" * 100, form=form))
                 for form in (2, 8)]
        rows += [(f"opcode {opcode} in fragments", frame(opcode, start, fin=False) + frame(CONTINUATION, b"x")),
                 (f"opcode {opcode} in fragments within a message", BEGUN + frame(opcode, start, fin=False))]
    return refuses(stage, rows, 1002)


@case("close-frames")
def close_frames(stage):
    """close frames that no peer may send, and words after the last one"""
    forbidden = (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
    rows = [(f"code {code}", close_frame(code)) for code in forbidden] + [("half a code", frame(CLOSE, b"\x03"))]
    said = [refuses(stage, rows, 1002)]
    said.append(refuses(stage, [("a reason that is no text", close_frame(1000, b"\xff"))], 1007))
    rows = [("text behind the close", close_frame(1000) + frame(TEXT, b"\xff")),
            ("rubbish behind the close", close_frame(1000) + b"\xff" * 100_000)]
    said.append(refuses(stage, rows, 1000))
    return "; ".join(said)


@case("wrong-kind")
def wrong_kind(stage):
    """messages that the chat's subprotocol has no use for"""
    said = [refuses(stage, [("binary", frame(BINARY, b"{}"))], 1003, ["chat"])]
    rows = [("no JSON", frame(TEXT, b"{")), ("an array", frame(TEXT, b"[]")), ("nothing", frame(TEXT)),
            ("nested", frame(TEXT, b'{"type":"HEARTBEAT","x":' + b"[" * 30000 + b"]" * 30000 + b"}"))]
    said.append(refuses(stage, rows, 4000, ["chat"]))
    return "; ".join(said)
