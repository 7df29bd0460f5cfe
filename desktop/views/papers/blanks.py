"""空白表: every official form, empty, to be printed and filled by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from desktop.casework.desk import Desk
from desktop.papers.kinds import KINDS
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going
from desktop.views.kit import Card, Column, PagedRows, Paragraph, Row, Table, TableCard
from desktop.views.kit.rows import Cell, Deliver
from desktop.views.papers import wanted
from desktop.views.papers.preview import PreviewPage
from desktop.views.shell.pages import Page

_ABOUT = {
    "case": "一件一份", "session": "谈一次一份", "agreement": "写一份协议一份", "follow_up": "回访一次一份",
    "party": "一个人一份",
}  # fmt: skip
_COLUMNS = (
    Column("name", "表", None, tone="ink", sorts=False),
    Column("about", "怎么用", 200, sorts=False),
)
_LEFT_OUT = frozenset({"卷内目录"})
"""Papers that only a bound dossier fills."""


class BlankFormsPage(Page):
    """The list; Enter shows a form, and from there it is printed or saved."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, *, place: str = "disputes") -> None:
        super().__init__()
        self.place = place
        self._desk, self._lanes, self._going = desk, lanes, going
        rows = PagedRows(_COLUMNS, self._fetch, parent=self)
        self.table = Table(rows, name="空白表")
        card = TableCard(self.table)
        card.say(f"{len(_forms())} 样，照登记的单位印好抬头，回车看")
        hint = Card(tone="sunken", padding=(14, 10))
        hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        hint.add(Paragraph("到现场手写用。电脑里登记过的，从那件纠纷的“卷宗”里打，名字、经过都填好了。", "small"))
        self.set_head(title="空白表", fact="空着的官方表格", back="返回")
        self.body.addWidget(hint)
        self.body.addWidget(card, 1)
        self.table.opened.connect(self.preview)
        rows.reload()

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def preview(self, name: str) -> None:
        """Show an empty form as it will be printed."""
        blank = wanted.blank(self._desk, name)
        self._going.open(PreviewPage(self._desk, self._lanes, self._going, blank, place=self.place))

    def _fetch(self, first: int, count: int, deliver: Deliver) -> None:
        deliver([_row(name) for name in _forms()[first : first + count]])


def _forms() -> Sequence[str]:
    return [name for name in KINDS if name not in _LEFT_OUT]


def _row(name: str) -> Row:
    return Row(name, (Cell(name), Cell(_ABOUT[KINDS[name].scope])))
