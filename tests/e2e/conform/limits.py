"""Large messages, whole and in fragments of many sizes: every byte comes back."""
from wire import BINARY, TEXT, Client, close_frame, fragments, frame

from .script import check

KB, MB = 1024, 1024 * 1024
CJK = "電腦與人之間的訊息，一字不漏。聊天室裡的每一句話都要原樣回來"


def cjk(length):
    """Text of `length` bytes, almost: whole characters of three bytes, and never the same twice in a row."""
    line = "".join(f"{number}{CJK}" for number in range(200))
    text = (line * (length // len(line.encode()) + 1)).encode()[:length]
    return text.decode(errors="ignore").encode()


def noise(length):
    return (bytes(at * 31 % 251 for at in range(9973)) * (length // 9973 + 1))[:length]


def echoes(target, name, opcode, payload, data):
    with Client(target, patience=60) as client:
        client.pump([data], 60)
        got = client.message()
        check(got is not None and got[0] == opcode, f"{name}: {got and got[0]} came back")
        if got[1] != payload:
            place = next((at for at, (a, b) in enumerate(zip(got[1], payload)) if a != b), "the end")
            raise AssertionError(f"{name}: {len(got[1])} of {len(payload)} bytes came back, other from {place} on")
        client.send(close_frame())
        check(client.close_code() == 1000, f"{name}: closed otherwise")


def split(payload, size):
    return [payload[at:at + size] for at in range(0, len(payload), size)]


def large(target, is_short):
    """Yields names."""
    sizes = (64 * KB, 256 * KB, MB, 4 * MB) if is_short else (64 * KB, 256 * KB, MB, 4 * MB, 8 * MB, 16 * MB)
    for size in sizes:
        for opcode, payload in ((TEXT, cjk(size)), (BINARY, noise(size))):
            name = f"opcode {opcode}, {size // KB} KiB"
            yield name
            echoes(target, name, opcode, payload, frame(opcode, payload))
    size = MB if is_short else 4 * MB
    for piece in (64, 256, KB, 4 * KB, 16 * KB, 64 * KB, 256 * KB, MB):
        for opcode, payload in ((TEXT, cjk(size)), (BINARY, noise(size))):
            name = f"opcode {opcode}, {size // KB} KiB in fragments of {piece}"
            yield name
            echoes(target, name, opcode, payload, fragments(opcode, split(payload, piece)))


def many_small(target, is_short):
    """Yields names."""
    count = 200 if is_short else 1000
    for size in (0, 16, 64, 256, KB, 4 * KB, 16 * KB):
        name = f"{count} messages of {size}"
        yield name
        with Client(target, patience=60) as client:
            payloads = [noise(size + 1)[1:] for _ in range(count)]
            client.pump(frame(BINARY, payload) for payload in payloads)
            for number, payload in enumerate(payloads):
                check(client.message() == (BINARY, payload), f"{name}: number {number} differs")


def cjk_in_fragments(target, _):
    """2 MB of CJK in fragments that end anywhere within a character. Yields names."""
    text = cjk(2_000_000)
    for piece in (4096, 4095, 1000, 7):
        name = f"{len(text)} bytes of CJK in fragments of {piece}"
        yield name
        echoes(target, name, TEXT, text, fragments(TEXT, split(text, piece)))
