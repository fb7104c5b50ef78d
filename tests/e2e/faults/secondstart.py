"""A second start of one profile, while the first is at work."""
import asyncio
import json

from .guest import ROOM
from .ledger import Account, Ack
from .stage import expect

NAME = "second-start"
WHAT = "lanlinectl is started again on a profile that is in use"
LIMIT = 120  # seconds

COMMANDS = (("send", "--room", ROOM, "intruder"), ("tail", "--room", ROOM, "--since", "0"), ("status",))


async def play(stage):
    await stage.start_server()
    stage.guest("witness")
    profile = f"{stage.folder}/profile"
    account = Account("lanlinectl send", "first")
    stage.accounts.append(account)
    first = stage.ctl("--profile", profile, "--name", "first", "send", "--room", ROOM)

    async def say():
        text = stage.text("first")
        account.write(text)
        first.feed([text])
        line = json.loads(await asyncio.to_thread(first.next_line))
        account.ack(Ack(text, line["message_id"], line["seq"], line["duplicate"], line.get("recovered", False)))

    await say()
    starts = stage.count(30, 6)
    for number in range(starts):
        status, second = await stage.run_ctl("--profile", profile, *COMMANDS[number % len(COMMANDS)])
        expect((status, second.lines) == (1, []), f"the second start ended with {status}, said {second.lines}")
        expect("in use" in second.errors(), f"the second start said: {second.errors()}")
        await say()
    status = await asyncio.to_thread(first.finish)
    expect(status == 0, f"the first ended with {status}: {first.errors()}")
    # The profile is free again, and whose it was.
    status, last = await stage.run_ctl("--profile", profile, "send", "--room", ROOM, "first/last")
    expect(status == 0, f"a start after the first ended with {status}: {last.errors()}")
    account.write("first/last")
    line = json.loads(last.lines[0])
    account.ack(Ack("first/last", line["message_id"], line["seq"], line["duplicate"], line.get("recovered", False)))
    stage.facts["second starts, each told \"in use\" with exit status 1"] = starts
    await stage.close_books()
