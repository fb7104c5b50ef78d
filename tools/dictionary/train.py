#!/usr/bin/env python3
"""Trains the dictionary that Lanline's zstd uses, from texts that are made here.

    tools/dictionary/train.py --frames BUILD/bin/lanline-frames [--bytes N] [--check] [FILE]

FILE (by default the newest in protocol/dictionary/) becomes what the texts beside this script make of it; with --check
it is only compared. The same texts, the same version of zstd (1.5.4, of Debian 12) and the same N give the same bytes.

A dictionary that was ever shipped does not change any more: its id is what two programs agree on. Better texts make a
new file, with the next id; see protocol/CMakeLists.txt.
"""
import argparse
import json
import random
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEWEST = HERE.parent.parent / "protocol" / "dictionary" / "lanline-1.dict"
SAMPLES = 24_000
NEW_WORDS = 0.5  # of all
PEOPLE = 60
ROOMS = ["lobby", "general", "team", "random", "support", "lunch", "family", "dev", "ops", "news", "大厅", "闲聊"]
NAMES = ["Anna", "Peter", "Maria", "Tom", "Julia", "Mark", "Lisa", "David", "小王", "李娜", "张伟", "陈静", "刘洋",
         "Chris", "Nina", "Paul Weber", "Emma", "Ben", "王芳", "Alex", "Samuel", "赵敏", "Kim", "Laura", "黄磊"]


def lines_of(name):
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def letters_after(words):
    """Which letters follow which two (the first: ^ and one), as often as they do."""
    after = {}
    for word in words:
        marked = "^" + word + "$"
        for i in range(1, len(marked)):
            after.setdefault(marked[max(0, i - 2):i], []).append(marked[i])
    return after


class Writer:
    """Makes chat and the frames it travels in. The same seed says the same."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.slots = {}
        for line in lines_of("slots.txt"):
            name, values = line.split(":", 1)
            self.slots[name] = [value.strip() for value in values.split(",")]
        self.templates = [lines_of("english.txt"), lines_of("chinese.txt")]
        self.after = letters_after(re.findall(r"[a-z]{3,}", " ".join(self.templates[0]).lower()))
        self.people = [
            {"id": number, "name": self.random.choice(NAMES), "hue": self.random.randrange(1, 256),
             **({"is_guest": True} if self.random.random() < 0.3 else {})}
            for number in range(1, PEOPLE + 1)]
        self.now = 1_767_225_600_000  # 2026-01-01

    def sentence(self, language):
        template = self.random.choice(self.templates[language])
        return re.sub(r"\{([^}]+)\}", lambda slot: self.random.choice(self.slots[slot[1]]), template)

    def new_word(self):
        """What sounds English and is in no text of ours."""
        word = "^"
        while len(word) < 12:
            letter = self.random.choice(self.after[word[-2:]])
            if letter == "$":
                break
            word += letter
        return word[1:]

    def new_characters(self):
        """Two of the 3,755 characters that are in common use."""
        return "".join(
            bytes([self.random.randrange(0xB0, 0xD7), self.random.randrange(0xA1, 0xFA)]).decode("gb2312")
            for _ in range(2))

    def loosened(self, language, sentence):
        """The sentence with words nobody has foreseen: without them the dictionary would know every sentence by heart,
        and its tables would be made for what is left then, the random bytes of the ids."""
        if language:
            return re.sub(r"[\u4e00-\u9fff]{2}",
                          lambda pair: self.new_characters() if self.random.random() < NEW_WORDS else pair[0], sentence)
        return re.sub(r"[a-z]{4,}",
                      lambda word: self.new_word() if self.random.random() < NEW_WORDS else word[0], sentence)

    def text(self):
        language = int(self.random.random() < 0.5)
        text = self.loosened(language, self.sentence(language))
        if language == 0 and self.random.random() < 0.4:
            text = text[0].upper() + text[1:]
        if self.random.random() < 0.25:
            text += ("，" if language else ". ") + self.sentence(language)
        if self.random.random() < 0.08:
            text += self.random.choice([" 😀", " 👍", " 😂", "🎉", " :)", "！", "…", "~"])
        return text

    def uuid(self):
        raw = bytearray(struct.pack(">Q", self.now)[2:] + self.random.randbytes(10))
        raw[6] = raw[6] & 0x0F | 0x70
        raw[8] = raw[8] & 0x3F | 0x80
        text = raw.hex()
        return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])

    def event(self, seq):
        # Over two years: the upper bytes of a time are not worth learning.
        self.now += self.random.randrange(5_000_000)
        return {"seq": seq, "message_id": self.uuid(), "author": self.random.choice(self.people),
                "stored_ms": self.now, "text": self.text()}

    def frame(self):
        room = self.random.choice(ROOMS)
        seq = int(self.random.lognormvariate(7, 2)) + 1
        kind = self.random.random()
        if kind < 0.62:
            return "<", {"type": "EVENTS", "room": room, "events": [self.event(seq)]}
        if kind < 0.86:
            event = self.event(seq)
            return ">", {"type": "SEND", "room": room, "message_id": event["message_id"], "text": event["text"]}
        if kind < 0.90:
            events = [self.event(seq + i) for i in range(self.random.randrange(2, 5))]
            return "<", {"type": "EVENTS", "room": room, "events": events}
        if kind < 0.93:
            events = [self.event(seq + i) for i in range(self.random.randrange(2, 12))]
            return "<", {"type": "HISTORY", "request_id": self.random.randrange(1, 40), "room": room,
                         "events": events, "first_seq": 1, "from_seq": seq}
        if kind < 0.96:
            info = {"room": room, "title": room.capitalize(), "head_seq": seq,
                    "member_count": self.random.randrange(1, 90)}
            return "<", {"type": "ROOMS", "rooms": [info]}
        member = {"user": self.random.choice(self.people), "presence": self.random.choice(["ONLINE", "AWAY"])}
        return "<", {"type": "MEMBER", "room": room, "member": member, "is_member": True}


def train(frames_program, size, dictionary_id, output):
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(dictionary_id)
        talk = "".join(f"{way} {json.dumps(frame, ensure_ascii=False)}\n"
                       for way, frame in (writer.frame() for _ in range(SAMPLES)))
        subprocess.run([frames_program, folder], input=talk.encode(), check=True)
        samples = sorted(str(path) for path in Path(folder).iterdir())
        names = Path(folder) / "names"
        names.write_text("\n".join(samples))
        subprocess.run(["zstd", "--quiet", "--force", "--train-fastcover", "--filelist", str(names), "--maxdict", str(size),
                        f"--dictID={dictionary_id}", "-T1", "-o", str(output)], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", required=True, help="the program lanline-frames of a build")
    parser.add_argument("--bytes", type=int, default=8 * 1024)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("file", nargs="?", type=Path, default=NEWEST)
    arguments = parser.parse_args()

    dictionary_id = int(re.search(r"-(\d+)\.dict$", arguments.file.name)[1])
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        train(arguments.frames, arguments.bytes, dictionary_id, made)
        if not arguments.check:
            arguments.file.write_bytes(made.read_bytes())
        elif arguments.file.read_bytes() != made.read_bytes():
            sys.exit(f"{arguments.file} is not what the texts make")


if __name__ == "__main__":
    main()
