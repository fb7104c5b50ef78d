"""What a server that cannot write has to do, whatever the reason: tell everyone, refuse for now, read on, recover."""
import asyncio

from .senders import CtlReader, CtlSender
from .stage import expect


class Writers:
    """Guests and lanlinectl who go on talking while the disk fails."""

    def __init__(self, stage):
        self.stage = stage
        self.stop = asyncio.Event()
        self.guests = [stage.guest(f"guest{number}") for number in range(3)]
        # Nobody who writes: it has to be told all the same.
        self.listener = stage.guest("listener")
        self.senders = [CtlSender(stage, "device", profile=f"{stage.folder}/device"), CtlSender(stage, "ctl")]
        self.reader = CtlReader(stage, "tail", seconds=None)
        self.reading = stage.spawn(self.reader.run())
        self.work = [stage.spawn(stage.chatter(guest, self.stop, longest_pause=0.05)) for guest in self.guests]
        self.work += [stage.spawn(sender.run(self.stop)) for sender in self.senders]

    @property
    def acked(self):
        return sum(len(account.acks) for account in self.stage.accounts)

    async def talk(self):
        """Until everybody who talks was acknowledged something new."""
        await self.stage.status()
        before = [len(one.account.acks) for one in (*self.guests, *self.senders)]
        await self.stage.until(lambda: all(len(one.account.acks) > count for one, count
                                           in zip((*self.guests, *self.senders), before)), "everyone is heard")

    async def fail_and_recover(self, break_disk, mend_disk):
        stage = self.stage
        told = [len(guest.store_states) for guest in stage.guests]
        refused = sum(guest.refused.get("READ_ONLY", 0) for guest in self.guests)
        break_disk()
        await stage.until(lambda: sum(guest.refused.get("READ_ONLY", 0) for guest in self.guests) > refused,
                          "a SEND was refused as READ_ONLY with retry_after")
        await stage.until(lambda: all(guest.store_states[count:count + 1] == [False]
                                      for guest, count in zip(stage.guests, told)),
                          "STORE_STATE without `writable` at everyone", patience=20)
        await asyncio.sleep(stage.random.uniform(0.5, 1.5))  # it lasts
        stored = (await stage.status())["stored"]
        acked = self.acked
        await asyncio.sleep(0.5)
        expect(self.acked == acked and (await stage.status())["stored"] == stored, "stored although it cannot write")
        head = max(guest.seq for guest in stage.guests)
        history = await stage.tail_all(head)
        expect([event.seq for event in history] == list(range(1, head + 1)), "the history cannot be read meanwhile")
        mend_disk()
        await stage.until(lambda: all(guest.store_states[count:][-1:] == [True]
                                      for guest, count in zip(stage.guests, told)),
                          "STORE_STATE with `writable` at everyone", patience=30)
        await self.talk()

    async def finish(self):
        self.stop.set()
        for task in self.work:
            await task
        await self.reader.finish(self.reading, await self.stage.settle())
        refused = sum(sum(guest.refused.values()) for guest in self.guests)
        self.stage.facts.update({"refused as READ_ONLY (guests)": refused,
                                 "STORE_STATE heard (all guests)": sum(len(g.store_states) for g in self.stage.guests)})
        expect(all(guest.connections == 1 for guest in self.stage.guests), "a link was lost over it")
        await self.stage.close_books()
