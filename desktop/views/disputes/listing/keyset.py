"""Pages of the list by cursor: each page knows where the next begins, so no page is ever counted off from the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.casework.disputes.lists import DisputeRow, ListPage
from desktop.views.background import Lanes
from desktop.views.kit.rows import Deliver, Row

Read = Callable[[str, int], ListPage]
"""`read(after, limit)`: one page, in the store lane."""


class KeysetPages:
    """The `fetch` of a `PagedRows` over cursors. A page beyond the known ones is reached by reading up to it."""

    def __init__(self, lanes: Lanes, read: Read, dress: Callable[[DisputeRow], Row]) -> None:
        self._lanes, self._read, self._dress = lanes, read, dress
        self._cursors: list[str] = [""]

    def begin(self, read: Read) -> None:
        """Read from the top, in another order or through another filter."""
        self._read = read
        self._cursors = [""]

    def fetch(self, first: int, count: int, deliver: Deliver) -> None:
        """See `rows.Fetch`."""
        cursors, read = self._cursors, self._read

        def deliver_dressed(rows: Sequence[DisputeRow]) -> None:
            if cursors is self._cursors:
                deliver([self._dress(row) for row in rows])

        self._lanes.submit("store", lambda: _walk(cursors, read, first // count, count), deliver_dressed)


def _walk(cursors: list[str], read: Read, number: int, count: int) -> Sequence[DisputeRow]:
    """Read page `number`. The cursors belong to the store lane, where one page is read after the other: a page
    that is read again moves the beginning of the next one, so that no row falls between two pages."""
    rows: Sequence[DisputeRow] = ()
    for at in range(min(number, len(cursors) - 1), number + 1):
        if at >= len(cursors):
            return ()
        page = read(cursors[at], count)
        rows = page.rows
        cursors[at + 1 : at + 2] = [page.after] if page.after else []
    return rows
