"""Nothing to say: one round trip, and how many bytes of messages it takes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.day import record_edits
from sync.client.round import run_round
from tests.simulation.town import make_template, open_town


def main() -> bool:
    """Print the figures; True when it took more than one request."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-noop-") as base:
        template = Path(base) / "template"
        template.mkdir()
        with open_town(template, make_template(template), Path(base) / "town", seed=1) as town:
            seat = town.seats["village"]
            seat.store.save(record_edits(town, seat), by=seat.person)
            run_round(seat.store.replica, seat.road, clock_ms=seat.clock)
            done = run_round(seat.store.replica, seat.road, clock_ms=seat.clock)
    print(f"noop: {done.requests} request, {done.sent_bytes} B up, {done.received_bytes} B down, agreed {done.agreed}")
    return done.requests != 1 or not done.agreed
