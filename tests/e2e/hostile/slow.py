"""Readers that do not keep up: served at their own pace, or closed as slow reader and served from the history."""
import concurrent.futures
import itertools
import json
import time
import uuid

from wire import BINARY, CLOSE, frame

from .case import case, expect

PACE = 1_000_000  # bytes a second
SLOW_READER = 4008
SMALL_BUFFER = 64 * 1024  # of the kernel, or it would read for the reader
HURRY = 1e12
TEXT_BYTES = 8000
WINDOW = 32  # SENDs without an answer


def read_at(client, pace, take):
    """Reads `pace()` bytes a second, and gives each message's (opcode, payload) to `take` until that returns true or
    the connection ends; the close code, or how it ended, or None when `take` has had enough."""
    begin, total = time.monotonic(), 0
    while True:
        try:
            got = client.message()
        except AssertionError:
            if not client.ending:
                raise
            return "cut off"  # within a message
        if got is None:
            return client.ending
        total += len(got[1])
        if got[0] == CLOSE:
            return int.from_bytes(got[1][:2], "big")
        if take(*got):
            return None
        ahead = total / pace() - (time.monotonic() - begin)
        if ahead > 0:
            time.sleep(ahead)


@case("slow-echo", peak_mb=64)
def slow_echo(stage):
    """20 readers of their own echoes at 1 MB/s, who send as fast as they can"""
    count = stage.count(20, 5)
    messages = stage.count(60, 10)
    payload = bytes(range(250)) * 200
    data = frame(BINARY, payload)

    def play(client):
        # One thread for both directions: TLS in Python is not for two.
        pieces = itertools.repeat(data, messages)
        begin = time.monotonic()
        while len(client.buffer) < messages * len(payload) and not client.ending:
            client.pump(pieces, 0.01, reads=False)
            if len(client.buffer) < (time.monotonic() - begin) * PACE:
                client.receive_now(0.01)
            else:
                time.sleep(0.01)
        return all(client.message() == (BINARY, payload) for _ in range(messages))

    clients = [stage.client(receive_buffer=SMALL_BUFFER, patience=60) for _ in range(count)]
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        good = sum(pool.map(play, clients))
    expect(good == count, f"{count - good} of {count} did not get their echoes")
    return f"{count} x {messages * len(payload) / 1e6:.1f} MB came back"


@case("slow-subscribers", peak_mb=160)
def slow_subscribers(stage):
    """20 subscribers at 1 MB/s of a broadcast of 5 MB/s: each has all of it in order, or was closed with 4008"""
    count = stage.count(20, 6)
    messages = stage.count(1200, 500)
    rate = 5 * PACE
    size = 20_000

    def listen(client, pace):
        heard = []

        def take(_, got):
            heard.append(int(got[:8]))
            return len(heard) == messages

        ending = read_at(client, lambda: pace, take)
        expect(heard == list(range(len(heard))), "a subscriber missed some in the middle")
        return ending

    clients = [stage.client("/bench/broadcast", receive_buffer=SMALL_BUFFER, patience=60) for _ in range(count)]
    swift = stage.client("/bench/broadcast", patience=60)
    sender = stage.client("/bench/broadcast", patience=60)
    with concurrent.futures.ThreadPoolExecutor(count + 1) as pool:
        listening = [pool.submit(listen, client, PACE) for client in clients]
        hearing = pool.submit(listen, swift, HURRY)
        begin = time.monotonic()
        for number in range(messages):
            sender.pump([frame(BINARY, b"%08d" % number + b"." * (size - 8))])
            sender.buffer.clear()
            time.sleep(max(0, begin + (number + 1) * size / rate - time.monotonic()))
        endings = [done.result(120) for done in listening]
        expect(hearing.result(120) is None, "the swift subscriber did not get all")
    served = endings.count(None)
    closed = endings.count(SLOW_READER)
    expect(served + closed == count, f"{served} served, {closed} closed with 4008, and others: {endings}")
    return f"{served} served, {closed} closed with 4008; a swift one has all"


class Reader:
    """A guest who reads a room at a pace, and comes back for what he has missed."""

    def __init__(self, stage, name, room, first_seq, pace):
        self.stage, self.name, self.room, self.pace = stage, name, room, pace
        self.seq = first_seq
        self.texts = []
        self.closes = []
        self._guest = None

    def enter(self, receive_buffer=SMALL_BUFFER):
        self._guest = self.stage.guest(self.name, receive_buffer=receive_buffer, patience=60)
        if not any(room["info"]["room"] == self.room for room in self._guest.welcome["rooms"]):
            self._guest.say("JOIN", request_id=1, room=self.room)
            self._guest.heard("JOINED")
        self._ask()

    def _ask(self):
        self._guest.say("EVENTS_GET", request_id=2, room=self.room, after_seq=self.seq)

    def read(self, until):
        """Until so many texts were heard, however often it has to come back."""
        while len(self.texts) < until:
            ending = read_at(self._guest, lambda: self.pace, lambda _, got: self._take(json.loads(got), until))
            self.closes.append(ending)
            expect(len(self.closes) < 50, f"{self.name} never gets to the end: {self.closes}")
            if len(self.texts) < until:
                self.enter(None)

    def _take(self, message, until):
        if message["type"] == "EVENTS" and message["room"] == self.room:
            for event in message.get("events", []):
                expect(event["seq"] == self.seq + 1, f"{self.name} heard seq {event['seq']} after {self.seq}")
                self.seq = event["seq"]
                self.texts.append(event["text"])
            if message.get("request_id") and not message.get("live"):
                self._ask()
        return len(self.texts) >= until


@case("slow-chat-readers", peak_mb=96, limit_s=240)
def slow_chat_readers(stage):
    """members who read at 1 MB/s, at 0.1 MB/s and not at all, of a room with much to say: 4008, and nothing lost"""
    room = "torrent"
    count = stage.count(2500, 900)
    author = stage.guest("Torrent", patience=60)
    author.say("CREATE_ROOM", request_id=1, room=room)
    first = author.heard("JOINED")["room"]["info"].get("head_seq", 0)
    readers = [Reader(stage, name, room, first, pace) for name, pace in
               (("Megan", PACE), ("Milo", PACE), ("Sam", PACE / 10), ("Nora", 0))]
    for reader in readers:
        reader.enter()
    texts = [f"{number} " + "x" * TEXT_BYTES for number in range(count)]
    with concurrent.futures.ThreadPoolExecutor(len(readers)) as pool:
        reading = [pool.submit(reader.read, count) for reader in readers if reader.pace]
        say_all(author, room, texts)
        for reader in readers:
            if reader.pace < PACE:  # has been too slow for the talk; from here on it hurries
                is_late = not reader.pace
                reader.pace = HURRY
                if is_late:
                    reading.append(pool.submit(reader.read, count))
        for done in reading:
            done.result(120)
    for reader in readers:
        expect(reader.texts == texts, f"{reader.name} has {len(reader.texts)} texts of {count}, or others")
    closes = {reader.name: reader.closes[:-1] for reader in readers}
    expect(closes["Nora"], "who reads nothing was not closed")
    # Who hardly reads at all may be gone before it could be told why.
    allowed = {reader.name: {SLOW_READER} for reader in readers}
    allowed["Sam"] = allowed["Nora"] = {SLOW_READER, "reset", "end", "cut off"}
    wrong = {name: codes for name, codes in closes.items() if set(codes) - allowed[name]}
    expect(not wrong, f"closed otherwise than with {SLOW_READER}: {wrong}")
    told = "; ".join(f"{name} {codes or 'served'}" for name, codes in closes.items())
    return f"{count} texts of 8 KB, all heard by all; {told}"


def say_all(author, room, texts):
    """As fast as they are stored."""
    waiting = iter(texts)
    in_flight = 0
    stored = 0
    while stored < len(texts):
        while in_flight < WINDOW and (text := next(waiting, None)) is not None:
            author.say("SEND", room=room, message_id=str(uuid.uuid4()), text=text)
            in_flight += 1
        kind = author.hear()["type"]
        expect(kind not in ("REFUSED", "ERROR"), f"the author was told {kind}")
        if kind == "STORED":
            stored += 1
            in_flight -= 1
