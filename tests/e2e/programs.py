"""The programs under test, as processes: started, listened to, and ended by the tests that started them."""
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time

PATIENCE = 60  # seconds until something that must happen is given up on


def wait_until(condition, what):
    """Polls `condition`; its first true value."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"not in time: {what}")


class Program:
    """A running process whose standard output is read line by line as it comes. `options` go to Popen."""

    def __init__(self, *command, **options):
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=self._errors, **options)
        self._queue = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.lines = []

    def _read(self):
        for line in self._process.stdout:
            self._queue.put(line.decode())
        self._queue.put(None)

    @property
    def pid(self):
        return self._process.pid

    @property
    def is_running(self):
        return self._process.poll() is None

    def feed(self, lines):
        self._process.stdin.write("".join(line + "\n" for line in lines).encode())
        self._process.stdin.flush()

    def end_input(self):
        self._process.stdin.close()

    def next_line(self):
        """The next line of standard output; None at its end."""
        try:
            line = self._queue.get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError(f"no output in time: {self._process.args}; errors: {self.errors()}") from None
        if line is None:
            self._queue.put(None)  # it stays at its end
        else:
            self.lines.append(line)
        return line

    def read_until(self, count):
        while len(self.lines) < count:
            assert self.next_line() is not None, f"ended after {len(self.lines)} lines: {self.errors()}"

    def send_signal(self, number):
        self._process.send_signal(number)

    def finish(self):
        """Waits for its end; the exit status."""
        if not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            errors = self.errors()
            self.kill()
            raise AssertionError(f"did not end in time: {self._process.args}; errors: {errors}") from None
        while self.next_line() is not None:
            pass
        self._reader.join()
        return status

    def errors(self):
        self._errors.seek(0)
        return self._errors.read().decode()

    def kill(self):
        if self.is_running:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            try:
                stream.close()
            except BrokenPipeError:
                pass


class Server(Program):
    """lanlined on a free port (of the loopback, unless told otherwise), or on the one it had before. `arguments`: further
    ones of its command line."""

    def __init__(self, bin_dir, data, port=0, arguments=(), address="127.0.0.1", **options):
        super().__init__(os.path.join(bin_dir, "lanlined"), "--listen", f"{address}:{port}", "--data", data,
                         "--name", "Kitchen", *arguments, **options)
        line = self.next_line()
        assert line is not None, f"the server did not start: {self.errors()}"
        self.listening = json.loads(line)
        self.port = self.listening["port"]
        self.url = self.listening["url"]

    def unread_bytes(self):
        """What the clients have sent and this server has not read yet, summed over its connections."""
        total = 0
        with open("/proc/net/tcp", encoding="ascii") as table:
            for row in list(table)[1:]:
                fields = row.split()
                if int(fields[1].split(":")[1], 16) == self.port and fields[3] == "01":
                    total += int(fields[4].split(":")[1], 16)
        return total

    def stop(self):
        self.send_signal(signal.SIGTERM)
        return self.finish()
