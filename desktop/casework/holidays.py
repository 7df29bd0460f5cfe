"""The district's holiday years, as they arrive: calendar and due dates follow in the open desk (domain.md §1.5)."""

from __future__ import annotations

from desktop.casework.calendar import YEARS, Calendar
from desktop.store import Changes, Store

_KEPT = ("id", "year", "days", "void_at")


def follow(store: Store, calendar: Calendar) -> None:
    """Let a calendar go by what the open store holds, now and whenever that changes.

    Due dates are computed anew where it changed, in the thread that wrote: the exchange's, never the window's.
    """

    def heard(changes: Changes) -> None:
        if changes.of("holiday_year"):
            _take(store, calendar)

    _take(store, calendar)
    store.changed.append(heard)


def _take(store: Store, calendar: Calendar) -> None:
    records = sorted(store.records("holiday_year"), key=lambda record: str(record["id"]))
    calendar.take_years(records)
    kept = [{name: record[name] for name in _KEPT if name in record} for record in records]
    if kept != (store.setting(YEARS) or []):
        store.set_setting(YEARS, kept)
        store.resummarise()
