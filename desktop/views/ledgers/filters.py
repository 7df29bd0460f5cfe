"""Which disputes stand in the ledger: how far they are, when registered, which village, which type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.disputes.lists import ListFilter, TabKey
from desktop.views.disputes.listing.filters import TABS, PickButton
from desktop.views.kit import Choice, FittingRow, Segment, Segments
from desktop.views.ledgers import periods


class LedgerFilters(QWidget):
    """`changed` carries the new `ListFilter`; `span_asked`: the person wants to name days of her own."""

    changed = Signal(object)
    span_asked = Signal()

    def __init__(self, today: Callable[[], date], *, first: Sequence[QWidget], last: Sequence[QWidget]) -> None:
        super().__init__()
        self._today = today
        self._chosen = ListFilter(tab="all", sort="found")
        self.tabs = Segments([Segment(key, words) for key, words in TABS], name="办到哪一步", filter_bar=True)
        named = [Choice(key, words) for key, words in periods.NAMES]
        self.period = PickButton("登记", [*named, Choice(periods.OWN, "自己定哪天到哪天")])
        self.place, self.type = PickButton("村", []), PickButton("类型", [])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FittingRow([*first, self.period, self.tabs, self.place, self.type], list(last)))
        self._join()

    def chosen(self) -> ListFilter:
        """What stands here."""
        return self._chosen

    def show_filter(self, chosen: ListFilter) -> None:
        """Show a filter, without telling."""
        self._chosen = chosen
        self.tabs.set_value(chosen.tab)
        self.period.set_value(periods.named(chosen.found_from, chosen.found_to, self._today()))
        self.place.set_value(next(iter(chosen.places), ""))
        self.type.set_value(next(iter(chosen.types), ""))

    def change(self, **parts: object) -> None:
        """Change parts, and tell."""
        chosen = replace(self._chosen, **parts)  # type: ignore[arg-type]
        self.show_filter(chosen)
        self.changed.emit(chosen)

    def _join(self) -> None:
        self.tabs.changed.connect(lambda value: self.change(tab=cast(TabKey, value)) if value else None)
        self.place.picked.connect(lambda value: self.change(places=(value,) if value else ()))
        self.type.picked.connect(lambda value: self.change(types=(value,) if value else ()))
        self.period.picked.connect(self._pick_period)

    def _pick_period(self, key: str) -> None:
        if key == periods.OWN:
            self.show_filter(self._chosen)
            self.span_asked.emit()
            return
        first, last = periods.span(key, self._today())
        self.change(found_from=first, found_to=last)
