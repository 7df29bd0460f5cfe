"""The figures as lines of text, and whether each claim holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.link.direction import Counts
from benchmarks.link.profiles import PROFILES, Profile
from benchmarks.link.trial import Phase, Trial

Trials = Mapping[tuple[str, str], Trial]
"""By contender and profile."""


@dataclass(frozen=True)
class Claim:
    """A sentence with its figure."""

    text: str
    figure: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the figure is within the limit."""
        return self.figure <= self.limit

    def line(self) -> str:
        """For the table."""
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        return f"  {verdict:14} {self.text}: {self.figure:,.2f} (at most {self.limit:,.2f})"


def day_lines(trials: Trials, floor: int) -> Iterator[str]:
    """The day, one line per contender and link."""
    yield (
        f"{'':46}{'up B':>10}{'down B':>10}{'seconds':>9}  {'':10}{'x floor':>8}{'x ours':>8}{'lost':>6}{'CPU s':>7}"
    )
    for (_, profile), trial in sorted(trials.items(), key=lambda item: (list(PROFILES).index(item[0][1]))):
        day, ours = trial.phases["day"], trials.get(("ours", profile))
        ratio = f"{day.reading.up.bytes / ours.phases['day'].reading.up.bytes:8.2f}" if ours else f"{'':8}"
        yield (
            f"{profile:9}{trial.contender.title:37.37}{day.reading.up.bytes:10,}{day.reading.down.bytes:10,}"
            f"{day.seconds:9.1f}  {'complete' if day.complete else 'NOT DONE':10}"
            f"{day.reading.up.bytes / floor:8.2f}{ratio}{day.reading.up.lost + day.reading.down.lost:6}{cpu(day)}"
        )


def noop_lines(trials: Trials) -> Iterator[str]:
    """Nothing to say, on one link."""
    yield f"{'':46}{'up IP B':>9}{'TCP B':>7}{'down IP B':>11}{'TCP B':>7}{'seconds':>9}"
    for trial in trials.values():
        for name, phase in trial.phases.items():
            if name.startswith("noop"):
                up, down = phase.reading.up, phase.reading.down
                yield (
                    f"{trial.contender.title:37.37}{_NOOPS[name]:9}{up.bytes:9,}{up.payload_bytes:7,}{down.bytes:11,}"
                    f"{down.payload_bytes:7,}{phase.seconds:9.2f}"
                )


_NOOPS = {"noop": "kept", "noop again": "new", "noop first": "first"}


def day_claims(trials: Trials, floor: int) -> Iterator[Claim]:
    """What is claimed of ours, for the links that were tried."""
    for profile in PROFILES.values():
        trial = trials.get(("ours", profile.name))
        if trial is None:
            continue
        day = trial.phases["day"]
        yield Claim(f"{profile.name}: runs that did not come to their end", int(not day.complete), 0)
        yield Claim(f"{profile.name}: IP bytes up / floor", day.reading.up.bytes / floor, 1.0)
        if profile.name == "hostile":
            yield Claim("hostile: seconds", day.seconds, 1.3 * floor * 8 / profile.rate_bps + 6 * profile.rtt_seconds)
        weak = trials.get(("ours", "weak"))
        if profile.name == "flaky" and weak:
            yield Claim("flaky: seconds", day.seconds, _flaky_limit(profile, day, weak.phases["day"]))


def noop_claims(trials: Trials) -> Iterator[Claim]:
    """What is claimed of a round with nothing to say."""
    trial = trials.get(("ours", "good"))
    if trial is None or "noop again" not in trial.phases:
        return
    kept, new = trial.phases["noop"].reading, trial.phases["noop again"].reading
    sides: tuple[tuple[str, Counts, Counts], ...] = (("up", kept.up, new.up), ("down", kept.down, new.down))
    for side, kept_side, new_side in sides:
        yield Claim(f"noop on a kept connection: TCP payload {side}", kept_side.payload_bytes, 500)
        yield Claim(f"noop on a new connection: IP bytes {side}", new_side.bytes, 1500)


def cpu(phase: Phase) -> str:
    """The desk's own, where its program can tell."""
    used = phase.notes.get("cpu_seconds")
    return f"{used:7.1f}" if used is not None else ""


def _flaky_limit(profile: Profile, flaky: Phase, weak: Phase) -> float:
    return 1.3 * weak.seconds + profile.dark_met_seconds(flaky.seconds)
