"""A line on this computer that lets a random number of bytes through, either way, and is then cut."""

from __future__ import annotations

import select
import socket
import threading
from random import Random

_LEAST_BYTES = 2_000


class CutLine:
    """Forwards connections to a port. `quiet` lets everything through. `cuts`: how often it was cut.

    most_bytes: what a connection carries at most.
    """

    def __init__(self, port: int, random: Random, most_bytes: int = 400_000) -> None:
        self._target, self._random, self._most_bytes = port, random, most_bytes
        self.quiet = False
        self.cuts = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(0.1)
        self._is_open = True
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        """Where desks find the hub over this line."""
        return f"https://127.0.0.1:{self._door.getsockname()[1]}"

    def close(self) -> None:
        """No more connections; those there are end."""
        self._is_open = False
        for thread in self._threads:
            thread.join(10)
        self._door.close()

    def _listen(self) -> None:
        while self._is_open:
            try:
                near, _ = self._door.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=self._connect, args=(near,))
            self._threads.append(thread)
            thread.start()

    def _connect(self, near: socket.socket) -> None:
        with near:
            try:
                with socket.create_connection(("127.0.0.1", self._target), 5) as far:
                    self._carry(near, far)
            except OSError:
                return

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        other, left = {near: far, far: near}, self._random.randint(_LEAST_BYTES, self._most_bytes)
        while self._is_open:
            for source in select.select([near, far], [], [], 0.1)[0]:
                raw = source.recv(65536)
                if not raw:
                    return
                passed = raw if self.quiet else raw[:left]
                left -= len(raw)
                other[source].sendall(passed)
                if len(passed) < len(raw):
                    self.cuts += 1
                    return
