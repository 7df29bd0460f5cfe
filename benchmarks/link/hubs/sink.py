"""The least hub there can be: takes records over HTTPS and keeps them in SQLite; for sending without a protocol.

    python -m benchmarks.link.hubs.sink FOLDER    (server.pem and server-key.pem lie there)
"""

from __future__ import annotations

import json
import socket
import sqlite3
import ssl
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import zstandard

HOST, PORT = "10.77.0.1", 8443
_MOST_BYTES = 1 << 28


class Shelf:
    """Records by id."""

    def __init__(self, file: Path) -> None:
        self._kept = sqlite3.connect(file, check_same_thread=False)
        self._kept.executescript("PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS record (id PRIMARY KEY, body)")
        self._turn = threading.Lock()

    def take(self, lines: bytes) -> int:
        """Keep one record per line; how many there are now."""
        rows = [(json.loads(line)[0], line) for line in lines.splitlines()]
        with self._turn, self._kept:
            self._kept.executemany("INSERT OR REPLACE INTO record VALUES (?, ?)", rows)
            return int(self._kept.execute("SELECT count(*) FROM record").fetchone()[0])


def make_server(folder: Path) -> ThreadingHTTPServer:
    """The server, ready to serve."""
    shelf = Shelf(folder / "sink.db")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server-key.pem")

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        timeout = 300

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "zstd":
                body = zstandard.ZstdDecompressor().decompress(body, max_output_size=_MOST_BYTES)
            answer = str(shelf.take(body)).encode()
            self.send_response_only(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing is written to the console."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: Any, client_address: Any) -> None:
            """The handshake in the caller's own thread; one who goes away is let go."""
            with suppress(OSError):
                request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                super().finish_request(context.wrap_socket(request, server_side=True), client_address)

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A caller who hangs up is nothing to talk about."""

    return Server((HOST, PORT), Door)


if __name__ == "__main__":
    make_server(Path(sys.argv[1])).serve_forever()
