"""One direction of a link, without a network: when does a packet come out at the far end, if at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.link.profiles import Profile

QUEUE_SECONDS = 1.0
"""How much may wait before the line, as time at its rate; what comes on top is dropped, as a router would."""


@dataclass(slots=True)
class Counts:
    """What the sender put on the line, lost or not: so retransmissions count."""

    packets: int = 0
    bytes: int = 0
    payload_bytes: int = 0
    lost: int = 0

    def since(self, before: Counts) -> Counts:
        """What was added since an earlier reading."""
        return Counts(
            self.packets - before.packets,
            self.bytes - before.bytes,
            self.payload_bytes - before.payload_bytes,
            self.lost - before.lost,
        )


@dataclass(slots=True)
class Direction:
    """A queue before a line of a certain rate. Losses follow from the seed and the packet's number alone."""

    profile: Profile
    random: Random
    began: float
    counts: Counts = field(default_factory=Counts)
    _free_at: float = 0.0

    def arrival(self, packet: bytes, now: float) -> float | None:
        """When a packet handed in now comes out at the far end; None when it does not."""
        self.counts.packets += 1
        self.counts.bytes += len(packet)
        self.counts.payload_bytes += tcp_payload_bytes(packet)
        unlucky = self.random.random() < self.profile.loss
        arrives = self._through_the_line(len(packet), now)
        if unlucky or arrives is None:
            self.counts.lost += 1
            return None
        return arrives

    def reading(self) -> Counts:
        """The counts as they are now."""
        return replace(self.counts)

    def _through_the_line(self, size_bytes: int, now: float) -> float | None:
        starts = max(now, self._free_at)
        if starts - now > QUEUE_SECONDS or self.profile.is_dark(now - self.began):
            return None
        self._free_at = starts + size_bytes * 8 / self.profile.rate_bps
        if self.profile.is_dark(self._free_at - self.began):
            return None
        return self._free_at + self.profile.rtt_seconds / 2


def tcp_payload_bytes(packet: bytes) -> int:
    """What a TCP segment in an IPv4 packet carries beyond its headers; 0 for anything else."""
    if len(packet) < 20 or packet[0] >> 4 != 4 or packet[9] != 6:
        return 0
    header = (packet[0] & 15) * 4
    if len(packet) < header + 20:
        return 0
    return max(0, int.from_bytes(packet[2:4], "big") - header - (packet[header + 12] >> 4) * 4)
