#!/usr/bin/python3
"""A chat to poll, as lanline-bench measures it, that does its work or, asked to, one thing wrong.
Usage: polling_peer.py good|chunks|forgets|repeats|refuses|babbles"""
import json
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

FAULT = sys.argv[1]
AFTER = 5  # messages that go well first
texts = []
posts = 0
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece
    disable_nagle_algorithm = True

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        global posts
        with lock:
            is_now = posts == AFTER
            posts += 1
            if not (is_now and FAULT == "forgets"):
                texts.append(text)
            if is_now and FAULT == "repeats":
                texts.append(text)
            seq = len(texts)
        self.answer({"seq": seq})

    def do_GET(self):
        since = int(parse_qs(urlparse(self.path).query)["since"][0])
        with lock:
            messages, last = texts[since:], len(texts)
        if last > AFTER and FAULT == "refuses":
            self.send_error(503)
        elif last > AFTER and FAULT == "babbles":
            self.answer("hello")
        else:
            self.answer({"last": last, "messages": messages})

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        if FAULT == "chunks":
            self.send_header("Transfer-Encoding", "chunked")
            middle = len(body) // 2
            body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:middle], body[middle:])) + b"0\r\n\r\n"
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512


server = Server(("127.0.0.1", 0), Handler)
port = server.server_address[1]
print(json.dumps({"event": "listening", "url": f"http://127.0.0.1:{port}", "port": port}), flush=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server.serve_forever()
