"""A new PC takes everything: a hub with many disputes, a desk with none, on the quick link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.link.contenders import contender
from benchmarks.link.forwarder import Forwarder
from benchmarks.link.profiles import PROFILES, Profile
from benchmarks.link.records import as_lines, full_stock, squeezed
from benchmarks.link.table import Claim, cpu
from benchmarks.link.trial import Trial, prepared, run

LIMIT_SECONDS = 1800


def restore(names: Sequence[str], disputes: int, cache: Path, forwarder: Forwarder, *, seed: int) -> bool:
    """Print the figures; True when a claim does not hold."""
    data = as_lines(full_stock(disputes))
    floor, link = len(squeezed(data)), PROFILES["good"]
    print(f"restore: {disputes:,} disputes, {len(data):,} B of JSON, floor {floor:,} B under zstd -19 --long")
    print(f"{'':37}{'down B':>12}{'up B':>12}{'x floor':>8}{'seconds':>9}{'first':>7}{'desk CPU':>9}{'hub CPU':>8}")
    claims: list[Claim] = []
    for one in (contender(name, cache) for name in names):
        if one.found_full is None:
            continue
        template = prepared(one, cache, forwarder, disputes=disputes)
        trial = run(one, link, template, forwarder, seed=seed, act="restore", limit_seconds=LIMIT_SECONDS)
        print(_line(trial, floor), flush=True)
        if one.name == "ours":
            claims = [*_claims(trial, floor, link)]
    print(*(claim.line() for claim in claims), sep="\n")
    return not all(claim.holds for claim in claims)


def _line(trial: Trial, floor: int) -> str:
    done = trial.phases["restore"]
    down, up = done.reading.down.bytes, done.reading.up.bytes
    first = done.notes.get("first_seconds")
    return (
        f"{trial.contender.title:37.37}{down:12,}{up:12,}{down / floor:8.2f}{done.seconds:9.1f}"
        f"{f'{first:7.1f}' if first else '':7}{cpu(done):>9}{trial.hub_cpu_seconds:8.1f}"
        f"{'' if done.complete else '  NOT DONE'}"
    )


def _claims(trial: Trial, floor: int, link: Profile) -> Iterator[Claim]:
    done = trial.phases["restore"]
    line_seconds = 1.3 * done.reading.down.bytes * 8 / link.rate_bps
    yield Claim("restore: runs that did not come to their end", int(not done.complete), 0)
    yield Claim("restore: IP bytes down / floor", done.reading.down.bytes / floor, 1.15)
    yield Claim("restore: seconds to the first dispute", done.notes.get("first_seconds", float("inf")), 2)
    yield Claim("restore: seconds", done.seconds, max(line_seconds, done.notes.get("cpu_seconds", 0)))
    yield Claim("restore: seconds of the hub's processor", trial.hub_cpu_seconds, 2)
