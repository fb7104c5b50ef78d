"""Many at once, or one after the other, or one byte after the other."""
import select
import time

from wire import TEXT, ChatClient, frame, request

from .aborts import HandTls
from .case import case, expect

DEADLINE = 3  # seconds for all that comes before the upgrade
HELLO_TIMEOUT = 10  # seconds from READY to HELLO
LATE = 2  # seconds that a busy machine may add


def crowd_address(number):
    """Loopback addresses of our own, each for 200 connections: fewer than one address may have."""
    return f"127.0.1.{1 + number // 200 % 250}"


def watch(links, begins, tick=lambda: None, limit=DEADLINE + LATE + 5):
    """Waits until the server has ended them all; after how many seconds each was."""
    poll = select.poll()
    at = {link.socket.fileno(): index for index, link in enumerate(links)}
    for descriptor in at:
        poll.register(descriptor, select.POLLIN)
    lasted = []
    end = time.monotonic() + limit
    while at and time.monotonic() < end:
        for descriptor, _ in poll.poll(100):
            link = links[at[descriptor]]
            if not link.receive():
                lasted.append(time.monotonic() - begins[at.pop(descriptor)])
                poll.unregister(descriptor)
        tick()
    expect(not at, f"{len(at)} of {len(links)} were not ended within {limit} s")
    return lasted


def unfinished(stage, number):
    """One that stays in the middle of its handshake."""
    address = crowd_address(number)
    if not stage.is_tls:
        link = stage.link(source=address)
        link.send([b"", b"G", request(stage.target)[:-1]][number % 3])
        return link
    stage_of_tls = number % 5
    if stage_of_tls >= 3:  # TLS is done, HTTP is not
        link = stage.link(source=address)
        link.send([b"G", request(stage.target)[:-1]][stage_of_tls - 3])
        return link
    link = stage.link(source=address, starts_tls=False)
    hello = HandTls(link).hello()
    link.send([b"\x16", hello[:len(hello) // 2], hello][stage_of_tls])
    return link


@case("unfinished-handshakes", peak_mb=96)
def unfinished_handshakes(stage):
    """1,000 handshakes that never finish, some with a byte now and then: gone after 3 s"""
    count = stage.count(1000, 150)
    links, begins = [], []
    for number in range(count):
        begins.append(time.monotonic())
        links.append(unfinished(stage, number))
    open_at_once = len(stage.vitals.descriptors())
    login = stage.log_in_swiftly(f"beside {count} unfinished handshakes")
    drippers = links[1::30] if not stage.is_tls else links[3::30]
    next_drip = 0.0

    def drip():
        nonlocal next_drip
        if time.monotonic() > next_drip:
            next_drip = time.monotonic() + 0.5
            for link in drippers:
                if not link.ending:
                    link.try_send(b"E")

    lasted = watch(links, begins, drip)
    expect(max(lasted) < DEADLINE + LATE, f"the last one lasted {max(lasted):.1f} s")
    expect(min(lasted) > DEADLINE - 0.5, f"the first one was ended after {min(lasted):.1f} s already")
    return (f"{open_at_once} descriptors at most; ended after {min(lasted):.1f} to {max(lasted):.1f} s;"
            f" login beside them {login:.1f} ms")


@case("rapid-connects", peak_mb=64)
def rapid_connects(stage):
    """10,000 connections one after the other, each ended at once, by FIN or reset"""
    count = stage.count(10_000, 1000)
    for number in range(count):
        link = stage.link(source=crowd_address(number), starts_tls=False)
        if number % 4 >= 2:
            link.send(HandTls(link).hello() if stage.is_tls else b"GET / HTTP/1.1\r\n")
        if number % 2:
            link.reset()
        else:
            link.close()
    return f"{count} came and went"


@case("rapid-upgrades", peak_mb=64)
def rapid_upgrades(stage):
    """upgrades one after the other, each ended at once"""
    count = stage.count(3000, 200) if not stage.is_tls else stage.count(1000, 100)
    for number in range(count):
        client = stage.client(source=crowd_address(number))
        if number % 2:
            client.reset()
        else:
            client.close()
    return f"{count} came and went"


@case("slow-writers")
def slow_writers(stage):
    """writers of one byte a second: in the request, in HELLO, and in a message, which is their right"""
    beat = stage.count(1.0, 0.25)
    each = stage.count(20, 5)
    heads = [stage.link() for _ in range(each)]
    guests = [ChatClient(stage.target, "Sloth", logs_in=False) for _ in range(each)]
    echoes = [stage.client() for _ in range(each)]
    head, hello, text = request(stage.target), guests[0].hello(), frame(TEXT, b"slow but sure")
    begin = time.monotonic()
    ended = {}
    for second in range(len(text)):
        for link in heads:
            if not link.ending and not link.try_send(head[second:second + 1]):
                link.ending = "reset"
            if select.select([link.socket], [], [], 0)[0] and not link.receive():
                ended.setdefault(link, time.monotonic() - begin)
        for link, data in ((link, data) for links, data in ((guests, hello), (echoes, text)) for link in links):
            link.try_send(data[second:second + 1])
        time.sleep(beat)
    expect(all(client.message() == (TEXT, b"slow but sure") for client in echoes), "a slow message was not echoed")
    for link in heads:
        if link not in ended:
            link.wait_end()
            ended[link] = time.monotonic() - begin
    slowest = max(ended.values())
    expect(slowest < DEADLINE + LATE + beat, f"a slow request lasted {slowest:.1f} s")
    said = f"{each} requests ended after at most {slowest:.1f} s; {each} messages echoed"
    if not stage.is_short:
        codes = {guest.close_code() for guest in guests}
        expect(codes == {4001}, f"slow HELLOs were closed with {codes}")
        said += f"; {each} HELLOs closed with 4001"
    for guest in guests:
        guest.close()
    return said
