"""A computer between two cables that passes on every frame as it is, a while later: `relay DEVICE DEVICE SECONDS`."""
import collections
import select
import socket
import sys
import time

EVERY_KIND = 0x0003  # of frame: ETH_P_ALL
SOL_PACKET = 263
PACKET_VNET_HDR = 15
PACKET_IGNORE_OUTGOING = 23
LARGEST = 1 << 17


def open_device(name):
    device = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_KIND))
    # With what the kernel has left undone for a virtual cable (checksums, cutting into pieces): it does so behind us.
    device.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    device.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    device.bind((name, 0))
    return device


def main():
    first, second = (open_device(name) for name in sys.argv[1:3])
    delay = float(sys.argv[3])
    other = {first: second, second: first}
    held = collections.deque()  # all are held equally long, so they leave in the order in which they came
    print("relaying", flush=True)
    while True:
        patience = max(0, held[0][0] - time.monotonic()) if held else None
        for device in select.select([first, second], [], [], patience)[0]:
            held.append((time.monotonic() + delay, other[device], device.recv(LARGEST)))
        while held and held[0][0] <= time.monotonic():
            _, device, frame = held.popleft()
            try:
                device.send(frame)
            except OSError:
                pass  # a cable that is down carries nothing


if __name__ == "__main__":
    main()
