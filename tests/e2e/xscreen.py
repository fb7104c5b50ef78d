"""An X server of our own, and what a person does with the windows on it."""

import ctypes
import os
import struct
import subprocess

from programs import PATIENCE, wait_until


class Screen:
    """From its making to close(), programs that this process starts have their windows on it."""

    def __init__(self):
        read, write = os.pipe()
        self.xserver = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1200x24", "-nolisten",
                                         "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as display:
            os.environ["DISPLAY"] = ":" + display.readline().strip()
        os.environ["QT_QPA_PLATFORM"] = "xcb"

    def close(self):
        self.xserver.terminate()
        self.xserver.wait(timeout=PATIENCE)


def windows_with(title, of=None):
    """The windows with this title, of any process or of this one."""
    pid = ["--all", "--pid", str(of.pid)] if of else []
    return subprocess.run(["xdotool", "search", "--onlyvisible", *pid, "--name", title],
                          capture_output=True, text=True, check=False).stdout.split()


def window_with(title, of=None):
    return wait_until(lambda: windows_with(title, of), f"a window called {title}")[0]


def press(window, key):
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    subprocess.run(["xdotool", "key", key], check=True)


def type_into(window, text):
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
    subprocess.run(["xdotool", "key", "Return"], check=True)


def pixels_of(window, left=0):
    """A window's pixels, but for those at its left, as rows of bytes, by the header of an XWD dump."""
    dump = subprocess.run(["xwd", "-silent", "-id", window], check=True, capture_output=True).stdout
    header_size, _, _, _, width, height = struct.unpack(">6I", dump[:24])
    bits_per_pixel, bytes_per_line = struct.unpack(">2I", dump[44:52])
    colours = struct.unpack(">I", dump[76:80])[0]
    pixels = dump[header_size + 12 * colours:]
    step = bits_per_pixel // 8
    return [pixels[y * bytes_per_line + left * step:y * bytes_per_line + width * step] for y in range(height)]


class ClientMessage(ctypes.Structure):
    """X11's XClientMessageEvent, in the room of an XEvent."""
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("rest", ctypes.c_long * 24)]


def ask_to_close(window):
    """What a window manager sends when somebody closes the window; xdotool can only destroy it."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))

    def atom(name):
        return x11.XInternAtom(display, name, 0)
    message = ClientMessage(type=33, window=int(window), message_type=atom(b"WM_PROTOCOLS"), format=32)
    message.data[0] = atom(b"WM_DELETE_WINDOW")
    x11.XSendEvent(display, ctypes.c_ulong(int(window)), 0, ctypes.c_long(0), ctypes.byref(message))
    x11.XCloseDisplay(display)
