"""哪一列是什么: each heading with what it was taken for, to be corrected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.ledgers import ColumnMapping, LedgerColumns, ReadTable
from desktop.views.kit import Choice, Label, SearchChoice, column
from desktop.views.kit.pagescroll import PageScroll
from desktop.views.look import theme
from sync.records import codes

_KEEP = ""


class ColumnsPanel(QWidget):
    """`changed` carries the corrected `ColumnMapping`. Columns that are nothing stay as text under the summary."""

    changed = Signal(object)

    def __init__(self, table: ReadTable, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping = table.mapping
        choices = [Choice(_KEEP, "原样附在经过后面"), *(Choice(key, label) for key, label in _choices())]
        self.fields: list[SearchChoice] = []
        rows = [self._row(number, heading, choices) for number, heading in enumerate(table.mapping.headings)]
        content = column(*rows, None, gap=6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(PageScroll(content, ground="surface", blocks=lambda: rows))

    def mapping(self) -> ColumnMapping:
        """The mapping as it stands."""
        return self._mapping

    def _row(self, number: int, heading: str, choices: list[Choice]) -> QWidget:
        words = heading.replace("\n", " ") or f"第 {number + 1} 列"
        label = Label(words, elide=True)
        field = SearchChoice(choices)
        field.setAccessibleName(f"{words}，这一列是什么")
        field.set_value(self._mapping.keys[number] or _KEEP)
        field.chosen.connect(lambda key, number=number: self._choose(number, key or None))
        field.setFixedWidth(theme.current().px(212))
        self.fields.append(field)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label, 1)
        layout.addWidget(field, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _choose(self, number: int, key: str | None) -> None:
        self._mapping = self._mapping.with_choice(number, key)
        for field, held in zip(self.fields, self._mapping.keys, strict=True):
            field.set_value(held or _KEEP)
        self.changed.emit(self._mapping)


def _choices() -> list[tuple[str, str]]:
    return LedgerColumns.load(codes.folder()).choices()
