"""A ledger of 10,000 rows: read, understood and taken into an encrypted store, row by row accounted for.

`python -m benchmarks.ledger` prints the seconds of each step. Claim: seconds, with progress told all along.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.stock import desk_at, stock
from desktop.casework.ledgers import reading
from desktop.casework.ledgers.report import Outcome
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.demo.ledger import write_village_ledger

ROWS = 10_000
CLAIM_SECONDS = 60
VILLAGE = "620802107204"


def main() -> bool:
    """Print the figures; True when the claim does not hold."""
    steps: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fengqiao-ledger-") as base:
        file = Path(base) / "花所村 台账.xlsx"
        written = write_village_ledger(file, Random(4), count=ROWS)
        with stock(Path(base), 0).open() as store:
            desk = desk_at(store)
            context = ledger_context(desk, home=VILLAGE)
            started = time.perf_counter()
            found = reading.read(file, context, on_progress=lambda *step: steps.append(str(step)))
            read_at = time.perf_counter()
            report = take(desk, found, on_progress=lambda *step: steps.append(str(step)))
            taken_at = time.perf_counter()
            again = take(desk, reading.read(file, context)).counts()
            ended = time.perf_counter()
    counts = {outcome.value: number for outcome, number in sorted(report.counts().items()) if number}
    print(f"ledger: {file.name}, {len(found.rows):,} rows: {counts}")
    print(f"  read {read_at - started:.1f} s, taken in {taken_at - read_at:.1f} s"
          f" ({len(written) / (taken_at - read_at):,.0f} rows/s), progress told {len(steps)} times")  # fmt: skip
    print(f"  the same file once more: {ended - taken_at:.1f} s, {again[Outcome.IMPORTED]} new")
    print(f"  together {taken_at - started:.1f} s (claim: at most {CLAIM_SECONDS} s)")
    return taken_at - started > CLAIM_SECONDS or counts.get("imported") != len(written) or again[Outcome.IMPORTED] > 0


if __name__ == "__main__":
    raise SystemExit(main())
