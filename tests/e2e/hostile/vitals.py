"""What a running process costs, as the system tells it."""
import contextlib
import os
import resource
import time

MB = 1024 * 1024


def scheduled_seconds(pid, field):
    """By thread of a process: 0: run, 1: waited for a processor."""
    seconds = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError):  # it has just ended
            with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
                seconds[thread] = int(file.read().split()[field]) / 1e9
    return seconds


class Vitals:
    def __init__(self, pid):
        self.pid = pid

    def _status(self, field):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith(field + ":"))

    def memory(self):
        """Resident bytes."""
        return self._status("VmRSS")

    def peak(self):
        """Most resident bytes since forget_peak()."""
        return self._status("VmHWM")

    def forget_peak(self):
        with open(f"/proc/{self.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")

    def descriptors(self):
        """What each open descriptor is ("socket:[77]", the path of a file), but for the database: the store opens it
        again when it first has to read an old page."""
        found = []
        for number in os.listdir(f"/proc/{self.pid}/fd"):
            with contextlib.suppress(FileNotFoundError):  # it has just been closed
                found.append(os.readlink(f"/proc/{self.pid}/fd/{number}"))
        return [name for name in found if "/lanline.db" not in name]

    def descriptor_count(self):
        """All of them."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def allow_descriptors(self, count):
        """Lowers the limit of the running process, and returns what it was."""
        before = resource.prlimit(self.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(self.pid, resource.RLIMIT_NOFILE, (count, before[1]))
        return before[0]

    def cpu_seconds(self):
        """Of all its threads that live, to the nanosecond; /proc/PID/stat counts in hundredths."""
        return sum(scheduled_seconds(self.pid, 0).values())

    def waits(self):
        """Seconds in which its threads, and this program's, could have run and others had the processors."""
        return [scheduled_seconds(pid, 1) for pid in (self.pid, os.getpid())]

    def waited_since(self, before):
        """Seconds that others have taken since waits() told `before`: of each program the thread that waited longest,
        for a login goes through one at a time."""
        return sum(max((seconds - old.get(thread, seconds) for thread, seconds in new.items()), default=0)
                   for old, new in zip(before, self.waits()))

    def load(self, seconds):
        """Share of one core used during the next `seconds`."""
        before, begin = self.cpu_seconds(), time.monotonic()
        time.sleep(seconds)
        return max(0.0, self.cpu_seconds() - before) / (time.monotonic() - begin)
