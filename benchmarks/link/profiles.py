"""The links of the comparison: rate, round trip, loss, and when the line is dark."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Profile:
    """One kind of link, the same both ways.

    rate_bps: bits per second. rtt_seconds: the whole way there and back; half of it lies in each direction.
    loss: share of packets lost, each for itself. dark_from_seconds: within every period, from when on nothing passes.
    begins_at_seconds: how far the first period has already come when a run begins.
    """

    name: str
    rate_bps: float
    rtt_seconds: float
    loss: float = 0.0
    period_seconds: float = 0.0
    dark_from_seconds: float = 0.0
    begins_at_seconds: float = 0.0

    def is_dark(self, since_start_seconds: float) -> bool:
        """Whether nothing passes at this time."""
        if not self.period_seconds:
            return False
        return (self.begins_at_seconds + since_start_seconds) % self.period_seconds >= self.dark_from_seconds

    def dark_met_seconds(self, lasted_seconds: float) -> float:
        """How much of a run that began with the link was dark."""
        if not self.period_seconds:
            return 0.0
        return self._dark_until(self.begins_at_seconds + lasted_seconds) - self._dark_until(self.begins_at_seconds)

    def _dark_until(self, at_seconds: float) -> float:
        whole, rest = divmod(at_seconds, self.period_seconds)
        return whole * (self.period_seconds - self.dark_from_seconds) + max(0.0, rest - self.dark_from_seconds)

    def slowed(self, times: float) -> Profile:
        """The same link in a world where everything takes so many times as long."""
        return replace(
            self,
            rate_bps=self.rate_bps / times,
            rtt_seconds=self.rtt_seconds * times,
            period_seconds=self.period_seconds * times,
            dark_from_seconds=self.dark_from_seconds * times,
            begins_at_seconds=self.begins_at_seconds * times,
        )

    @property
    def is_slow(self) -> bool:
        """Whether the line, not the computer, sets the pace: such runs may stand side by side."""
        return self.rate_bps < 1_000_000


OPEN = Profile("open", 1e12, 0.0)
"""No link at all: for what is made ready before the clock runs."""
WEAK = Profile("weak", 256_000, 0.400, 0.02)
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("good", 20_000_000, 0.040),
        WEAK,
        Profile("hostile", 64_000, 0.800, 0.10),
        # begins in the middle of its bright time, so that nobody is done before the first dark
        replace(WEAK, name="flaky", period_seconds=30, dark_from_seconds=18, begins_at_seconds=9),
    )
}
