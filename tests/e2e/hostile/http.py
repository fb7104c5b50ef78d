"""Plain HTTP, and requests that almost are an opening handshake."""
import time

from wire import ask, request

from .case import TLS, case, expect

KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # of RFC 6455, 16 bytes


def check(stage, rows):
    """`rows`: name, bytes, and the status, or several that would do."""
    for name, data, *allowed in rows:
        answer = ask(stage.target, data)
        expect(answer.status in allowed, f"{name}: {' or '.join(map(str, allowed))} expected, not {answer.status}")
        if answer.status not in (0, 101):
            length = answer.headers.get("content-length")
            expect(length == str(len(answer.body)), f"{name}: Content-Length {length}, body of {len(answer.body)}")
    return f"{len(rows)} requests answered as they should be"


def get(stage, path, method="GET", version="HTTP/1.1", headers=None, host=None):
    lines = [f"{method} {path} {version}", f"Host: {host or stage.target.authority}", *(headers or [])]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@case("plain-http")
def plain_http(stage):
    """health, other paths, other methods, other versions of WebSocket"""
    health = ask(stage.target, get(stage, "/healthz"))
    expect((health.status, health.body.strip()) == (200, b'{"status":"ok"}'), f"/healthz: {health}")
    head = ask(stage.target, get(stage, "/healthz", "HEAD"))
    expect((head.status, head.body) == (200, b""), f"HEAD /healthz: {head}")
    upgrade = ask(stage.target, get(stage, "/"))
    expect(upgrade.headers.get("sec-websocket-version") == "13" and "upgrade" in upgrade.headers, f"426: {upgrade}")
    rows = [
        ("GET /", get(stage, "/"), 426),
        ("GET / with a body", get(stage, "/", headers=["Content-Length: 3"]) + b"abc", 426),
        ("POST /healthz", get(stage, "/healthz", "POST"), 405), ("GET /nothing", get(stage, "/nothing"), 404),
        ("upgrade elsewhere", request(stage.target, "/chat"), 404),
        ("upgrade of /bench", request(stage.target, "/bench"), 404),
        ("upgrade of //", request(stage.target, "//"), 404),
        ("upgrade by POST", request(stage.target).replace(b"GET", b"POST", 1), 426),
        ("no version of WebSocket", request(stage.target, without=["Sec-WebSocket-Version"]), 426),
        *((f"WebSocket {version}", request(stage.target, Sec_WebSocket_Version=version), 426)
          for version in ("8", "0", "14", "256", "13, 13", "x", "")),
        ("no Upgrade", request(stage.target, without=["Upgrade"]), 426),
        ("Upgrade: h2c", request(stage.target, Upgrade="h2c"), 426),
        ("no Connection", request(stage.target, without=["Connection"]), 426),
        ("Connection: close", request(stage.target, Connection="close"), 426),
        ("unknown subprotocols", request(stage.target, protocol="chat, soap"), 400),
    ]
    return check(stage, rows)


@case("healthz-unread")
def healthz_unread(stage):
    """a health check that says more than it should, in the same packet and later"""
    rows = [("a second request behind", get(stage, "/healthz") * 2, 200),
            ("100 KB behind", get(stage, "/healthz") + b"x" * 100_000, 200)]
    said = check(stage, rows)
    with stage.link() as link:
        link.send(get(stage, "/healthz"))
        expect(link.answer().status == 200, "no 200")
        link.pump([b"x" * 65536] * 100, 5)
        link.wait_end()
    return said


@case("operator-pages")
def operator_pages(stage):
    """what is for the operator alone: asked for wrongly, by strangers, all at once, and by those who do not stay"""
    def post(body, path="/debug/pprof/symbol", length=None):
        return get(stage, path, "POST", headers=[f"Content-Length: {length or len(body)}"]) + body

    pages = ("/metrics", "/debug/pprof/", "/debug/pprof/threads", "/debug/pprof/profile?seconds=1")
    strange = ("Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "X-Forwarded-For: 127.0.0.1")
    rows = [(f"{header} of {page}", get(stage, page, headers=[header]), 403) for page in pages for header in strange]
    rows += [(f"another's Host of {page}", get(stage, page, host="evil.example"), 403, 421) for page in pages]
    rows += [(f"a token of {page}", get(stage, page, headers=["Authorization: Bearer x"]), 401) for page in pages]
    rows += [
        *((f"{seconds} seconds", get(stage, f"/debug/pprof/profile?seconds={seconds}"), 400)
          for seconds in ("0", "-1", "61", "1e9", "x", "9" * 4000)),
        ("no such page", get(stage, "/debug/pprof/../metrics"), 404), ("DELETE", get(stage, "/metrics", "DELETE"), 405),
        ("no address", post(b"0x1+x"), 400), ("addresses of nobody", post(b"0x1+" * 40_000 + b"0x1"), 200),
        ("too long", post(b"x", length=1_048_577), 413), ("two lengths", post(b"x", length="1, 1"), 400),
        ("chunks", get(stage, "/debug/pprof/symbol", "POST", headers=["Transfer-Encoding: chunked"]), 411),
        ("less than it says", post(b"0x1", length=100)[:-1], 400, 0),
    ]
    said = check(stage, rows)
    # More than are served at once, and gone before the answer.
    links = [stage.link() for _ in range(100)]
    for link in links:
        link.send(get(stage, "/debug/pprof/profile?seconds=60"))
    for link in links:
        link.close()
    deadline = time.monotonic() + 5  # until the server has seen all of them go
    while (answer := ask(stage.target, get(stage, "/metrics"))).status == 503 and time.monotonic() < deadline:
        time.sleep(0.02)
    expect(answer.status == 200 and b"lanline_build_info" in answer.body, f"/metrics: {answer.status}")
    return said


@case("origin-and-host")
def origin_and_host(stage):
    """pages of other origins, hosts that are not this server"""
    own = stage.target.authority
    port = stage.target.port
    foreign = ["http://evil.example", f"http://127.0.0.1:{port + 1 if port < 65535 else 1}", "http://127.0.0.1",
               f"http://localhost:{port}", "null", "", "file://", f"http://{own}@evil.example",
               f"http://evil.example/{own}", f"http://evil.example#{own}", f"http://evil.example\\@{own}",
               f"http://{own}.evil.example", f"http://{own} http://evil.example", "x" * 4000]
    rows = [(f"Origin {origin[:50]}", request(stage.target, path, Origin=origin), 403)
            for origin in foreign for path in ("/", "/bench/echo")]
    rows += [("own Origin", request(stage.target, Origin=f"http://{own}"), 101),
             ("own Origin, TLS", request(stage.target, Origin=f"https://{own}"), 101),
             ("two Origins", request(stage.target, Origin=[f"http://{own}", "http://evil.example"]), 403, 400)]
    hosts = ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", "local")
    rows += [(f"Host {host}", request(stage.target, Host=host), 403, 421) for host in hosts]
    rows += [(f"Host {host} of /healthz", get(stage, "/healthz", host=host), 403, 421) for host in hosts]
    rows += [(f"Host {host}", request(stage.target, Host=host), 101)
             for host in (own, "127.0.0.1", f"localhost:{port}", "LOCALHOST", "[::1]", f"[::1]:{port}", "box.local")]
    rows += [(f"Host {host!r}", request(stage.target, Host=host), 400, 403)
             for host in ("", "a b", "a:b", "127.0.0.1:99999", "[::1", "a/b", "user@127.0.0.1",
                          "127.0.0.1,evil.example", "127.0.0.1?x", "127.0.0.1#x", "%zz")]
    return check(stage, rows)


@case("malformed-heads")
def malformed_heads(stage):
    """duplicate, folded, cut and over-long headers, wrong keys, wrong ends of line"""
    own = stage.target.authority
    good = request(stage.target)

    def with_line(line):
        return good[:-2] + line + b"\r\n\r\n"

    rows = [
        ("two Hosts", request(stage.target, Host=[own, own]), 400),
        ("two different Hosts", request(stage.target, Host=[own, "evil.example"]), 400),
        ("no Host", request(stage.target, without=["Host"]), 400),
        ("two keys", request(stage.target, Sec_WebSocket_Key=[KEY, KEY]), 400),
        ("no key", request(stage.target, without=["Sec-WebSocket-Key"]), 400),
        *((f"key {key!r}", request(stage.target, Sec_WebSocket_Key=key), 400)
          for key in ("", "AA==", "dGhlIHNhbXBsZSBub25jZ", "dGhlIHNhbXBsZSBub25jZQAA", "!" * 24, KEY + " " + KEY,
                      "dGhlIHNhbXBsZSBub25jZQ=!", "A" * 4000, KEY + ", " + KEY)),
        ("two versions of WebSocket", request(stage.target, Sec_WebSocket_Version=["13", "13"]), 400, 426),
        ("no colon", with_line(b"just words"), 400), ("no name", with_line(b": value"), 400),
        ("space before the colon", with_line(b"X-A : b"), 400), ("space in a name", with_line(b"X A: b"), 400),
        ("folded line", with_line(b"X-A: b\r\n c"), 400), ("folded by a tab", with_line(b"X-A: b\r\n\tc"), 400),
        ("first header folded", good.replace(b"\r\n", b"\r\n ", 1), 400),
        ("NUL in a value", with_line(b"X-A: b\0c"), 400), ("NUL in a name", with_line(b"X\0A: b"), 400),
        ("NUL in the path", get(stage, "/\0"), 400), ("CR in a value", with_line(b"X-A: b\rc"), 400),
        ("LF in a value", with_line(b"X-A: b\nc"), 400), ("non-ASCII name", with_line("X-é: b".encode()), 400),
        ("escape in a value", with_line(b"X-A: \x1b[2J"), 400), ("DEL in a value", with_line(b"X-A: \x7f"), 400),
        ("lower-case method", good.replace(b"GET", b"get", 1), 400, 426),
        ("HTTP/1.0", good.replace(b"HTTP/1.1", b"HTTP/1.0", 1), 400),
        ("HTTP/1.2", good.replace(b"HTTP/1.1", b"HTTP/1.2", 1), 400),
        ("HTTP/2.0", good.replace(b"HTTP/1.1", b"HTTP/2.0", 1), 400), ("no version", b"GET /\r\n\r\n", 400),
        ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), ("CONNECT", b"CONNECT x:1 HTTP/1.1\r\n\r\n", 400),
        ("no method", good[3:], 400), ("two spaces", good.replace(b" ", b"  ", 1), 400),
        ("space in the path", get(stage, "/a b"), 400),
        ("an absolute URL", good.replace(b"GET /", b"GET http://a/", 1), 400, 403, 404),
        ("an asterisk", get(stage, "*"), 400, 404), ("empty lines only", b"\r\n\r\n", 400),
        ("rubbish", b"\xff" * 64 + b"\r\n\r\n", 400),
        ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", 400),
        ("a head of 8 KiB and a byte", with_line(b"X-A: " + b"b" * 8192), 431),
        ("a head of 1 MB", with_line(b"X-A: " + b"b" * 1_000_000), 431),
        ("1,000 headers", with_line(b"\r\n".join([b"X-A: b"] * 999)), 431, 400),
        ("a path of 8 KiB", get(stage, "/" + "a" * 8192), 431), ("nothing but a long line", b"a" * 100_000, 431),
        ("a head just short enough", with_line(b"X-A: " + b"b" * (8192 - len(good) - 7)), 101),
    ]
    said = check(stage, rows)
    # Without a blank line of its kind a head never ends: closed at the deadline, with or without a word.
    links = {"LF": stage.link(), "CR": stage.link()}
    links["LF"].send(good.replace(b"\r\n", b"\n"))
    links["CR"].send(good.replace(b"\r\n", b"\r"))
    for name, link in links.items():
        answer = link.answer()
        expect(answer.status in (0, 400, 408) and link.wait_end(), f"bare {name}: {answer}")
    return said


@case("plain-on-tls-port", ways=(TLS,))
def plain_on_tls_port(stage):
    """the same port serves plain HTTP and plain WebSocket beside TLS"""
    plain = type(stage.target)(stage.target.port)
    answer = ask(plain, b"GET /healthz HTTP/1.1\r\nHost: " + plain.authority.encode() + b"\r\n\r\n")
    expect(answer.status == 200, f"plain /healthz: {answer}")
    login = stage.log_in_swiftly("over plain WebSocket", target=plain)
    expect(ask(plain, b"\x15\x03\x01\x00\x02\x02\x28" + b"\r\n\r\n").status == 400, "a TLS alert as a first word")
    return f"200; plain login {login:.0f} ms"
