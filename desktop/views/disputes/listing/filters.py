"""The line above the list: tabs with counts, what was picked, and the way to take the list along as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.disputes.lists import DueFilter, ListFilter, TabKey
from desktop.views.kit import Button, Choice, FittingRow, SearchChoice, Segment, Segments
from desktop.views.look import theme

TABS: tuple[tuple[TabKey, str], ...] = (
    ("open", "在办"),
    ("moved", "已移交"),
    ("closed", "办结"),
    ("all", "全部"),
)
_ALL = Choice("", "全部", "qb")


class PickButton(QWidget):
    """村：全部 ⌄ — a button that becomes a search field when pressed; `picked` carries the value, "" for all.

    When something is picked the button is tonal and its cross lets go; Delete does the same.
    """

    picked = Signal(str)

    def __init__(self, label: str, choices: Sequence[Choice], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._value = label, ""
        self.button = Button("", trailing="chevron_down")
        self.button.clicked.connect(self._press)
        self._field = SearchChoice(placeholder="打字找")
        self._field.setAccessibleName(label)
        self._field.setFixedWidth(theme.current().px(150))
        self._field.chosen.connect(self._choose)
        self._field.settled.connect(self._close)
        self._field.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self._field)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Replace what can be picked; 全部 always stands first."""
        self._choices = [_ALL, *choices]
        self._field.offer(self._choices)
        self._say()

    def set_value(self, value: str) -> None:
        """Show what is picked, without telling."""
        self._value = value
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete lets go."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.button.hasFocus():
            self._take("")
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        if self._value:
            self._take("")
            return
        self.button.hide()
        self._field.show()
        self._field.set_value(None)
        self._field.open_list()

    def _choose(self, value: str | None) -> None:
        if value is not None:
            self._take(value)

    def _take(self, value: str) -> None:
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.picked.emit(value)

    def _close(self, _text: str) -> None:
        had_keyboard = self._field.hasFocus()
        self._field.hide()
        self.button.show()
        if had_keyboard:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        chosen = next((one.words for one in self._choices if one.value == self._value), self._value)
        self.button.say(f"{self._label}：{chosen or '全部'}")
        self.button.set_kind("tonal" if self._value else "plain")
        self.button.set_trailing("dismiss" if self._value else "chevron_down")


class FilterBar(QWidget):
    """Tabs and picks; `changed` carries the new `ListFilter`. In a narrow window the last picks are left out."""

    changed = Signal(object)
    export_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ListFilter()
        self.tabs = Segments([Segment(key, words) for key, words in TABS], name="看哪些", filter_bar=True)
        self.mine = PickButton("经办", [Choice("mine", "我和我村")])
        self.place = PickButton("村", [])
        self.type = PickButton("类型", [])
        self.due = PickButton(
            "期限", [Choice("overdue", "已经超期"), Choice("soon", "快到期"), Choice("any", "有期限")]
        )
        self.export = Button("导出台账", icon="arrow_download")
        self._row = FittingRow([self.tabs, self.mine, self.due, self.place, self.type], [self.export])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._row)
        self._join()

    def chosen(self) -> ListFilter:
        """What stands here."""
        return self._chosen

    def show_filter(self, chosen: ListFilter) -> None:
        """Show a filter, without telling."""
        self._chosen = chosen
        self.tabs.set_value(chosen.tab)
        self.mine.set_value("mine" if chosen.mine else "")
        self.place.set_value(next(iter(chosen.places), ""))
        self.type.set_value(next(iter(chosen.types), ""))
        self.due.set_value(chosen.due)

    def _join(self) -> None:
        self.tabs.changed.connect(lambda value: self._change(tab=cast(TabKey, value)) if value else None)
        self.mine.picked.connect(lambda value: self._change(mine=bool(value)))
        self.place.picked.connect(lambda value: self._change(places=(value,) if value else ()))
        self.type.picked.connect(lambda value: self._change(types=(value,) if value else ()))
        self.due.picked.connect(lambda value: self._change(due=cast(DueFilter, value)))
        self.export.clicked.connect(self.export_asked)

    def _change(self, **parts: object) -> None:
        chosen = replace(self._chosen, **parts)  # type: ignore[arg-type]
        if chosen != self._chosen:
            self._chosen = chosen
            self.changed.emit(chosen)
