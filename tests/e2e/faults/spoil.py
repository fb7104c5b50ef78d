"""Ways in which a SQLite file is found by a program that had left a good one."""
import contextlib
import hashlib
import os
import sqlite3

NEWER = 999  # user_version


def digest(file):
    with open(file, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def tear(file, random):
    """Half of a page that is in use never reached the disk, and what had been there before is left."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        page_size = database.execute("PRAGMA page_size").fetchone()[0]
        pages = database.execute("PRAGMA page_count").fetchone()[0]
    page = random.randrange(1, pages)
    with open(file, "r+b") as stream:
        stream.seek(page * page_size + random.choice((0, page_size // 2)))
        stream.write(random.randbytes(page_size // 2))


def truncate(file, random):
    os.truncate(file, os.path.getsize(file) // 4096 // random.randint(2, 8) * 4096)


def truncate_oddly(file, random):
    os.truncate(file, random.randrange(101, os.path.getsize(file) - 4096))


def behead(file, random):
    with open(file, "r+b") as stream:
        stream.write(random.randbytes(100))


def renew(file, _):
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version={NEWER}")
        database.commit()


def replace(file, random):
    with open(file, "wb") as stream:
        stream.write(random.randbytes(50_000))


SPOILED = {"torn in the middle": tear, "truncated": truncate, "cut within a page": truncate_oddly,
           "without its header": behead, "of a newer version": renew, "no database": replace}
