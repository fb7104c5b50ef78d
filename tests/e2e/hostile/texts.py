"""Text that is no UTF-8, cut at every place."""
from wire import BINARY, TEXT, fragments, frame

from .case import case, expect

GOOD = "aé電😀z".encode()
# What is wrong, and behind how many of its bytes that is certain.
BAD = (
    ("a continuation alone", b"\x80", 1), ("FE", b"\xfe", 1), ("FF", b"\xff", 1),
    ("overlong in two", b"\xc0\xaf", 1), ("C1", b"\xc1\xbf", 1), ("overlong in three", b"\xe0\x80\xaf", 2),
    ("overlong in four", b"\xf0\x80\x80\xaf", 2), ("first surrogate", b"\xed\xa0\x80", 2),
    ("last surrogate", b"\xed\xbf\xbf", 2), ("a pair of surrogates", b"\xed\xa1\x80\xed\xbe\x84", 2),
    ("over U+10FFFF", b"\xf4\x90\x80\x80", 2), ("F5", b"\xf5\x80\x80\x80", 1),
    ("five bytes", b"\xf8\x88\x80\x80\x80", 1),
    ("six bytes", b"\xfc\x84\x80\x80\x80\x80", 1), ("two bytes, cut", b"\xc3z", 2),
    ("three bytes, cut", b"\xe9\x9bz", 3),
    ("four bytes, cut", b"\xf0\x9f\x98z", 4),
)


@case("invalid-text")
def invalid_text(stage):
    """17 kinds of invalid UTF-8, in two fragments cut at every byte, and unfinished"""
    count = 0
    for name, bad, _ in BAD:
        text = GOOD + bad + GOOD
        ways = [frame(TEXT, text)]
        ways += [fragments(TEXT, [text[:cut], text[cut:]]) for cut in range(len(text) + 1)]
        ways.append(fragments(TEXT, [text[at:at + 1] for at in range(len(text))]))
        for number, data in enumerate(ways[::stage.count(1, 4)]):
            with stage.client() as client:
                client.try_send(data)
                got = client.close_code()
                expect(got == 1007, f"{name}, way {number}: 1007 expected, not {got}")
            count += 1
    for endpoint in ("chat", "echo"):
        with stage.at(endpoint) as client:
            client.try_send(frame(TEXT, b'{"type":"\xff"}'))
            got = client.close_code()
            expect(got == 1007, f"{endpoint}: 1007 expected, not {got}")
    return f"{count + 2} closed with 1007"


@case("invalid-text-early")
def invalid_text_early(stage):
    """invalid UTF-8 is told as soon as it is certain, not when the message ends"""
    for name, bad, certain in BAD:
        with stage.client() as client:
            # The frame promises more, and the message would go on.
            client.try_send(frame(TEXT, GOOD + bad[:certain], fin=False, length=1000))
            got = client.close_code()
            expect(got == 1007, f"{name}: 1007 expected within the frame, not {got}")
        with stage.client() as client:
            before = GOOD + bad[:certain - 1]
            client.send(frame(TEXT, before, fin=False) + frame(0x9, b"still here"))
            expect(client.message() == (0xA, b"still here"), f"{name}: refused before it was certain")
    return f"{len(BAD)} kinds"


@case("valid-text")
def valid_text(stage):
    """valid text cut within every code point comes back; what is no text may be sent as binary"""
    text = GOOD + "\U0010ffff\ufffe\u0000\ud7ff\ue000".encode()
    with stage.client() as client:
        for cut in range(len(text) + 1):
            expect(client.echoes(TEXT, text, fragments(TEXT, [text[:cut], text[cut:]])), f"cut at {cut}")
        expect(client.echoes(TEXT, text, fragments(TEXT, [text[at:at + 1] for at in range(len(text))])), "in bytes")
        for _, bad, _ in BAD:
            expect(client.echoes(BINARY, bad), f"binary {bad!r}")
    return f"{len(text) + 2 + len(BAD)} came back"
