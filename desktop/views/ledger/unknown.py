"""认不出的词: words of the ledger that are no code, each to be given its meaning once for all rows."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import words
from desktop.views.kit import Choice, Label, Paragraph, SearchChoice, column
from desktop.views.kit.pagescroll import PageScroll
from desktop.views.look import theme
from sync.records import codes

_SHOWN = 60


class UnknownPanel(QWidget):
    """`meant` carries (code set, the word, the code chosen)."""

    meant = Signal(str, str, str)

    def __init__(self, unknown: Counter[tuple[str, str]], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[tuple[str, str], SearchChoice] = {}
        rows = [self._row(pair, count) for pair, count in unknown.most_common(_SHOWN)]
        text = "给它们说个意思，同样的词一次全认。不说也能导，原话附在经过后面。"
        content = column(Paragraph(text, "small"), *rows, None, gap=6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(PageScroll(content, ground="surface", blocks=lambda: rows))

    def _row(self, pair: tuple[str, str], count: int) -> QWidget:
        table = codes.table(pair[0])
        said = f"{words.count(count)} 行 · {table.label}"
        texts = column(
            Label(f"“{pair[1]}”", elide=True), Label(said, "caption", tone="ink2", elide=True), gap=0
        )
        field = SearchChoice([Choice(code.code, code.name) for code in table.items.values()])
        field.setAccessibleName(f"{pair[1]} 是什么意思")
        field.setFixedWidth(theme.current().px(212))
        field.chosen.connect(lambda code: self.meant.emit(*pair, code) if code else None)
        self.fields[pair] = field
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(texts, 1)
        layout.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
