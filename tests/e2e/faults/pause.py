"""SIGSTOP and SIGCONT of the server, then of clients."""
import asyncio
import signal

from .senders import CtlReader, CtlSender
from .stage import expect

NAME = "pause"
WHAT = "SIGSTOP for 10 s and SIGCONT of the server, then of lanlinectl"
LIMIT = 300  # seconds

HEARTBEAT_MISSED = 4002
BEAT_MS = 1000


async def play(stage):
    seconds = stage.count(10, 4)
    await stage.start_server()
    stop = asyncio.Event()
    # The patient ones beat every second and wait for long: only the server could end their link, if it took its own
    # pause for theirs. The others give the link up after 1.5 s, and come back.
    patient = [stage.guest(f"patient{number}", beat_ms=BEAT_MS, patience_s=60) for number in range(2)]
    hasty = [stage.guest(f"hasty{number}", beat_ms=BEAT_MS) for number in range(2)]
    sender = CtlSender(stage, "ctl")
    reader = CtlReader(stage, "tail", seconds=None)
    reading = stage.spawn(reader.run())
    work = [stage.spawn(stage.chatter(guest, stop)) for guest in (*patient, *hasty)]
    work.append(stage.spawn(sender.run(stop)))
    await stage.until(lambda: all(account.acks for account in stage.accounts) and reader.seq, "everyone was heard")

    stage.server.send_signal(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    heard = [len(account.acks) for account in stage.accounts]
    stage.server.send_signal(signal.SIGCONT)
    await stage.until(lambda: all(len(account.acks) > count for account, count in zip(stage.accounts, heard)),
                      "everyone was heard after the server's pause")
    expect(all(guest.connections > 1 for guest in hasty), "the impatient guests did not notice the pause")
    missed = sum(guest.closes.count(HEARTBEAT_MISSED) for guest in stage.guests)

    for client in (sender, reader):
        await stage.until(lambda: client.program.is_running, "a client to pause")
        before = [len(account.acks) for account in stage.accounts if account is not sender.account]
        client.program.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        after = [len(account.acks) for account in stage.accounts if account is not sender.account]
        expect(all(later > earlier for earlier, later in zip(before, after)),
               "the others went on while one client was stopped")
        heard = (len(sender.account.acks), reader.seq)
        client.program.send_signal(signal.SIGCONT)
        await stage.until(lambda: len(sender.account.acks) > heard[0] and reader.seq > heard[1],
                          "both were there after one client's pause")

    stop.set()
    for task in work:
        await task
    await reader.finish(reading, await stage.settle())
    stage.facts.update({"seconds of each pause": seconds,
                        "links of patient guests": sum(guest.connections for guest in patient),
                        "links of impatient guests": sum(guest.connections for guest in hasty),
                        "closed by the server for its own pause": missed})
    await stage.close_books()
    if missed or any(guest.connections != 1 for guest in patient):
        stage.audit.note(f"the server took its own pause for its clients': {[guest.closes for guest in stage.guests]}")
