"""The board of a dispute: tabs at the left, cards at the right, a form beside when one is open."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.attachments.panel import AttachmentPanel
from desktop.views.disputes.page.acts import DisputeActs
from desktop.views.disputes.page.changes import Changes
from desktop.views.disputes.page.offered import OPEN_TO_AGREE
from desktop.views.disputes.page.people import People
from desktop.views.disputes.page.prompts import PromptsCard, Thoughts, thoughts
from desktop.views.disputes.page.reading import Reading, RecordFacts
from desktop.views.disputes.page.records import RecordCard, RecordList
from desktop.views.disputes.page.side import ClashCard, DuesCard, GapsCard, NextStepCard
from desktop.views.disputes.page.timeline import Timeline
from desktop.views.dossier.panel import DossierPanel
from desktop.views.kit import Beside, Button, EmptyState, Tab, TabLine, column
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme

_SIDE_WIDE, _SIDE = 308, 280
_TABS = {
    "story": "经过",
    "sessions": "调解记录",
    "agreement": "协议",
    "follow_ups": "回访",
    "attachments": "附件",
    "dossier": "卷宗",
    "changes": "改动记录",
}
_OVER = frozenset({"21", "70", "71", "80"})
"""The steps after which nothing more comes into the dossier."""
_TAB_OF = {"session": "sessions", "agreement": "agreement", "follow_up": "follow_ups"}


class Board(Beside):
    """Everything of the page but its head. `changes_asked` when the tab of changes is shown; `act_asked` carries the
    key of an act that stands in the tabs: appoint, write_agreement."""

    changes_asked = Signal()
    filled_changed = Signal()
    act_asked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._whole = QWidget()
        super().__init__(self._whole, parent=parent)
        self.tabs = TabLine([Tab(key, name) for key, name in _TABS.items()], name="这件纠纷")
        self.people, self.timeline, self.changes = People(), Timeline(), Changes()
        self.sessions = RecordList(EmptyState("people_chat", "还没有调解记录", "受理以后，谈一次记一次。"))
        self._write = Button("写协议", icon="document_text")
        self._write.clicked.connect(lambda: self.act_asked.emit("write_agreement"))
        talked = "谈成以后写，口头谈成的也记下来。"
        self.agreements = RecordList(EmptyState("document_text", "还没有协议", talked, actions=[self._write]))
        self.visits = RecordList(
            EmptyState("call", "还没有约回访", "写了协议会自动约好；也可以从“更多”里约。")
        )
        self.attachments, self.dossier = AttachmentPanel(), DossierPanel()
        self.next_step, self.dues, self.clash, self.gaps = NextStepCard(), DuesCard(), ClashCard(), GapsCard()
        self.prompts = PromptsCard()
        self._known: tuple[object, ...] = ()
        self._has_next = False
        self._build()
        self.tabs.chosen.connect(self._show_tab)
        self.timeline.opened.connect(self._open_record)
        self.next_step.thoughts_asked.connect(self._show_thoughts)

    def show_reading(self, reading: Reading, now: datetime, *, soon_days: int) -> None:
        """Show the facts; the records come with `show_records`."""
        facts, today = reading.page, now.date()
        self._has_next = bool(facts.next_step.act)
        for tab in facts.tabs:
            self.tabs.set_count(tab.key, tab.count)
        self.people.show_parties(facts.parties)
        self.timeline.show_entries(facts.timeline, today)
        self.next_step.show_step(facts.next_step, now)
        self.next_step.say_due(facts.dues, today, soon_days=soon_days)
        self.dues.show_dues(facts.dues, today, soon_days=soon_days, may_move=facts.header.status == "30")
        self._write.setVisible(facts.header.status in OPEN_TO_AGREE)
        found = thoughts(facts)
        self.prompts.show_thoughts(found)
        self.next_step.say_thoughts(sum(1 for one in found if not one.is_way))
        self.clash.show_clashes(facts.clashes)
        self.gaps.show_gaps(reading.papers, facts.lacks)
        self.dossier.show_papers(reading.papers, is_over=facts.header.status in _OVER)
        self.dossier.say_number(reading.number, is_whole=reading.is_numbered)
        self._choose_filled()

    def show_records(self, reading: Reading, acts: DisputeActs, now: datetime) -> None:
        """Show sessions, agreements and visits with what can be done with each; what is the same stays."""
        self.attachments.show_attachments(reading.attachments, acts.attachments.of_row, now)
        today = now.date()
        known = (reading.sessions, reading.agreements, reading.visits, today)
        if known == self._known:
            return
        self._known = known
        talks = [
            ("打印记录", lambda one: acts.preview(one.paper, one.id)),
            ("添附件", lambda one: acts.attachments.choose(one.id)),
            ("作废", lambda one: acts.void_child("session", one.id, one.title)),
        ]
        papers = [
            ("打印协议", lambda one: acts.preview(one.paper, one.id)),
            ("改协议", lambda one: acts.write_agreement(one.id)),
            ("作废", lambda one: acts.void_child("agreement", one.id, one.title)),
        ]

        def visit(one: RecordFacts) -> RecordCard:
            prints = ("打印记录", lambda visit: acts.preview(visit.paper, visit.id))
            write = [("写回访", lambda visit: acts.visit(visit.id))] if one.is_open else [prints]
            void = (
                "作废",
                lambda visit: acts.void_child("follow_up", visit.id, f"{visit.title}（{visit.fact}）"),
            )
            return RecordCard(one, [*write, void], today=today, unfolded=True)

        def agreed(one: RecordFacts) -> RecordCard:
            court = [("司法确认", lambda it: acts.procedure.court(it.id))] if one.may_confirm else []
            kept = [("没履行", lambda it: acts.procedure.breach(it.id))] if one.may_be_broken else []
            buttons = [papers[0], *court, *kept, *papers[1:]]
            return RecordCard(one, buttons, today=today, unfolded=True, perform=perform)

        def perform(agreement: RecordFacts, duty: str) -> None:
            acts.perform(agreement.id, duty)

        self.sessions.show_cards(
            [RecordCard(one, talks, today=today, unfolded=n == 0) for n, one in enumerate(reading.sessions)]
        )
        self.agreements.show_cards([agreed(one) for one in reading.agreements])
        self.visits.show_cards([visit(one) for one in reading.visits])

    def show_sheet(self, title: str, content: QWidget) -> None:
        """The form stands in the place of the cards; the card's button is not the filled one meanwhile."""
        self._side.hide()
        self.next_step.button.set_kind("plain")
        self.dossier.bind.set_kind("plain")
        super().show_sheet(title, content)

    def hide_sheet(self) -> None:
        """The cards come back."""
        super().hide_sheet()
        self._choose_filled()
        self.arrange()

    def filled(self) -> Button | None:
        """The one filled button: to bind a complete dossier when it is looked at, else the next step."""
        if self.tabs.key() == "dossier" and self.dossier.is_complete:
            return self.dossier.bind
        return self.next_step.button if self._has_next else None

    def _choose_filled(self) -> None:
        if self.is_sheet_open():
            return
        filled = self.filled()
        for button in (self.dossier.bind, self.next_step.button):
            button.set_kind("primary" if button is filled else "plain")
        self.filled_changed.emit()

    def arrange(self) -> None:
        """The cards at the right; below 1000 logical pixels the next step as a strip above the tabs."""
        look, width = theme.current(), self.window().width()
        narrow = look.is_narrow(width)
        self.next_step.set_flat(narrow)
        self.dossier.arrange(is_narrow=narrow)
        self._side.setVisible(not narrow and not self.is_sheet_open())
        self._side.setFixedWidth(look.px(_SIDE_WIDE if look.is_wide(width) else _SIDE))
        home = self._left if narrow else self._cards
        layout = home.layout()
        if self.next_step.parent() is not home and isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.next_step)

    def _build(self) -> None:
        story = column(self.people, self.timeline, gap=12)
        _take_rest(story, self.timeline)
        self._stack = QStackedWidget()
        for part in (story, self.sessions, self.agreements, self.visits, self.attachments, self.dossier,
                     self.changes):  # fmt: skip
            self._stack.addWidget(part)
        self._left = column(self.tabs, self._stack, gap=12)
        _take_rest(self._left, self._stack)
        self._cards = column(
            self.next_step, self.prompts, self.dues, self.clash, self.gaps, None, gap=12
        )
        self._side = FoldScroll(self._cards, ground="canvas")
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._left, 1)
        row.addWidget(self._side)

    def _show_thoughts(self) -> None:
        lines = Thoughts(self.prompts.shown)
        lines.asked.connect(self.prompts.asked)
        super().show_sheet("要想到的", column(lines, None))

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(list(_TABS).index(key))
        self._choose_filled()
        if key == "changes":
            self.changes_asked.emit()

    def _open_record(self, record: tuple[str, str]) -> None:
        if record[0] == "appointment":
            self.act_asked.emit("appoint")
        tab = _TAB_OF.get(record[0])
        if tab:
            self.tabs.choose(tab)
            lists = {"sessions": self.sessions, "agreement": self.agreements, "follow_ups": self.visits}
            lists[tab].reveal(record[1])


def _take_rest(stack: QWidget, part: QWidget) -> None:
    """One part of a column takes all the room the others leave."""
    layout = stack.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.setStretchFactor(part, 1)
