"""A network cable of our own: a TCP proxy that can drop, stall, reset and delay what goes through it."""
import asyncio
import socket
import struct

CHUNK = 65536


class Wire:
    """One connection through the proxy."""

    def __init__(self, proxy, near, far):
        self.proxy = proxy
        self.number = proxy.carried
        self.writers = (near[1], far[1])
        self.delay = 0.0  # seconds by which every chunk is late
        self.cut_after = None  # bytes until the reset, counted over both directions
        self._flows = asyncio.Event()
        self._flows.set()
        self._tasks = [asyncio.ensure_future(self._carry(near[0], far[1])),
                       asyncio.ensure_future(self._carry(far[0], near[1]))]

    async def _carry(self, reader, writer):
        try:
            while data := await reader.read(CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                await self._flows.wait()
                if self.cut_after is not None and len(data) > self.cut_after:
                    # Half a frame gets through, then the connection is reset.
                    writer.write(data[:self.cut_after])
                    self.proxy.cut_frames += 1
                    self.reset()
                    return
                if self.cut_after is not None:
                    self.cut_after -= len(data)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        self.drop()

    def _end(self):
        self.proxy.wires.discard(self)
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()

    def drop(self):
        """Both ends see the other hang up."""
        self._end()
        for writer in self.writers:
            writer.close()

    def reset(self):
        """Both ends get a RST, also for what they have sent and nobody has read."""
        self._end()
        for writer in self.writers:
            cable = writer.get_extra_info("socket")
            if cable.fileno() >= 0:
                cable.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.close()  # and not abort(): the half frame has to leave first

    def stall(self):
        """Nothing gets through, and nobody is told."""
        self._flows.clear()

    def flow(self):
        self._flows.set()


class Proxy:
    def __init__(self):
        self.wires = set()
        self.cut_frames = 0  # resets in the middle of a chunk
        self.carried = 0  # connections
        self.on_wire = None  # called with every new connection
        self.target = None

    async def start(self, target_port):
        self.target = target_port
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def _accept(self, reader, writer):
        try:
            far = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self.carried += 1
        wire = Wire(self, (reader, writer), far)
        self.wires.add(wire)
        if self.on_wire:
            self.on_wire(wire)

    def close(self):
        self._server.close()
        for wire in list(self.wires):
            wire.drop()
