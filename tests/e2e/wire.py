"""A WebSocket client in which every byte can be wrong, over a plain socket or TLS; for tests of what a server takes.

It knows the protocol (RFC 6455) so well as to break it on purpose, and reads what comes back more strictly than any
library: a frame of the server's that is masked, too long in its header or out of order is an AssertionError.
"""
import base64
import contextlib
import dataclasses
import hashlib
import json
import os
import select
import socket
import ssl
import struct
import time

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
KEY = bytes.fromhex("37fa213d")  # every frame's mask, but where a test is about masks
PATIENCE = 20  # seconds until something that must come is given up on
AT_ONCE = 256 * 1024  # bytes read in one go
SECRET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # of RFC 6455, section 1.3
ANYONE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the certificate is one that the server made for itself
ANYONE.check_hostname = False
ANYONE.verify_mode = ssl.CERT_NONE


@dataclasses.dataclass(frozen=True)
class Target:
    """Where a server listens, and which way it is talked to there."""
    port: int
    is_tls: bool = False
    host: str = "127.0.0.1"

    @property
    def authority(self):
        return f"{self.host}:{self.port}"

    @property
    def url(self):
        return f"{'wss' if self.is_tls else 'ws'}://{self.authority}"


@dataclasses.dataclass(frozen=True)
class Frame:
    opcode: int
    payload: bytes
    fin: bool = True

    @property
    def close_code(self):
        return struct.unpack(">H", self.payload[:2])[0] if self.payload else None


@dataclasses.dataclass(frozen=True)
class Answer:
    """What HTTP has said: status 0 where it has said nothing at all."""
    status: int
    headers: dict
    body: bytes = b""


def masked(payload, key):
    if not any(key):
        return payload
    stream = (key * (len(payload) // 4 + 1))[:len(payload)]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(payload), "little")


def frame(opcode, payload=b"", *, fin=True, rsv=0, key=KEY, length=None, form=None):
    """The bytes of a client's frame. `key`: None leaves the mask out. `length`: what the header says, whatever the
    payload has; `form`: in how many bytes of an extended length (0, 2 or 8), else the fewest."""
    length = len(payload) if length is None else length
    if form is None:
        form = 0 if length < 126 else 2 if length < 0x10000 else 8
    mask = 0x80 if key is not None else 0
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode, mask | {0: length & 0x7F, 2: 126, 8: 127}[form]])
    head += {0: b"", 2: struct.pack(">H", length & 0xFFFF), 8: struct.pack(">Q", length)}[form]
    return head + payload if key is None else head + key + masked(payload, key)


def close_frame(code=1000, reason=b""):
    return frame(CLOSE, (struct.pack(">H", code) if code is not None else b"") + reason)


def fragments(opcode, pieces):
    """A message of one frame per piece."""
    last = len(pieces) - 1
    return b"".join(frame(CONTINUATION if index else opcode, piece, fin=index == last)
                    for index, piece in enumerate(pieces))


def request(target, path="/", *, protocol=None, without=(), **changes):
    """An opening handshake's request. `changes`: header lines by their names with _ for -, or lists of them."""
    headers = {"Host": target.authority, "Upgrade": "websocket", "Connection": "Upgrade",
               "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode()}
    if protocol:
        headers["Sec-WebSocket-Protocol"] = protocol
    headers.update({name.replace("_", "-"): value for name, value in changes.items()})
    lines = [f"GET {path} HTTP/1.1"]
    for name, values in headers.items():
        if name not in without:
            lines += [f"{name}: {value}" for value in (values if isinstance(values, list) else [values])]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Link:
    """One connection: raw bytes out, anything in. Every wait has an end."""

    def __init__(self, target, *, source=None, receive_buffer=None, starts_tls=True, patience=PATIENCE):
        self.target = target
        self.patience = patience
        self.buffer = bytearray()
        self.ending = None  # "end" or "reset", once the server has
        self._unsent = memoryview(b"")
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.settimeout(patience)
        try:
            if receive_buffer:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if source:
                self.socket.bind((source, 0))
            self.socket.connect((target.host, target.port))
            if target.is_tls and starts_tls:
                self.socket = ANYONE.wrap_socket(self.socket)
        except OSError:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def reset(self):
        """Ends it as a crashed peer's kernel does: RST instead of FIN."""
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def half_close(self):
        """FIN, and goes on reading. Under TLS without its goodbye."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def send(self, data):
        self.socket.sendall(data)

    def try_send(self, data):
        """False when the server has ended the connection."""
        try:
            self.socket.sendall(data)
        except (TimeoutError, ssl.SSLWantWriteError):
            raise
        except OSError:
            return False
        return True

    def pump(self, pieces, seconds=None, reads=True, stall=None):
        """Sends all of `pieces`, and takes in meanwhile what comes, as nobody does who waits first for the one and then
        for the other; until the server ends the connection, or `seconds` have passed, or it has taken nothing for
        `stall` seconds. Returns the bytes sent; where they end within a piece, the next pump() begins with its rest."""
        deadline = time.monotonic() + (self.patience if seconds is None else seconds)
        moved = time.monotonic()
        pieces = iter(pieces)
        sent = 0
        self.socket.setblocking(False)
        try:
            while not self.ending and time.monotonic() < deadline:
                if not self._unsent:
                    piece = next(pieces, None)
                    if piece is None:
                        break
                    self._unsent = memoryview(piece)
                if reads:
                    self._take_in()
                count = self._push(self._unsent)
                if count:
                    sent += count
                    self._unsent = self._unsent[count:]
                    moved = time.monotonic()
                elif stall and time.monotonic() - moved > stall:
                    break
                elif not self.ending:
                    select.select([self.socket] if reads else [], [self.socket], [],
                                  max(0, min(0.2, deadline - time.monotonic())))
        finally:
            self.socket.settimeout(self.patience)
        return sent

    def _push(self, data):
        try:
            return self.socket.send(data[:AT_ONCE])
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return 0
        except OSError:
            self.ending = "reset"
            return 0

    def _take_in(self):
        try:
            while not self.ending:
                self._got(self.socket.recv(AT_ONCE))
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except OSError:
            self.ending = "reset"

    def _got(self, data):
        self.buffer += data
        if not data:
            self.ending = "end"

    def receive(self):
        """Some more bytes into the buffer; False at the end."""
        if self.ending:
            return False
        try:
            self._got(self.socket.recv(AT_ONCE))
        except TimeoutError:
            raise AssertionError(f"nothing came for {self.patience} s, and no end") from None
        except OSError:
            self.ending = "reset"
        return not self.ending

    def receive_now(self, seconds):
        """The same for what comes within that time, if any does."""
        is_waiting = self.target.is_tls and self.socket.pending()
        if is_waiting or select.select([self.socket], [], [], seconds)[0]:
            self.receive()

    def take(self, count):
        """The next `count` bytes; None when the connection ends before."""
        while len(self.buffer) < count:
            if not self.receive():
                return None
        data = bytes(self.buffer[:count])
        del self.buffer[:count]
        return data

    def wait_end(self):
        """Drops what comes until the server ends the connection: "end" or "reset"."""
        while self.receive():
            self.buffer.clear()
        return self.ending

    # ---- HTTP

    def answer(self):
        """One HTTP answer."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.receive():
                return Answer(0, {}, bytes(self.buffer))
        head, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.buffer = bytearray(rest)
        version, status = first.split(" ")[:2]
        assert version == "HTTP/1.1", first
        body = b""
        if int(status) != 101:
            self.wait_body(int(headers.get("content-length", "0")))
            body = bytes(self.buffer)
        return Answer(int(status), headers, body)

    def wait_body(self, length):
        while len(self.buffer) < length and self.receive():
            pass


class Client(Link):
    """A Link that has been upgraded. Keeps the rules unless it is told otherwise.

    `behind` follows the request at once, in the same packet. `cuts` make several packets of the two: where they are
    cut, counted from the end of the request.
    """

    def __init__(self, target, path="/bench/echo", *, protocol=None, behind=b"", cuts=(), **options):
        super().__init__(target, **options)
        try:
            head = request(target, path, protocol=protocol)
            places = [0, *(len(head) + cut for cut in cuts), len(head + behind)]
            for begin, end in zip(places, places[1:]):
                self.send((head + behind)[begin:end])
                if len(cuts) == 1:
                    time.sleep(0.002)  # or the other end may read both as one
            self.upgraded = self.answer()
            assert self.upgraded.status == 101, f"no upgrade: {self.upgraded}"
            key = next(line[19:] for line in head.decode().split("\r\n") if line.startswith("Sec-WebSocket-Key: "))
            accept = base64.b64encode(hashlib.sha1((key + SECRET).encode()).digest()).decode()
            assert self.upgraded.headers.get("sec-websocket-accept") == accept, self.upgraded
            assert "sec-websocket-extensions" not in self.upgraded.headers, self.upgraded
        except BaseException:
            self.close()
            raise

    def frame(self):
        """The server's next frame; None at the connection's end."""
        head = self.take(2)
        if head is None:
            assert not self.buffer, f"the connection ended within a frame's header: {bytes(self.buffer)}"
            return None
        opcode, length = head[0] & 0x0F, head[1]
        assert head[0] & 0x70 == 0, f"the server has set reserved bits: {head.hex()}"
        assert length < 128, "the server has masked a frame"
        if length >= 126:
            width = 2 if length == 126 else 8
            length = int.from_bytes(self.take(width), "big")
            assert length >= (126 if width == 2 else 0x10000), f"length {length} in {width} bytes"
        fin = head[0] >= 0x80
        assert opcode < CLOSE or (fin and length <= 125), f"control frame: fin {fin}, {length} bytes"
        payload = self.take(length)
        assert payload is not None, f"the connection ended {self.ending} within a frame of {length} bytes"
        return Frame(opcode, payload, fin)

    def message(self):
        """The next message, as (opcode, payload); of a control frame that comes before, that. None at the end."""
        kind, pieces = None, []
        while (got := self.frame()) is not None:
            if got.opcode >= CLOSE and kind is None:
                return got.opcode, got.payload
            assert got.opcode < CLOSE, "a control frame inside a message: not what a test expects"
            assert (got.opcode == CONTINUATION) == (kind is not None), f"opcode {got.opcode} after {kind}"
            kind = got.opcode if kind is None else kind
            pieces.append(got.payload)
            if got.fin:
                return kind, b"".join(pieces)
        return None

    def close_code(self):
        """Of the server's close frame, dropping what comes before it; None when it gave none, or "end" or "reset" when
        there was no close frame. Nothing may come behind it, and then the server has to end the connection."""
        while (got := self.frame()) is not None:
            if got.opcode == CLOSE:
                got.payload[2:].decode()
                # What was dropped unread on its side may turn the end into a reset; what counts is that it comes.
                rest = self.frame()
                assert rest is None, f"after its close the server has sent {rest}"
                return got.close_code
        return self.ending

    def echoes(self, opcode, payload, data=None):
        """Whether the server returns this message, sent as `data`."""
        self.pump([data or frame(opcode, payload)])
        return self.message() == (opcode, payload)


class ChatClient(Client):
    """A guest through lanline.v1.json, for as long as a test needs one."""

    def __init__(self, target, name, *, secret=None, logs_in=True, **options):
        super().__init__(target, "/", protocol="lanline.v1.json", **options)
        self.name = name
        self.secret = secret
        self.welcome = None
        if logs_in:
            self.log_in()

    def hello(self):
        guest = {"secret": self.secret} if self.secret else {}
        return chat_frame("HELLO", version_major=1, app="wire.py", name=self.name, auth={"guest": guest})

    def log_in(self):
        self.heard("READY")
        self.send(self.hello())
        self.welcome = self.heard("WELCOME")
        self.secret = self.welcome.get("guest_secret", self.secret)

    def hear(self):
        """The next message; None at the end, and a closing frame is one."""
        got = self.message()
        if got is None or got[0] == CLOSE:
            return None
        assert got[0] == TEXT, got
        return json.loads(got[1])

    def heard(self, kind):
        """The next message of this type, dropping others."""
        while (message := self.hear()) is not None:
            if message["type"] == kind:
                return message
        raise AssertionError(f"no {kind}: the connection has ended")

    def say(self, kind, **fields):
        self.send(chat_frame(kind, **fields))


def chat_frame(kind, **fields):
    return frame(TEXT, json.dumps({"type": kind, **fields}).encode())


def ask(target, data, **options):
    """Sends an HTTP request, and returns the Answer when the server has ended the connection."""
    with Link(target, **options) as link:
        link.try_send(data)
        answer = link.answer()
        if answer.status != 101:
            link.wait_end()
        return answer
