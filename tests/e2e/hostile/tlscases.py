"""What only TLS can suffer."""
import contextlib
import os
import random
import ssl
import subprocess
import time

from wire import BINARY, TEXT, frame, request

from .aborts import HandTls
from .case import TLS, case, expect
from .crowds import DEADLINE, LATE, crowd_address, watch

ONLY_TLS = (TLS,)
SEED = 20


def record(kind, body, version=b"\x03\x01", length=None):
    return bytes([kind]) + version + (len(body) if length is None else length).to_bytes(2, "big") + body


@case("tls-garbage", ways=ONLY_TLS)
def tls_garbage(stage):
    """rubbish behind a TLS start, in the handshake and behind it"""
    dice = random.Random(SEED)
    with stage.link(starts_tls=False) as link:
        hello = HandTls(link).hello()
    rows = [dice.randbytes(300), record(22, dice.randbytes(300)), record(22, b"\1\0\0\0"),
            record(22, b"", length=65535), record(22, b"\1" + b"\xff" * 3 + b"x" * 16000, length=16384),
            record(22, b""), record(22, b"") * 1000,
            record(22, hello[5:], b"\x03\x00"), record(22, hello[5:], b"\x02\x00"), hello + dice.randbytes(500),
            hello + hello, hello + record(23, dice.randbytes(100)), hello + record(21, b"\2\x28"),
            hello + record(20, b"\1") * 100, hello[:100] + bytes(len(hello) - 100), hello + request(stage.target)]
    rows += [hello[:at] + bytes([hello[at] ^ 0xFF]) + hello[at + 1:] for at in range(0, len(hello), stage.count(3, 40))]
    links, begins = [], []
    for data in rows:
        links.append(stage.link(starts_tls=False))
        begins.append(time.monotonic())
        links[-1].try_send(b"\x16" + data[1:])
    # Refused at once, or when the handshake's deadline has come: a flipped byte may also be of no matter.
    lasted = watch(links, begins)
    expect(max(lasted) < DEADLINE + LATE, f"one lasted {max(lasted):.1f} s")
    at_once = sum(seconds < 1 for seconds in lasted)
    for data in (dice.randbytes(1000), record(23, dice.randbytes(100), b"\x03\x03"), request(stage.target),
                 record(22, b"\0\0\0\0", b"\x03\x03"), record(20, b"\1", b"\x03\x03") * 50):
        with stage.client() as client:
            os.write(client.socket.fileno(), data)  # below the TLS that Python has on it
            client.wait_end()
    return (f"{len(rows)} bad beginnings, {at_once} of them ended at once and all after {max(lasted):.1f} s;"
            " 5 bad goings-on ended")


@case("tls-connect-and-close", ways=ONLY_TLS, peak_mb=64)
def tls_connect_and_close(stage):
    """560 clients who finish TLS, or half of it, and go without a word"""
    count = stage.count(560, 80)
    for number in range(count):
        source = crowd_address(number)
        if number % 4 == 3:
            link = stage.link(source=source, starts_tls=False)
            link.send(HandTls(link).hello())
        else:
            link = stage.link(source=source)
        if number % 4 == 1:
            link.reset()
        elif number % 4 == 2:
            link.socket.setblocking(False)
            with contextlib.suppress(ssl.SSLWantReadError):
                link.socket.unwrap()  # TLS's own goodbye first, without waiting for the other's
            link.close()
        else:
            link.close()
    return f"{count} came and went"


def s_client(stage, *options, lines=()):
    """OpenSSL's own client, which can do what Python's will not: its output, exit status and all."""
    command = ["openssl", "s_client", "-connect", stage.target.authority, *options]
    client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for line in lines:
            time.sleep(0.05)  # each line is a command of its own only if it is read alone
            client.stdin.write(line)
            client.stdin.flush()
        return client.communicate(timeout=20)[0].decode("latin-1")
    except BrokenPipeError:
        return client.stdout.read().decode("latin-1")
    finally:
        client.kill()
        client.wait()
        client.stdout.close()


@case("tls-renegotiation", ways=ONLY_TLS)
def tls_renegotiation(stage):
    """attempts to shake hands again and again, or to change keys without end, and old versions of TLS"""
    heard = s_client(stage, "-tls1_2", lines=[b"R\n"] * 5)
    again = heard.count("RENEGOTIATING")
    expect(again > 0, f"s_client has not tried: {heard[-1000:]}")
    expect("no renegotiation" in heard or "handshake failure" in heard or again == 1,
           f"the server shook hands again: {heard[-1500:]}")
    changes = stage.count(40, 10)
    heard = s_client(stage, "-tls1_3", lines=[b"K\n"] * changes)
    expect("KEYUPDATE" in heard, f"s_client has not changed keys: {heard[-1000:]}")
    for version in ("-tls1", "-tls1_1"):
        heard = s_client(stage, version, "-cipher", "ALL:@SECLEVEL=0", "-brief")
        expect("CONNECTION ESTABLISHED" not in heard, f"{version[1:]} was spoken: {heard}")
    return f"renegotiation refused, {changes} changes of keys taken, TLS 1.0 and 1.1 refused"


@case("tls-small-records", ways=ONLY_TLS)
def tls_small_records(stage):
    """a message in thousands of records of one byte, and some of none"""
    data = frame(TEXT, b"x" * stage.count(5000, 1000))
    with stage.client() as client:
        for at in range(len(data)):
            client.send(data[at:at + 1])
        expect(client.message() == (TEXT, data and b"x" * stage.count(5000, 1000)), "the echo differs")
        expect(client.echoes(BINARY, b"whole" * 40_000), "an echo over many records")
    versions = []
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        only = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        only.check_hostname, only.verify_mode = False, ssl.CERT_NONE
        only.minimum_version = only.maximum_version = version
        with stage.link(starts_tls=False) as link:
            link.socket = only.wrap_socket(link.socket)
            link.send(request(stage.target, "/bench/echo"))
            expect(link.answer().status == 101, f"{version.name}: no upgrade")
            versions.append(link.socket.version())
    return f"{len(data)} records made one message; {' and '.join(versions)} served"
