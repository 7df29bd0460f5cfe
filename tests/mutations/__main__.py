"""Is every deliberate bug noticed? `python -m tests.mutations`, or with a few words of the names of some.

First everything that should notice something must be content with the sound tree; then one slip at a time is made in a
copy of it. Ends with 1 when a slip is not noticed, does not fit the source, or the sound tree fails.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from tests.mutations.catching import Verdict, copy_tree, run, slipped
from tests.mutations.slip import Slip, simulate, test
from tests.mutations.slips import SLIPS

AT_ONCE = 2


def main() -> int:
    """Print a line per slip; whether any is left unnoticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations")
    parser.add_argument("words", nargs="*", help="only slips whose name holds one of these")
    parser.add_argument("--at-once", type=int, choices=(1, 2), default=AT_ONCE)
    parser.add_argument("--seeds", type=int, default=0, help="so many seeds of the simulation must notice it alone")
    given = parser.parse_args()
    chosen = [slip for slip in SLIPS if not given.words or any(word in slip.name for word in given.words)]
    if given.seeds:
        chosen = [replace(slip, caught_by=given.seeds) for slip in chosen]
    with tempfile.TemporaryDirectory(prefix="fengqiao-slips-") as base, ThreadPoolExecutor(given.at_once) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(given.at_once):
            trees.put(copy_tree(Path(base) / str(number)))
        commands = _all_that_watch(chosen)
        sound = list(pool.map(lambda command: _sound(command, trees), commands))
        if any(verdict.failed for verdict in sound):
            _say_unsound(commands, sound)
            return 1
        verdicts = pool.map(lambda slip: _slipped(slip, trees), chosen)
        missed = list(_told(chosen, verdicts))
    print(f"{len(chosen)} slips, {len(chosen) - len(missed)} caught, not caught: {missed or 'none'}")
    return bool(missed)


def _all_that_watch(slips: Iterable[Slip]) -> list[tuple[str, ...]]:
    """Every command once; of the simulation the longest run, since it begins as the others do."""
    watching = [slip.caught_by for slip in slips]
    seeds = max((count for count in watching if isinstance(count, int)), default=0)
    tests = dict.fromkeys(selection for selection in watching if isinstance(selection, str))
    return [*([simulate(seeds)] if seeds else []), *map(test, tests)]


def _sound(command: tuple[str, ...], trees: SimpleQueue[Path]) -> Verdict:
    tree = trees.get()
    try:
        return run(command, tree)
    finally:
        trees.put(tree)


def _slipped(slip: Slip, trees: SimpleQueue[Path]) -> Verdict:
    tree = trees.get()
    try:
        with slipped(slip, tree):
            return run(slip.command(), tree)
    finally:
        trees.put(tree)


def _say_unsound(commands: Iterable[tuple[str, ...]], verdicts: Iterable[Verdict]) -> None:
    for command, verdict in zip(commands, verdicts, strict=True):
        if verdict.failed:
            print(f"the sound tree fails: {' '.join(command)}\n{verdict.words}", file=sys.stderr)


def _told(slips: Iterable[Slip], verdicts: Iterable[Verdict]) -> Iterable[str]:
    for slip, verdict in zip(slips, verdicts, strict=True):
        by = f"{slip.caught_by} seeds" if isinstance(slip.caught_by, int) else slip.caught_by
        told = "caught" if verdict.failed else "NOT CAUGHT"
        print(f"{told:10} {verdict.seconds:5.1f} s  {slip.name}  ({by})", flush=True)
        if not verdict.failed:
            yield slip.name


if __name__ == "__main__":
    raise SystemExit(main())
