"""The forwarder: packets read from one TUN device come out of another, late, slowly, or not at all."""

from __future__ import annotations

import fcntl
import heapq
import itertools
import os
import select
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from benchmarks.link.direction import Counts, Direction
from benchmarks.link.profiles import OPEN, Profile

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_MOST_BYTES = 65536
_AT_ONCE = 64
"""Packets read from a device before the others have their turn."""


def open_tun(name: str) -> int:
    """A TUN device of that name in this namespace; its descriptor. Raises OSError without the right to."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))
    return descriptor


@dataclass(frozen=True)
class Reading:
    """Both directions, `at` seconds after the start: up is what the desk sent, down what the hub sent."""

    up: Counts
    down: Counts
    at: float

    def since(self, before: Reading) -> Reading:
        """What happened since; `at` is then the time it took."""
        return Reading(self.up.since(before.up), self.down.since(before.down), self.at - before.at)


@dataclass
class Wire:
    """Two devices and what lies between them. Open (no delay, no loss) until it is given a profile."""

    desk_tun: int
    hub_tun: int
    up: Direction = field(init=False)
    down: Direction = field(init=False)

    def __post_init__(self) -> None:
        self.become(OPEN, seed=0)

    def become(self, profile: Profile, *, seed: int) -> None:
        """Start afresh as such a link: counts at nothing, luck and dark windows from their beginning."""
        now = time.monotonic()
        self.up = Direction(profile, Random(f"{seed}/up"), now)
        self.down = Direction(profile, Random(f"{seed}/down"), now)

    def reading(self) -> Reading:
        """The counts now, and the seconds since it became what it is."""
        return Reading(self.up.reading(), self.down.reading(), time.monotonic() - self.up.began)


class Forwarder:
    """One thread that serves all wires."""

    def __init__(self) -> None:
        self._ways: dict[int, tuple[Wire, bool]] = {}
        self._due: list[tuple[float, int, int, bytes]] = []
        self._order = itertools.count()
        self._poll = select.epoll()
        self._turn = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="forwarder", daemon=True)
        self._thread.start()

    def add(self, wire: Wire) -> None:
        """Serve this wire too."""
        with self._turn:
            for descriptor, upwards in ((wire.desk_tun, True), (wire.hub_tun, False)):
                self._ways[descriptor] = (wire, upwards)
                self._poll.register(descriptor, select.EPOLLIN)

    def remove(self, wire: Wire) -> None:
        """Serve it no more, and close its devices: with them the interfaces are gone."""
        ends = (wire.desk_tun, wire.hub_tun)
        with self._turn:
            # what is still under way to these numbers must not reach a device opened under them later
            self._due = [line for line in self._due if line[2] not in ends]
            heapq.heapify(self._due)
            for descriptor in ends:
                self._poll.unregister(descriptor)
                del self._ways[descriptor]
                os.close(descriptor)

    def stop(self) -> None:
        """End the thread."""
        self._stopped.set()
        self._thread.join()
        self._poll.close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            ready = self._poll.poll(self._patience_seconds())
            with self._turn:
                for descriptor, _ in ready:
                    self._take_in(descriptor)
                self._hand_out()

    def _patience_seconds(self) -> float:
        with self._turn:
            return min(0.1, max(0.0, self._due[0][0] - time.monotonic())) if self._due else 0.1

    def _take_in(self, descriptor: int) -> None:
        way = self._ways.get(descriptor)
        if way is None:
            return
        wire, upwards = way
        with suppress(OSError):
            for _ in range(_AT_ONCE):
                packet = os.read(descriptor, _MOST_BYTES)
                direction, target = (wire.up, wire.hub_tun) if upwards else (wire.down, wire.desk_tun)
                arrives = direction.arrival(packet, time.monotonic())
                if arrives is not None:
                    heapq.heappush(self._due, (arrives, next(self._order), target, packet))

    def _hand_out(self) -> None:
        now = time.monotonic()
        while self._due and self._due[0][0] <= now:
            _, __, target, packet = heapq.heappop(self._due)
            with suppress(OSError):  # the device may be going away
                os.write(target, packet)
