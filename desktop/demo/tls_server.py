"""A small HTTPS server on this computer, of the standard library alone: for the demonstration and the self-test."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOCAL = "127.0.0.1"


class TlsServer(ThreadingHTTPServer):
    """Answers on a free port of this computer, in threads of its own, until `stop`."""

    daemon_threads = True
    request_queue_size = 20

    def __init__(self, certificate: Path, key: Path, handler: type[BaseHTTPRequestHandler], port: int = 0) -> None:
        super().__init__((LOCAL, port), handler)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._callers: set[ssl.SSLSocket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"https://{LOCAL}:{self.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more, and hang up on whoever is still there."""
        self.shutdown()
        self.server_close()
        self._thread.join()
        for caller in list(self._callers):
            with suppress(OSError):
                caller.shutdown(socket.SHUT_RDWR)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """One caller, in its own thread; one who does not speak TLS is let go."""
        try:
            with self._context.wrap_socket(request, server_side=True) as caller:
                self._callers.add(caller)
                try:
                    super().finish_request(caller, client_address)
                finally:
                    self._callers.discard(caller)
        except OSError:
            return

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hangs up is nothing to talk about."""


class Answering(BaseHTTPRequestHandler):
    """Keeps the connection, keeps quiet, reads whole bodies."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def read_body(self) -> bytes:
        """The body of the request at hand."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def reply(self, status: int, body: bytes) -> None:
        """Answer with a body."""
        self.send_response(status)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        """End the connection as a broken line would."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is written to the console."""
