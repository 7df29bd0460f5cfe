"""The same simulation with more seeds, or one seed again: `python -m tests.simulation --seeds 20000`."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from tests.simulation.seeds import make_morning, quick_folder, run_seed


def main() -> int:
    """Run seeds on all cores; the failing seeds are named at the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--stop", action="store_true", help="with the first seed that fails")
    given = parser.parse_args()
    started, failed, counts = time.monotonic(), [], Counter[str]()
    with tempfile.TemporaryDirectory(prefix="fengqiao-simulation-", dir=quick_folder()) as base:
        run = partial(run_seed, *make_morning(Path(base)))
        with multiprocessing.get_context("spawn").Pool(given.processes) as pool:
            seeds = range(given.first, given.first + given.seeds)
            for done, outcome in enumerate(pool.imap_unordered(run, seeds, chunksize=4), 1):
                counts += outcome.counts
                if outcome.trouble:
                    failed.append(outcome.seed)
                    print(f"seed {outcome.seed}:\n{outcome.trouble}", file=sys.stderr, flush=True)
                    if given.stop:
                        break
                if done % 500 == 0:
                    rate = done / (time.monotonic() - started)
                    print(f"{done} seeds, {len(failed)} failed, {rate:.1f} seeds/s", flush=True)
    seconds = time.monotonic() - started
    print(f"{given.seeds} seeds, failed: {sorted(failed) or 'none'}, {seconds:.0f} s, {dict(counts)}")
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
