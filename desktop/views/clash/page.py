"""两边改得不一样 (picture 06): each row decided by a person; the other text stays in 改动记录."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import clashes
from desktop.casework.disputes.clashes import Choice, Side
from desktop.casework.disputes.clashes import ClashPage as Facts
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.clash.outcome import Outcome
from desktop.views.clash.own import OwnSheet, fields_of, shown_openly
from desktop.views.clash.row import DecisionRow, Heads
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Beside, Button, Card, EmptyState, Label, ShapeMark, line
from desktop.views.kit.pagescroll import PageScroll
from desktop.views.look import theme
from desktop.views.look.shapes import Shape
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page

_TICK = Shape("filled disc with tick", "accent")
_KEPT = "定下来以后，没选的那份还留在“改动记录”里，随时能查。"


class ClashPage(Page):
    """Rows to decide, what comes of it, and the button that counts what is left."""

    place = "disputes"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, *, dispute_id: str) -> None:
        super().__init__()
        self._desk, self._lanes, self._going, self._id = desk, lanes, going, dispute_id
        self._key = f"clash:{dispute_id}"
        self._rows: list[DecisionRow] = []
        self._outcome: Outcome | None = None
        self._heads: Heads | None = None
        self._current = 0
        self._left = Label("", bold=True, tone="amber")
        self._left.hide()
        self.set_head(title="两边改得不一样，要您定", second=" ", back="返回", aside=self._left)
        self._content = QWidget()
        QVBoxLayout(self._content).setContentsMargins(0, 0, 0, 0)
        scroll = PageScroll(self._content, blocks=self._blocks)
        self._beside = Beside(scroll)
        self.body.addWidget(self._beside, 1)
        self._make_footer()

    def enter(self) -> None:
        """Read what is to be decided, once: choices made stay while other pages are looked at."""
        if not self._rows:
            self._lanes.submit("store", self._read, self._show, self._failed)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        return (PageAct("自己另写一个", self._write_own),)

    def set_margin(self, margin: int) -> None:
        """Fold 原来 to a line below 1000 logical px."""
        super().set_margin(margin)
        narrow = theme.current().is_narrow(self.window().width())
        for row in (*self._rows, *([self._heads] if self._heads else [])):
            row.set_narrow(narrow)

    def _blocks(self) -> list[QWidget]:
        """What a fold never cuts: the rows, and the cards below them."""
        layout = self._content.layout()
        cards = [layout.itemAt(number).widget() for number in range(1, layout.count())]
        return [*self._rows, *(card for card in cards if card is not None)]

    def _make_footer(self) -> None:
        later = Button("先放着", "text", size="large", key="Esc")
        later.clicked.connect(self._going.back)
        self._own = Button("自己另写一个", "plain", size="large")
        self._own.clicked.connect(self._write_own)
        self._own.setEnabled(False)
        self.filled = Button("就这样定", "primary", size="large")
        self.filled.setEnabled(False)
        self.filled.clicked.connect(self._settle)
        self.footer = Footer(
            [Label(_KEPT, "small", tone="ink2", elide=False)], [later, self._own, self.filled]
        )

    def _read(self) -> tuple[Facts, dict[str, Any]]:
        draft = self._desk.store.draft(self._key)
        return clashes.page(self._desk, self._id), draft.body.get("rows", {}) if draft else {}

    def _show(self, read: tuple[Facts, dict[str, Any]]) -> None:
        facts, kept = read
        layout = self._content.layout()
        assert isinstance(layout, QVBoxLayout)
        if not facts.rows:
            self._show_nothing(facts.title)
            return
        self._rows = [DecisionRow(row, _notes(facts, row, self._desk.now())) for row in facts.rows]
        self._outcome = Outcome(self._rows)
        layout.setSpacing(theme.current().px(14))
        layout.addWidget(self._table(facts))
        layout.addWidget(self._outcome)
        if facts.merged_sentence:
            layout.addWidget(
                Card().add(line(ShapeMark(_TICK, size=16), Label(facts.merged_sentence, "small"), None))
            )
        layout.addStretch(1)
        for number, row in enumerate(self._rows):
            row.recall(kept.get(row.row.key, ()))
            row.decided.connect(lambda number=number: self._decided(number))
        second = f"{facts.title} · 两边写的都还在，不会丢"
        self.set_head(title=f"有 {len(facts.rows)} 处两边改得不一样，要您定", second=second)
        self._count()
        self._own.setEnabled(True)
        self.set_margin(self.body.contentsMargins().left())
        self._rows[0].theirs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _table(self, facts: Facts) -> Card:
        card = Card()
        card.body.setSpacing(theme.current().px(10))
        self._heads = _heads(facts, self._desk)
        card.add(self._heads, *self._rows)
        return card

    def _show_nothing(self, title: str) -> None:
        back = Button("返回", "primary")
        back.clicked.connect(self._going.back)
        empty = EmptyState(
            "checkmark", "这件没有要定的了", "两边已经一样。也许是别处先定了。", tone="accent", actions=[back]
        )
        self.set_head(second=title)
        self._content.layout().addWidget(Card().add(empty))

    def _decided(self, number: int) -> None:
        self._current = number
        self._count()
        body = {"by": self._desk.account.id, "rows": {row.row.key: row.kept() for row in self._rows}}
        self._lanes.submit("store", lambda: self._desk.store.write_draft(self._key, body))

    def _count(self) -> None:
        left = sum(row.choice() is None for row in self._rows)
        self._left.setText(f"还有 {left} 处没定" if left else "都定了")
        self._left.set_tone("amber" if left else "ink2")
        assert self.filled
        self.filled.say(f"就这样定（还差 {left} 处）" if left else "就这样定")
        self.filled.setEnabled(left == 0)
        if self._outcome:
            self._outcome.say()

    def _row_in_hand(self) -> int:
        """The row with the keyboard, else the first undecided, else the last decided."""
        focus = self.window().focusWidget()
        for number, row in enumerate(self._rows):
            if focus is not None and row.isAncestorOf(focus):
                return number
        open_rows = [number for number, row in enumerate(self._rows) if row.choice() is None]
        return open_rows[0] if open_rows else self._current

    def _write_own(self) -> None:
        if not self._rows:
            return
        row = self._rows[self._row_in_hand()]
        if not fields_of(row.row):
            self._going.notices.tell(f"“{row.row.label}”只能从两份里选一份", kind="warning")
            return
        sheet = OwnSheet(row.row, lambda: self._desk.today, self._desk.now().tzinfo)
        sheet.show_values(row.own() or shown_openly(row.row))
        sheet.written.connect(lambda values, lines: self._take_own(row, values, lines))
        self._beside.show_sheet(f"自己另写：{row.row.label}", sheet)
        sheet.focus_first()

    def _take_own(self, row: DecisionRow, values: dict[str, Any], lines: tuple[str, ...]) -> None:
        self._beside.hide_sheet()
        row.decide_own(values, lines)

    def _settle(self) -> None:
        choices: dict[str, Choice] = {row.row.key: choice for row in self._rows if (choice := row.choice())}
        assert self.filled
        self.filled.setEnabled(False)
        self._lanes.submit("store", lambda: self._decide(choices), lambda _none: self._done(), self._failed)

    def _decide(self, choices: dict[str, Choice]) -> None:
        clashes.settle(self._desk, self._id, choices)
        self._desk.store.drop_draft(self._key)

    def _done(self) -> None:
        self._going.notices.tell("定好了，等有网传到区里", "没选的那份在“改动记录”里")
        self._rows = []
        self._going.back()

    def _failed(self, error: Exception) -> None:
        if self._rows:
            self._count()
        troubles.tell(self._going.notices, error)


def _heads(facts: Facts, desk: Desk) -> Heads:
    now = desk.now()
    theirs, mine = [row.theirs for row in facts.rows], [row.mine for row in facts.rows]
    is_own = all(side.who == desk.account.name for side in mine)
    titles = ("原来", "区里现在用的", "您写的" if is_own else "没用上的那份")
    return Heads(titles, ("两边都一样", _whose(theirs, now), _whose(mine, now)))


def _notes(facts: Facts, row: clashes.ClashRow, now: datetime) -> tuple[str, str]:
    """Whose each side is, said on the card itself where the rows differ."""
    theirs, mine = [one.theirs for one in facts.rows], [one.mine for one in facts.rows]
    return (
        "" if _whose(theirs, now) else _signed(row.theirs, now),
        "" if _whose(mine, now) else _signed(row.mine, now),
    )


def _whose(sides: Sequence[Side], now: datetime) -> str:
    """The one author of all of them, or nothing."""
    said = {_signed(side, now) for side in sides}
    return said.pop() if len(said) == 1 else ""


def _signed(side: Side, now: datetime) -> str:
    at = words.exact_moment(side.at, now) if side.at else ""
    return " · ".join(part for part in (side.who, side.where, at) if part)
