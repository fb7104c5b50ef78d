"""More connections than there may be, from one address, in all, and than there are descriptors."""
import collections
import resource
import time

from wire import CLOSE, Client, Link, ask, request

from .case import case, expect

PER_ADDRESS = 512  # of docs/protocol.md
FULL = 4009
CROWDED = "127.0.2.1"


def knock(target, source, links):
    """Tries to get in, and stays; what became of it: "in", 4009, 503 or "dropped"."""
    try:
        link = Link(target, source=source, patience=10)
        links.append(link)
    except OSError:
        return "dropped"
    if not link.try_send(request(target, "/bench/echo")):
        return "dropped"
    answer = link.answer()
    if answer.status == 503:
        expect(answer.headers.get("retry-after", "").isdigit(), f"503 without Retry-After: {answer}")
        return 503
    if answer.status != 101:
        expect(answer.status == 0, f"a server that is full answered {answer.status}")
        return "dropped"
    # One that may stay hears nothing; it asks, and one that may not hears that it may not.
    client = as_client(link)
    if not client.try_send(b"\x89\x80\0\0\0\0"):
        return "dropped"
    got = client.frame()
    if got is not None and got.opcode == CLOSE:
        expect(got.close_code == FULL, f"a server that is full closed with {got.close_code}")
        return FULL
    return "dropped" if got is None else "in"


def as_client(link):
    """The same connection, read as one that was upgraded."""
    client = Client.__new__(Client)
    client.__dict__ = link.__dict__
    return client


def crowd(target, sources, count):
    """`count` connections that all stay: what became of them, and the links."""
    links = []
    fates = collections.Counter(knock(target, sources[number % len(sources)], links) for number in range(count))
    return fates, links


def close_all(links):
    for link in links:
        link.close()


def told(fates):
    return ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items(), key=lambda item: str(item[0])))


@case("cap-per-address", peak_mb=96)
def cap_per_address(stage):
    """more connections from one address than it may have, all staying: refused, while others are served"""
    beyond = 150
    fates, links = crowd(stage.target, [CROWDED], PER_ADDRESS + beyond)
    try:
        expect(fates["in"] == PER_ADDRESS, f"{PER_ADDRESS} should be in: {told(fates)}")
        expect(fates[FULL] > 0, f"nobody was told 4009: {told(fates)}")
        expect(stage.is_tls or fates[503] > 0, f"nobody was told 503: {told(fates)}")
        login = stage.log_in_swiftly("beside them, from another address")
    finally:
        close_all(links)
    retry_in(stage.target, CROWDED)
    return f"{told(fates)}; login beside them {login:.1f} ms; in again once they had gone"


def retry_in(target, source):
    """Once there is room again, one more is let in."""
    deadline = time.monotonic() + 10
    while True:
        fates, links = crowd(target, [source], 1)
        close_all(links)
        if fates["in"]:
            return
        expect(time.monotonic() < deadline, f"not let in after the others have gone: {told(fates)}")
        time.sleep(0.05)


@case("cap-in-total", peak_mb=96)
def cap_in_total(stage):
    """a server with 512 descriptors in all, and 450 connections of several addresses: refused before they run out"""
    most = 512
    server = stage.start_server(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)))
    target = stage.target_of(server)
    # The kernel gives up connections that nobody accepts; none may come to that.
    fates, links = crowd(target, [f"127.0.3.{number}" for number in range(1, 5)], 450)
    close_all(links)
    expect(fates["in"] >= 200 and fates[FULL] > 0, f"most should be in, and some told 4009: {told(fates)}")
    errors = server.errors()
    expect("cannot accept" not in errors, f"descriptors ran out all the same: {told(fates)}")
    retry_in(target, "127.0.3.1")
    health = ask(target, b"GET /healthz HTTP/1.1\r\nHost: " + target.authority.encode() + b"\r\n\r\n")
    expect(health.status == 200, f"/healthz: {health}")
    status = server.stop()
    expect(status == 0, f"the small server ended with {status}")
    return told(fates)


@case("descriptors", peak_mb=64)
def descriptors(stage):
    """descriptors taken away from the running server: it waits without work, and serves once there are some again"""
    spare = 40
    limit = stage.vitals.descriptor_count() + spare
    before = stage.vitals.allow_descriptors(limit)
    try:
        links = [stage.link(starts_tls=False, source=CROWDED) for _ in range(spare * 3)]
        deadline = time.monotonic() + 5
        while stage.vitals.descriptor_count() < limit:
            expect(time.monotonic() < deadline, "descriptors never ran out")
            time.sleep(0.01)
        load = stage.vitals.load(0.5)
        expect(load < 0.2, f"without descriptors the server uses {load:.0%} of a core")
        close_all(links)
        login = stage.log_in_swiftly("once there were descriptors again, with the limit still low")
    finally:
        stage.vitals.allow_descriptors(before)
    complaints = stage.server.errors().count("cannot accept")
    expect(complaints < 100, f"{complaints} complaints in the log")
    return f"load without any {load:.1%}; login behind it {login:.1f} ms"
