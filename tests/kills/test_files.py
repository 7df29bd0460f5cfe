"""Desk and hub killed while files go over a line cut at random bytes: every file that was safe arrives whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.kills.cutter import CutLine
from tests.kills.homecoming import carry_over
from tests.kills.siege import Siege

Begin = Callable[[int], Siege]
SIEGES, KILLS, FILES = 3, 10, 5
MOST_KILLS = 100
"""On a busy computer a life may end before it has done anything; so they go on until enough was at stake."""


@pytest.fixture
def line_of() -> Iterator[Callable[[Siege], CutLine]]:
    """Puts a line that is cut between the village desk and the hub."""
    with ExitStack() as stack:

        def lay(siege: Siege) -> CutLine:
            return stack.enter_context(siege.cut_line())

        yield lay


@pytest.mark.parametrize("seed", range(SIEGES))
def test_a_desk_killed_while_it_carries_files_over_a_cut_line_loses_none(
    siege_of: Begin, line_of: Callable[[Siege], CutLine], seed: int
) -> None:
    siege = siege_of(seed)
    line = line_of(siege)
    siege.hub.start()
    for _ in range(MOST_KILLS):
        siege.live("carry", things=12, seconds=0.4)
        if siege.kills >= KILLS and line.cuts and len(siege.book.files) >= FILES:
            break
    assert line.cuts
    line.quiet = True
    carry_over(siege)
    assert siege.book.files
    siege.conclude()


def test_a_hub_killed_while_files_come_in_loses_none(siege_of: Begin, line_of: Callable[[Siege], CutLine]) -> None:
    siege = siege_of(77)
    line = line_of(siege)
    for _ in range(8):
        siege.hub.start()
        siege.live("carry", things=14, seconds=0.6)
        siege.hub.kill()
        siege.kills += 1
    line.quiet = True
    siege.hub.start()
    carry_over(siege)
    assert siege.book.files
    siege.conclude()
