"""The ledger of a run: what was sent, acknowledged, stored and delivered, and what does not add up.

It trusts nobody: senders keep what they said and what they were told, readers what came, the database file is read by
itself, and `audit` compares them.
"""
import collections
import dataclasses


@dataclasses.dataclass(frozen=True)
class Event:
    """A row of a room's history, wherever it was read."""
    seq: int
    message_id: str
    text: str


@dataclasses.dataclass(frozen=True)
class Ack:
    """STORED, as the sender heard it."""
    text: str
    message_id: str
    seq: int
    duplicate: bool = False
    recovered: bool = False


class Account:
    """What one author wrote, in order, and what it was told of it."""

    def __init__(self, kind, name):
        self.kind = kind  # accounts of a kind share a line of the table
        self.name = name
        self.written = []
        self.unsure = set()  # of `written`: may be missing, for no one took it over before the fault; never twice
        self.acks = []

    def write(self, text, unsure=False):
        self.written.append(text)
        if unsure:
            self.unsure.add(text)

    def promise(self, text):
        """It has turned out that the program had this one on its disk, or that the server has acknowledged it."""
        self.unsure.discard(text)

    def ack(self, ack):
        self.acks.append(ack)
        self.promise(ack.text)

    @property
    def sent(self):
        return len(self.written) - len(self.unsure)


@dataclasses.dataclass
class Reading:
    """What one reader was given, as it came. One that came late has begun behind `since`."""
    kind: str
    name: str
    events: list = dataclasses.field(default_factory=list)
    since: int = 0


class Audit:
    """The sums, and in words the first of each kind of what is wrong."""
    WORDS = 12

    def __init__(self):
        self.lost = 0
        self.duplicated = 0
        self.reordered = 0
        self.problems = []

    def note(self, what):
        if len(self.problems) < self.WORDS:
            self.problems.append(what)
        elif len(self.problems) == self.WORDS:
            self.problems.append("... and more")

    def lose(self, what):
        self.lost += 1
        self.note("lost: " + what)

    def duplicate(self, what):
        self.duplicated += 1
        self.note("duplicated: " + what)

    def reorder(self, what):
        self.reordered += 1
        self.note("reordered: " + what)

    @property
    def is_clean(self):
        return not (self.lost or self.duplicated or self.reordered or self.problems)


def audit(accounts, history, readings):
    """Compares both ends with `history`, the rows of the database file by seq."""
    result = Audit()
    _audit_history(result, accounts, history)
    for account in accounts:
        _audit_account(result, account, history)
    for reading in readings:
        _audit_reading(result, reading, history)
    return result


def _audit_history(result, accounts, history):
    for place, event in enumerate(history, 1):
        if event.seq != place:
            result.lose(f"the history has seq {event.seq} where {place} should be")
            break
    for what in ("message_id", "text"):
        for value, count in collections.Counter(getattr(event, what) for event in history).items():
            for _ in range(count - 1):
                result.duplicate(f"{what} {value[:60]!r} is in the history {count} times")
    known = {text for account in accounts for text in account.written}
    for event in history:
        if event.text not in known:
            result.note(f"seq {event.seq} was written by nobody: {event.text[:60]!r}")


def _audit_account(result, account, history):
    seq_of = {event.text: event.seq for event in history}
    at = {event.seq: event for event in history}
    for ack in account.acks:
        row = at.get(ack.seq)
        if row is None or (row.message_id, row.text) != (ack.message_id, ack.text):
            result.lose(f"{account.name}: acknowledged as seq {ack.seq}, where there is {row}: {ack.text[:60]!r}")
    acked = {ack.text for ack in account.acks}
    last = 0
    for text in account.written:
        seq = seq_of.get(text)
        if seq is None:
            if text not in account.unsure and text not in acked:  # those are counted above
                result.lose(f"{account.name}: not in the history: {text[:60]!r}")
        elif seq < last:
            result.reorder(f"{account.name}: seq {seq} was written after seq {last}")
        else:
            last = seq


def _audit_reading(result, reading, history):
    expected = {event.seq: event for event in history if event.seq > reading.since}
    last = reading.since
    seen = set()
    for event in reading.events:
        if event.seq in seen:
            result.duplicate(f"{reading.name} was given seq {event.seq} twice")
        elif event.seq < last:
            result.reorder(f"{reading.name} was given seq {event.seq} after {last}")
        if expected.get(event.seq) != event:
            result.note(f"{reading.name} was given {event}, the history has {expected.get(event.seq)}")
        seen.add(event.seq)
        last = max(last, event.seq)
    for seq in expected.keys() - seen:
        result.lose(f"{reading.name} was not given seq {seq}")
