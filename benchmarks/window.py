"""From unlocking to a usable window on a store of 200,000 disputes, drawn in memory.

    python -m benchmarks.window [--cache FOLDER] [--disputes 200000]

The clock starts when the secret is entered and stops when today's page is filled and whatever was asked of the store
has been answered; beside it, how long the list then takes to show its first rows. Claim: 2 s.
"""

from __future__ import annotations

import os
import sys
import time

from benchmarks.stock import CLERK, SECRET, Stock, cache_from_line, stock

CLAIM_SECONDS = 2.0
TIMES = 5


def main() -> bool:
    """Print the figures; True when the claim does not hold."""
    made = stock(*cache_from_line())
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    measured = sorted(_open_once(made) for _ in range(TIMES))
    usable, listed = measured[TIMES // 2]
    print(f"window: usable {usable:.2f} s after the secret was entered (claim: {CLAIM_SECONDS:.0f} s)")
    print(f"  median of {TIMES}, worst {measured[-1][0]:.2f} s; the list of disputes after {listed * 1000:.0f} ms")
    return usable > CLAIM_SECONDS


def _open_once(made: Stock) -> tuple[float, float]:
    from desktop.demo.sitting import Sitting
    from desktop.views.background import BackgroundLanes

    lanes = BackgroundLanes()
    with Sitting(made.folder.path, lanes) as sitting:
        sitting.wait(sitting.is_asking)
        started = time.perf_counter()
        sitting.come_in(CLERK, SECRET)
        sitting.be_quiet()
        usable = time.perf_counter() - started
        started = time.perf_counter()
        sitting.window.show_place("disputes")
        sitting.be_quiet()
        return usable, time.perf_counter() - started


if __name__ == "__main__":
    raise SystemExit(main())
