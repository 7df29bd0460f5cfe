"""Desk and hub killed while files go over a line cut at random bytes: every file that was safe arrives whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from random import Random
from urllib.parse import urlsplit

import pytest

from desktop.casework.exchange.rounds import Exchange
from desktop.store import Store
from sync.client.transport import HttpsTransport
from tests.kills.cutter import CutLine
from tests.kills.desk_life import now, opened
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
            port = urlsplit(siege.hub.url).port
            assert port
            stack.callback(lambda: siege.hub.kill() if siege.hub._process else None)
            line = stack.enter_context(closing(CutLine(port, siege.random)))
            siege.village = replace(siege.village, url=line.url)
            return line

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
    siege.conclude()


def carry_over(siege: Siege) -> None:
    """Good times: the village sends everything, the township asks for everything, both hold the same bytes."""
    with ExitStack() as stack:
        village, township = (stack.enter_context(opened(seat)) for seat in (siege.village, siege.township))
        rounds = {store: at_rest(stack, siege, store) for store in (village, township)}
        for _ in range(20):
            results = [rounds[store].run().state for store in (village, township)]
            rounds[village].run_files()
            if set(results) == {"agreed"} and not village.files.outgoing():
                break
        assert village.files.outgoing() == []
        siege.book.reckon_files(village)
        rounds[township].run()
        ask_for_all(township)
        report = rounds[township].run_files()
        siege.book.reckon_files(township)
        assert report.received == len(township.records("attachment"))
        assert siege.book.files


def ask_for_all(store: Store) -> None:
    """A person at the other desk wants every file."""
    for standing in store.files.standings([str(r["id"]) for r in store.records("attachment")]):
        store.files.want(standing.piece)


def at_rest(stack: ExitStack, siege: Siege, store: Store) -> Exchange:
    """Rounds over the hub's own line, which nobody cuts."""
    line = stack.enter_context(closing(HttpsTransport(siege.hub.url, siege.hub.ca_file)))
    return Exchange(store, lambda: line, now=now, random=Random(1))


