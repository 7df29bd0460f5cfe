"""All contenders on all links, with the same records and the same luck; the table and the claims."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.link import table
from benchmarks.link.contenders import NAMES, contender
from benchmarks.link.forwarder import Forwarder
from benchmarks.link.ground import NotPossibleHere, require, sweep
from benchmarks.link.profiles import PROFILES
from benchmarks.link.records import as_lines, squeezed, stock_and_day
from benchmarks.link.restoring import restore
from benchmarks.link.trial import LIMIT_SECONDS, Trial, prepared, run

CACHE = Path.home() / ".cache" / "fengqiao-link"


def compare() -> bool:
    """Print everything; True when a claim does not hold, or when the computer cannot do this."""
    asked = _asked()
    try:
        require()
    except NotPossibleHere as missing:
        print(f"link: {missing}")
        return True
    sweep()
    forwarder = Forwarder()
    try:
        if asked.restore:
            return restore(asked.peers, asked.disputes, asked.cache, forwarder, seed=asked.seed)
        floor = _tell_payload()
        return _tell(_run_all(asked, forwarder), floor)
    finally:
        forwarder.stop()


def _asked() -> argparse.Namespace:
    def some(known: Sequence[str]) -> Callable[[str], list[str]]:
        def chosen(text: str) -> list[str]:
            names = text.split(",")
            if unknown := [name for name in names if name not in known]:
                raise argparse.ArgumentTypeError(f"{unknown[0]} is not one of {', '.join(known)}")
            return names

        return chosen

    parser = argparse.ArgumentParser(prog="python -m benchmarks link")
    parser.add_argument("--profiles", type=some([*PROFILES]), default=[*PROFILES], help="links, by comma")
    parser.add_argument("--peers", type=some(NAMES), default=[*NAMES], help="contenders, by comma")
    parser.add_argument("--seed", type=int, default=1, help="of the losses")
    parser.add_argument("--jobs", type=int, default=3, help="runs side by side on links slower than 1 Mbit/s")
    parser.add_argument("--limit", type=float, default=LIMIT_SECONDS, help="seconds a run may take")
    parser.add_argument("--restore", action="store_true", help="instead: a new PC takes everything, on the good link")
    parser.add_argument("--disputes", type=int, default=20_000, help="how many the hub holds for --restore")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where prepared folders and peers are kept")
    return parser.parse_args()


def _tell_payload() -> int:
    _, day = stock_and_day()
    changed, whole = as_lines(day.rows), as_lines(day.whole)
    floor = len(squeezed(changed))
    print(f"link: a day of {len(day.rows)} records; load of this computer before {os.getloadavg()[0]:.1f}"
          f" on {os.cpu_count()} cores")  # fmt: skip
    print(f"  whole {len(whole):,} B of JSON, {len(squeezed(whole)):,} B under zstd -19 --long")
    print(f"  floor: changed fields and record ids {len(changed):,} B, {floor:,} B under zstd -19 --long")
    return floor


def _run_all(asked: argparse.Namespace, forwarder: Forwarder) -> dict[tuple[str, str], Trial]:
    """Quick links one after the other, since there the computer sets the pace; slow ones side by side."""
    chosen = {name: contender(name, asked.cache) for name in asked.peers}
    templates = {name: prepared(one, asked.cache, forwarder) for name, one in chosen.items()}

    def once(pair: tuple[str, str]) -> Trial:
        name, profile = pair
        done = run(chosen[name], PROFILES[profile], templates[name], forwarder, seed=asked.seed,
                   limit_seconds=asked.limit)  # fmt: skip
        print(f"  {profile} {name}: {done.phases['day'].seconds:.1f} s", file=sys.stderr, flush=True)
        return done

    pairs = [(name, profile) for profile in asked.profiles for name in asked.peers]
    slow = [pair for pair in pairs if PROFILES[pair[1]].is_slow]
    trials = {pair: once(pair) for pair in pairs if pair not in slow}
    with ThreadPoolExecutor(asked.jobs) as pool:
        trials |= dict(zip(slow, pool.map(once, slow), strict=True))
    return {pair: trials[pair] for pair in pairs}


def _tell(trials: dict[tuple[str, str], Trial], floor: int) -> bool:
    print(*table.day_lines(trials, floor), sep="\n")
    quiet = {pair: trial for pair, trial in trials.items() if pair[1] == "good"}
    if quiet:
        print("nothing to say, on the good link:")
        print(*table.noop_lines(quiet), sep="\n")
    claims = [*table.day_claims(trials, floor), *table.noop_claims(trials)]
    print(*(claim.line() for claim in claims), sep="\n")
    return not all(claim.holds for claim in claims)
