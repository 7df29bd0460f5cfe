"""The bad link without a network: delay, rate, queue, losses and dark windows follow from the profile and the seed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from benchmarks.link.direction import QUEUE_SECONDS, Direction, tcp_payload_bytes
from benchmarks.link.profiles import OPEN, PROFILES, Profile

CALM = Profile("calm", rate_bps=8_000, rtt_seconds=0.5)
PACKET = bytes(100)
"""A tenth of a second on the calm link."""


def direction(profile: Profile, seed: int = 1) -> Direction:
    return Direction(profile, Random(seed), began=0.0)


def test_a_packet_takes_its_time_on_the_line_and_half_the_round_trip() -> None:
    assert direction(CALM).arrival(PACKET, now=2.0) == pytest.approx(2.0 + 0.1 + 0.25)


def test_packets_wait_for_those_before_them() -> None:
    line = direction(CALM)
    assert [line.arrival(PACKET, now=0.0) for _ in range(3)] == pytest.approx([0.35, 0.45, 0.55])


def test_a_line_that_was_idle_is_free_at_once() -> None:
    line = direction(CALM)
    line.arrival(PACKET, now=0.0)
    assert line.arrival(PACKET, now=9.0) == pytest.approx(9.35)


def test_more_than_the_queue_holds_is_dropped_and_counted_as_sent() -> None:
    line = direction(CALM)
    arrived = [line.arrival(PACKET, now=0.0) for _ in range(20)]
    assert sum(a is not None for a in arrived) == round(QUEUE_SECONDS / 0.1) + 1
    assert (line.counts.packets, line.counts.bytes, line.counts.lost) == (20, 2000, 9)


def test_the_same_seed_loses_the_same_packets_whenever_they_come() -> None:
    lossy = replace(CALM, loss=0.3)

    def lost(seed: int, pause: float) -> list[bool]:
        line = direction(lossy, seed)
        return [line.arrival(PACKET, now=n * pause) is None for n in range(200)]

    assert lost(7, pause=1.0) == lost(7, pause=5.0) != lost(8, pause=1.0)
    assert 0.2 < sum(lost(7, pause=1.0)) / 200 < 0.4


def test_nothing_passes_in_the_dark_neither_what_comes_then_nor_what_is_still_in_the_queue() -> None:
    dark = replace(CALM, period_seconds=30, dark_from_seconds=18)
    line = direction(dark)
    assert line.arrival(PACKET, now=17.0) is not None
    assert line.arrival(PACKET, now=17.95) is None
    assert line.arrival(PACKET, now=29.0) is None
    assert line.arrival(PACKET, now=30.5) is not None


def test_dark_time_met_counts_from_where_the_first_period_stands() -> None:
    flaky = PROFILES["flaky"]
    assert flaky.dark_met_seconds(9) == 0
    assert flaky.dark_met_seconds(15) == pytest.approx(6)
    assert flaky.dark_met_seconds(21) == pytest.approx(12)
    assert flaky.dark_met_seconds(60) == pytest.approx(24)
    assert PROFILES["weak"].dark_met_seconds(60) == 0


def test_an_open_line_neither_delays_nor_loses() -> None:
    line = direction(OPEN)
    assert line.arrival(PACKET, now=3.0) == pytest.approx(3.0)


def test_payload_is_what_a_segment_carries_beyond_its_headers() -> None:
    header, tcp = bytearray(20), bytearray(32)
    header[0], header[9], tcp[12] = 0x45, 6, 8 << 4
    header[2:4] = (20 + 32 + 7).to_bytes(2, "big")
    assert tcp_payload_bytes(bytes(header + tcp + bytes(7))) == 7
    header[9] = 17
    assert tcp_payload_bytes(bytes(header + tcp + bytes(7))) == 0
    assert tcp_payload_bytes(b"") == 0
