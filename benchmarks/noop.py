"""Nothing to say: one round trip, and how many bytes that takes on the wire.

`python -m benchmarks noop` runs a real hub process behind TLS and a counting TCP forwarder on the way to it. Payload
is what TCP carries, TLS included; IP bytes of a new connection are reckoned from it: 40 of headers per segment of at
most 1,400 bytes, three for the greeting, two for the farewell and an acknowledgement for every two segments.
"""

from __future__ import annotations

import os
import selectors
import socket
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.store import Folder, Store, Surroundings
from sync.client import enrolment
from sync.client.round import run_round
from sync.client.transport import HttpsTransport
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from tests.server.conftest import DISTRICT, TOWN
from tests.server.service import Service, command
from tests.simulation.town import QUICK, SECRET

KEPT_BYTES, NEW_BYTES = 500, 1_500
"""Claims, each way: TCP payload on a kept connection, IP bytes with a new resumed one."""
SEGMENT, HEADER = 1_400, 40


@dataclass
class Counter:
    """A forwarder to a port on this machine that counts what crosses it."""

    port: int
    up: int = 0
    down: int = 0
    door: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    def __post_init__(self) -> None:
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.door.getsockname()[1]}"

    def taken(self) -> tuple[int, int]:
        """Bytes up and down since it was last asked."""
        time.sleep(0.2)
        found, self.up, self.down = (self.up, self.down), 0, 0
        return found

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller = self.door.accept()[0]
                hub = socket.create_connection(("127.0.0.1", self.port))
                threading.Thread(target=self._carry, args=(caller, hub), daemon=True).start()

    def _carry(self, caller: socket.socket, hub: socket.socket) -> None:
        with caller, hub, selectors.DefaultSelector() as either, suppress(OSError):
            either.register(caller, selectors.EVENT_READ, hub)
            either.register(hub, selectors.EVENT_READ, caller)
            while True:
                for ready, _ in either.select():
                    said = ready.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                    if not said:
                        return
                    if ready.fileobj is caller:
                        self.up += len(said)
                    else:
                        self.down += len(said)
                    ready.data.sendall(said)


def new_desk(base: Path, service: Service, url: str) -> Store:
    """An enrolled desk with a store of its own."""
    (line,) = command(service.folder, "accounts", "add", "--name", "李秀英", "--place", TOWN, "--role", "township")
    account = line.split("\t")[1]
    code = EnrolmentCode.read(command(service.folder, "codes", "make", TOWN)[0].split("：")[1])
    key = Ed25519PrivateKey.generate()
    public = encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    road = HttpsTransport(url, service.folder / "ca.pem")
    enrolled = enrolment.enrol(road, code, "电脑", public)
    road.close()
    folder = Folder(base / "desk", Surroundings(clock_ms, os.urandom, lambda _: 1 << 40), QUICK)
    folder.path.mkdir()
    store_key, _ = folder.set_up(account, "李秀英", SECRET)
    store = Store.open(folder, store_key)
    store.enrol(enrolled, key, url)
    return store


def ip_bytes(payload: int, other: int) -> int:
    """About what a new connection costs one way, with headers of greeting, segments, acknowledgements and farewell."""
    segments = ceil(payload / SEGMENT) + ceil(other / SEGMENT / 2)
    return payload + HEADER * (segments + 5)


def clock_ms() -> int:
    return time.time_ns() // 1_000_000


def main() -> bool:
    """Print the figures; True when a claim does not hold."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-noop-") as base:
        service = Service(Path(base) / "hub")
        command(service.folder, "init", "--district", DISTRICT)
        service.start()
        try:
            return measure(Path(base), service)
        finally:
            service.stop()


def measure(base: Path, service: Service) -> bool:
    """Rounds with nothing to say over a first, a kept and a resumed connection."""
    counter = Counter(service.port)
    store = new_desk(base, service, counter.url)
    road, figures, holds = HttpsTransport(counter.url, service.folder / "ca.pem"), {}, True
    for name in ("getting ready", "first connection", "kept connection", "resumed connection"):
        if name != "kept connection":
            road.close()
        if name == "first connection":
            road = HttpsTransport(counter.url, service.folder / "ca.pem")
        counter.taken()
        done = run_round(store.replica, road, clock_ms=clock_ms)
        figures[name] = counter.taken()
        holds &= name == "getting ready" or (done.requests == 1 and done.agreed)
        print(f"noop, {name}: {done.requests} request, message {done.sent_bytes} B up, {done.received_bytes} B down;"
              f" TCP payload {figures[name][0]} B up, {figures[name][1]} B down")  # fmt: skip
    road.close()
    store.close()
    kept, (up, down) = figures["kept connection"], figures["resumed connection"]
    new = ip_bytes(up, down), ip_bytes(down, up)
    print(f"noop: kept {max(kept)} B of payload (claim {KEPT_BYTES}), resumed about {new[0]} B up, {new[1]} B down in"
          f" IP (claim {NEW_BYTES})")  # fmt: skip
    return not holds or max(kept) > KEPT_BYTES or max(new) > NEW_BYTES

