"""kill -9 of lanlined at random moments under eight senders."""
import asyncio

from .senders import CtlReader, CtlSender

NAME = "server-kill"
WHAT = "kill -9 of lanlined under 8 senders"
LIMIT = 900  # seconds


async def play(stage):
    kills = stage.count(100, 8)
    await stage.start_server()
    port = stage.server.port
    stop = asyncio.Event()
    guests = [stage.guest(f"guest{number}") for number in range(4)]
    senders = [CtlSender(stage, f"ctl{number}", profile=f"{stage.folder}/ctl{number}") for number in range(4)]
    work = [stage.spawn(stage.chatter(guest, stop)) for guest in guests]
    work += [stage.spawn(sender.run(stop)) for sender in senders]
    reader = CtlReader(stage, "tail")
    reading = stage.spawn(reader.run())

    everyone = [*guests, *senders]
    in_flight = kills_in_flight = 0
    for kill in range(kills):
        # Half of them have been heard by this server, so that it is a kill in the middle of the talk.
        before = [len(one.account.acks) for one in everyone]
        await stage.until(lambda: sum(len(one.account.acks) > count for one, count in zip(everyone, before)) >= 4,
                          "half of the senders were heard again")
        await asyncio.sleep(stage.random.uniform(0, 0.25))
        if kill % 2:  # between a SEND and its STORED: most likely in the middle of a transaction
            await stage.until(lambda: any(guest.in_flight for guest in guests), "a message on its way")
        open_now = sum(guest.in_flight for guest in guests) + sum(sender.unanswered for sender in senders)
        in_flight += open_now
        kills_in_flight += open_now > 0
        await stage.kill_server()
        await stage.start_server(port)

    stop.set()
    for task in work:
        await task
    await reader.finish(reading, await stage.settle())
    stage.facts.update({
        "kills": kills, "kills with messages unanswered": kills_in_flight, "unanswered at a kill": in_flight,
        "runs of lanlinectl": sum(sender.runs for sender in senders) + reader.runs,
        "connections of guests": sum(guest.connections for guest in guests)})
    await stage.close_books()
