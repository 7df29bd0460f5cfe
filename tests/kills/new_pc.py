"""A new PC that takes everything in small pieces until it is killed, and is started again."""

from __future__ import annotations

import time
import traceback
from multiprocessing.connection import Connection

from desktop.store import Store
from sync.client.pace import PageSize
from sync.client.replica import Taken
from sync.client.round import Round, run_round
from sync.client.transport import HttpsTransport
from sync.protocol import limits
from sync.protocol.errors import ExchangeError
from tests.kills.desk_life import Seat, clock_ms, opened


class Narrow(PageSize):
    """A line that never gets wider."""

    def grow(self) -> None:
        pass


class Telling(Round):
    """A report that says aloud what was taken."""

    def __init__(self, tell: Connection) -> None:
        super().__init__()
        self._tell = tell

    def add(self, taken: Taken) -> None:
        super().add(taken)
        self._tell.send(("took", sum(map(len, taken.records.values()))))


def live_restoring(seat: Seat, tell: Connection) -> None:
    """Open the store and exchange without end; say what was taken, and when all agrees."""
    try:
        with opened(seat) as store:
            tell.send(("opened", store.replica.standing().is_stocking))
            while True:
                exchange_narrowly(store, seat, tell)
    except Exception:
        tell.send(("stumbled", traceback.format_exc()))
        time.sleep(60)


def exchange_narrowly(store: Store, seat: Seat, tell: Connection) -> None:
    """One round in the smallest pieces; a hub that does not answer is asked again."""
    line = HttpsTransport(seat.url, seat.ca_file)
    page = Narrow(limits.ROOM_LEAST, limits.CHANGES)
    try:
        done = run_round(store.replica, line, clock_ms=clock_ms, page=page, report=Telling(tell))
        tell.send(("agreed" if done.agreed else "differs", done.repaired))
    except ExchangeError:
        time.sleep(0.05)
    finally:
        line.close()
