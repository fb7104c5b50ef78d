"""The network is cut at random moments: dropped, stalled, reset in the middle of a frame, delayed."""
import asyncio
import json
import time

from .ledger import Account, Ack
from .proxy import Proxy
from .senders import CtlReader, CtlSender
from .stage import expect

NAME = "network-cut"
WHAT = "a proxy drops, stalls, resets mid-frame or delays, between senders, readers and the server"
LIMIT = 1200  # seconds

BEAT_MS = 1000  # of the guests: a stall of over 1.5 s is a dead link to them
GREETING = 0.03  # seconds that connecting, logging in and joining take, or a little more
TOGETHER = 10  # of these runs


def by_number(wire):
    return wire.number


async def play(stage):
    cuts = stage.count(200, 24)
    await stage.start_server()
    proxy = await Proxy().start(stage.server.port)
    stage.at_end(proxy.close)
    stop = asyncio.Event()
    guests = [stage.guest(f"guest{number}", url=proxy.url, beat_ms=BEAT_MS) for number in range(4)]
    senders = [CtlSender(stage, f"device{number}", url=proxy.url, profile=f"{stage.folder}/device{number}")
               for number in range(2)]
    senders += [CtlSender(stage, f"ctl{number}", url=proxy.url) for number in range(2)]
    reader = CtlReader(stage, "tail", url=proxy.url)
    reading = stage.spawn(reader.run())
    work = [stage.spawn(stage.chatter(guest, stop)) for guest in guests]
    work += [stage.spawn(sender.run(stop)) for sender in senders]

    kinds = {"drop": _drop, "reset": _reset, "reset mid-frame": _reset_in_frame, "stall": _stall, "delay": _delay}
    counted = dict.fromkeys(kinds, 0)
    mending = []
    for number in range(cuts):
        await stage.until(lambda: len(proxy.wires) >= 4, "connections to cut")
        kind = list(kinds)[number % len(kinds)]
        counted[kind] += 1
        victims = stage.random.sample(sorted(proxy.wires, key=by_number), stage.random.randint(1, 3))
        mending += [stage.spawn(kinds[kind](stage, wire)) for wire in victims]
        await asyncio.sleep(stage.random.uniform(0, 0.4))
    if not stage.is_short:
        await _dead_wire(stage, proxy)
    await _cut_greetings(stage, stage.count(100, 40))

    stop.set()
    for task in [*mending, *work]:
        await task
    await reader.finish(reading, await stage.settle())
    expect(proxy.cut_frames > 0, "no frame was cut in the middle")
    stage.facts.update({"cuts": cuts, **counted, "cut in the middle of a chunk": proxy.cut_frames,
                        "connections": proxy.carried})
    await stage.close_books()


async def _drop(_, wire):
    wire.drop()


async def _reset(_, wire):
    wire.reset()


async def _reset_in_frame(stage, wire):
    wire.cut_after = stage.random.randrange(1, 600)


async def _stall(stage, wire):
    wire.stall()
    await asyncio.sleep(stage.random.uniform(0.2, 3))  # the longer ones are a dead link to a guest
    wire.flow()


async def _delay(stage, wire):
    wire.delay = stage.random.uniform(0.01, 0.3)
    await asyncio.sleep(stage.random.uniform(0.5, 2))
    wire.delay = 0.0


async def _dead_wire(stage, proxy):
    """Cables that are pulled and stay so: no FIN, no RST. Only heartbeats can tell, and they do at everyone."""
    victims = sorted(proxy.wires, key=by_number)
    for wire in victims:
        wire.stall()
    before = [len(account.acks) for account in stage.accounts]
    begin = time.monotonic()
    await stage.until(lambda: all(len(account.acks) > count for account, count in zip(stage.accounts, before)),
                      "everyone has noticed that its link was dead, and made another")
    stage.facts["seconds until everyone had left a dead link"] = round(time.monotonic() - begin, 1)
    for wire in victims:
        wire.reset()


async def _cut_greetings(stage, runs):
    """Short runs of lanlinectl of which each is cut two times before it has joined, more or less."""
    account = Account("lanlinectl send, cut at once", "greeter")
    stage.accounts.append(account)
    proxies = []

    async def run(text):
        def cut(wire):
            if proxy.carried <= 2:
                asyncio.get_running_loop().call_later(stage.random.uniform(0, GREETING),
                                                      stage.random.choice((wire.drop, wire.reset)))

        proxy = await Proxy().start(stage.server.port)
        proxy.on_wire = cut
        proxies.append(proxy)
        try:
            status, program = await stage.run_ctl("--name", "greeter", "send", "--room", "lobby", text, url=proxy.url)
            expect(status == 0, f"lanlinectl send, cut at once, ended with {status}: {program.errors()}")
            for line in map(json.loads, program.lines):
                account.ack(Ack(text, line["message_id"], line["seq"], line["duplicate"], line.get("recovered", False)))
        finally:
            proxy.close()

    texts = [stage.text("greeter") for _ in range(runs)]
    account.written = texts
    for start in range(0, runs, TOGETHER):
        await asyncio.gather(*(run(text) for text in texts[start:start + TOGETHER]))
    # Every one is an author of its own: nobody promised an order between them.
    account.written = sorted(texts, key={ack.text: ack.seq for ack in account.acks}.get)
    stage.facts["short runs of lanlinectl, cut twice at once"] = runs
    stage.facts["connections these made"] = sum(proxy.carried for proxy in proxies)
