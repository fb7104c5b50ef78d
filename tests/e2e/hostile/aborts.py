"""Connections that break at every moment there is."""
import contextlib
import ssl

from wire import (ANYONE, BINARY, CONTINUATION, PING, TEXT, ChatClient, Client, Link, ask, chat_frame, close_frame,
                  frame, request)

from .case import case, expect

SEND = chat_frame("SEND", room="lobby", message_id="018eab4d-2c76-7b1f-8a55-3d1c0e9f2b64", text="never said")


def half(data):
    return data[:len(data) // 2]


def phases(stage):
    """Each makes a connection and takes it to one point of its life."""
    target = stage.target

    def link(data=b""):
        made = stage.link()
        made.send(data)
        return made

    def echo(data=b""):
        made = stage.client()
        made.send(data)
        return made

    def chat(data=b""):
        made = stage.guest()
        made.send(data)
        return made

    def unready(data=b"", reads=False, says_hello=0.0):
        made = ChatClient(target, "Mallory", logs_in=False)
        if reads:
            made.heard("READY")
        hello = made.hello()
        made.send(hello[:int(len(hello) * says_hello)] + data)
        return made

    yield "before a byte", link
    yield "within the request", lambda: link(half(request(target)))
    yield "behind the request", lambda: link(request(target))
    yield "behind a refused request", lambda: link(request(target, "/nowhere"))
    yield "behind the upgrade", unready
    yield "behind READY", lambda: unready(reads=True)
    yield "within HELLO", lambda: unready(reads=True, says_hello=0.5)
    yield "behind HELLO", lambda: unready(says_hello=1.0)
    yield "behind HELLO and a command", lambda: unready(SEND[:20], says_hello=1.0)
    yield "behind WELCOME", chat
    yield "within a command", lambda: chat(half(SEND))
    yield "behind a bad command", lambda: chat(chat_frame("SEND"))
    yield "behind BYE", lambda: chat(chat_frame("BYE"))
    yield "within a frame's header", lambda: echo(frame(BINARY, b"x" * 70000)[:7])
    yield "within a frame", lambda: echo(half(frame(BINARY, b"x" * 200_000)))
    yield "within a message", lambda: echo(frame(TEXT, b"a", fin=False) + frame(CONTINUATION, b"b", fin=False))
    yield "with pongs unread", lambda: echo(frame(PING, b"x" * 125) * 500)
    yield "with echoes unread", lambda: echo(frame(BINARY, b"x" * 60_000) * 3)
    yield "behind the close", lambda: echo(close_frame())
    yield "within the close", lambda: echo(close_frame()[:5])
    yield "behind a bad frame", lambda: echo(frame(3))


@case("aborts")
def aborts(stage):
    """closed, half-closed and reset in every phase of a connection's life"""
    count = 0
    for name, make in phases(stage):
        for _ in range(stage.count(5, 1)):
            make().close()
            make().reset()
            with make() as link:
                link.half_close()
                with contextlib.suppress(ssl.SSLError):
                    expect(link.wait_end(), name)
            count += 3
    return f"{count} in {sum(1 for _ in phases(stage))} phases"


class HandTls:
    """A TLS client whose every byte goes through our hands."""

    def __init__(self, link):
        self.link = link
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._session = ANYONE.wrap_bio(self._in, self._out)

    def hello(self):
        """The first flight."""
        with contextlib.suppress(ssl.SSLWantReadError):
            self._session.do_handshake()
        return self._out.read()

    def answer(self, data):
        """The second flight, with `data` behind it."""
        while True:
            try:
                self._session.do_handshake()
                break
            except ssl.SSLWantReadError:
                expect(self.link.receive(), "the server has ended the connection within the handshake")
                self._in.write(bytes(self.link.buffer))
                self.link.buffer.clear()
        self._session.write(data)
        return self._out.read()


def handshake_bytes(stage):
    """Yields connections to be given a part of some bytes, and these bytes: together they are a whole handshake."""
    if not stage.is_tls:
        data = request(stage.target, "/", protocol="lanline.v1.json")
        yield lambda: (stage.link(), data), len(data)
        return

    def first():
        link = stage.link(starts_tls=False)
        return link, HandTls(link).hello()

    def second():
        link = stage.link(starts_tls=False)
        tls = HandTls(link)
        link.send(tls.hello())
        return link, tls.answer(request(stage.target, "/", protocol="lanline.v1.json"))

    for make in (first, second):
        link, data = make()
        link.close()
        yield make, len(data)


@case("stops")
def stops(stage):
    """a server that is told to end while its clients are in the middle of everything"""
    count = stage.count(10, 3)
    for _ in range(count):
        server = stage.start_server()
        target = stage.target_of(server)
        health = b"GET /healthz HTTP/1.1\r\nHost: " + target.authority.encode() + b"\r\n\r\n"
        beginnings = [b"", half(request(target)), request(target, "/nowhere"), health]
        links = [Link(target) for _ in beginnings]
        for link, data in zip(links, beginnings):
            link.send(data)
        links.append(Client(target))
        links[-1].send(frame(BINARY, b"x" * 60_000) * 3 + frame(PING))
        links.append(Client(target))
        links[-1].send(half(frame(BINARY, b"x" * 200_000)))
        links.append(ChatClient(target, "Mallory"))
        links[-1].send(half(SEND))
        links.append(Client(target))
        links[-1].send(close_frame())
        ask(target, health)
        status = server.stop()
        for link in links:
            link.close()
        expect(status == 0, f"the server ended with {status}: {server.errors()[-2000:]}")
    return f"{count} ended well"


@case("resets")
def resets(stage):
    """reset at every byte of the handshake, of TLS and of HTTP"""
    count = 0
    for make, length in handshake_bytes(stage):
        for cut in range(0, length + 1, stage.count(1, 12)):
            link, data = make()
            link.send(data[:cut])
            link.reset()
            count += 1
    return f"{count} resets"


@case("cut-handshakes")
def cut_handshakes(stage):
    """a handshake in two packets, cut at every byte, and in packets of one byte"""
    length = len(request(stage.target, "/bench/echo"))
    behind = frame(TEXT, b"behind")
    cuts = [(cut,) for cut in range(1 - length, len(behind), stage.count(1, 12))]
    cuts.append(range(1 - length, len(behind)))
    for cut in cuts:
        with stage.client(behind=behind, cuts=cut) as client:
            expect(client.message() == (TEXT, b"behind"), f"cut at {cut[0]}: what came behind is lost")
    return f"{len(cuts)} upgraded, nothing behind them lost"
