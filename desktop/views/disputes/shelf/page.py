"""区里的旧件: archived disputes the district keeps by its rule, found by name or place, and fetched back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from desktop.casework.desk import Desk
from desktop.casework.exchange import shelf
from desktop.casework.exchange.shelf import Shelved
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Card, Column, EmptyState, Label, PagedRows, Row, Table, TableCard, TextField, line
from desktop.views.kit.rows import Cell, Deliver
from desktop.views.look import shapes, theme
from desktop.views.shell.pages import Page

_COLUMNS = (
    Column("title", "纠纷", None, tone="ink", sorts=False),
    Column("place", "村（社区）", 150, sorts=False),
    Column("code", "案件编号", 250, needs_width=1000, sorts=False),
    Column("when", "收到区里", 150, sorts=False),
)
_SHOWN = 50
_NONE = ("没有收到区里的旧件", "办结多年、归了档的，按区里定的年限收过去，在这里按名字找。")
_NOT_FOUND = ("没有对得上的旧件", "换几个字再找：当事人的名字、案件编号，或收到区里的年月。")


class ShelfPage(Page):
    """The list; Enter or 调回来 asks for one. It comes whole with the next exchange."""

    place = "disputes"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going) -> None:
        super().__init__()
        self._desk, self._lanes, self._going = desk, lanes, going
        self._found: Sequence[Shelved] = ()
        self._asked: set[str] = set()
        self._rows = PagedRows(_COLUMNS, self._fetch, parent=self)
        self.table = Table(self._rows, name="区里的旧件")
        self._card = TableCard(self.table)
        self.search = TextField(placeholder="名字、案件编号、年月（2026-11）")
        self.search.setAccessibleName("找旧件")
        self.search.setFixedWidth(theme.current().px(300))
        self.filled = Button("调回来", "primary", icon="arrow_download", key="Enter")
        self._rule = Label("", "small", tone="ink2", elide=True)
        self._none = Card()
        self._none.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._say_none(*_NONE)
        self.set_head(title="区里的旧件", fact="归了档、收到区里的", back="返回")
        bar = line(self.search, self._rule, self.filled, gap=12)
        bar.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.body.addWidget(bar)
        self.body.addWidget(self._card, 1)
        self.body.addWidget(self._none)
        self.body.addStretch(0)
        self.setTabOrder(self.search, self.table)
        self.setTabOrder(self.table, self.filled)
        self._join()

    def enter(self) -> None:
        """Look anew."""
        self._lanes.submit("store", lambda: shelf.rules(self._desk), self._say_rules)
        self._look()

    def focus_first(self) -> None:
        """The field to search in."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (PageAct("调回来", self._fetch_chosen, "Enter"),)

    def fetch_back(self, dispute_id: str) -> None:
        """Ask for one: it waits for the next exchange, which is begun."""
        desk = self._desk
        title = next((one.title for one in self._found if one.dispute_id == dispute_id), "")

        def done(_asked: bool) -> None:
            self._asked.add(dispute_id)
            self._rows.refresh()
            self._going.notices.tell(f"记下了，有网就调回来：{title}", "调回来的在“纠纷”里，一样不少")
            self._going.fetch_files()

        self._lanes.submit("store", lambda: shelf.fetch_back(desk, dispute_id), done, self._failed)

    def _join(self) -> None:
        self.search.typed.connect(lambda _text: self._look())
        self.filled.clicked.connect(self._fetch_chosen)
        self.table.opened.connect(self.fetch_back)
        self._lanes.hub.changed.connect(self._changed)

    def _look(self) -> None:
        words = self.search.value()
        self._lanes.submit(
            "store", lambda: shelf.listed(self._desk, words, limit=_SHOWN), lambda found: self._show(words, found)
        )

    def _show(self, words: str, found: Sequence[Shelved]) -> None:
        if words != self.search.value():
            return
        self._found = found
        self._rows.reload()
        more = f"先列最近的 {_SHOWN} 件，打字找别的" if len(found) == _SHOWN else f"{len(found)} 件，后收的在前"
        self._card.say(more)
        self._card.setVisible(bool(found))
        self.filled.setEnabled(bool(found))
        self._none.setVisible(not found)
        self._say_none(*(_NOT_FOUND if words else _NONE))

    def _say_none(self, fact: str, text: str) -> None:
        while item := self._none.body.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._none.add(EmptyState("folder_open", fact, text))
        self._none.setAccessibleName(fact)

    def _say_rules(self, rules: Sequence[str]) -> None:
        self._rule.setText("，".join(rules))

    def _fetch(self, first: int, count: int, deliver: Deliver) -> None:
        deliver([_row(one, is_asked=one.dispute_id in self._asked) for one in self._found[first : first + count]])

    def _fetch_chosen(self) -> None:
        chosen = self.table.row_id() or next((one.dispute_id for one in self._found), "")
        if chosen:
            self.fetch_back(chosen)

    def _changed(self, _changes: object) -> None:
        if self.isVisible():
            self._look()

    def _failed(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)


def _row(one: Shelved, *, is_asked: bool) -> Row:
    when = Cell("要了，有网就来", shapes.of_exchange("waiting")) if is_asked else Cell(one.when)
    return Row(one.dispute_id, (Cell(one.title), Cell(one.place), Cell(one.matter_code), when))
