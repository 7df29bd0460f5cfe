"""Good times after a siege: every record and every file comes home, at both desks."""

from __future__ import annotations

from contextlib import ExitStack, closing
from random import Random

from desktop.casework.exchange.rounds import Exchange
from desktop.store import Store
from sync.client.transport import HttpsTransport
from tests.kills.desk_life import now, opened
from tests.kills.siege import Siege


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


def ask_for_all(store: Store) -> None:
    """A person at the other desk wants every file."""
    for standing in store.files.standings([str(r["id"]) for r in store.records("attachment")]):
        store.files.want(standing.piece)


def at_rest(stack: ExitStack, siege: Siege, store: Store) -> Exchange:
    """Rounds over the hub's own line, which nobody cuts."""
    line = stack.enter_context(closing(HttpsTransport(siege.hub.url, siege.hub.ca_file)))
    return Exchange(store, lambda: line, now=now, random=Random(1))


