"""One dispute (picture 04): tabs at the left, what is next and until when at the right, forms beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import closed
from desktop.casework.disputes.change_log import ChangeLine, change_log
from desktop.casework.disputes.closed import Stub
from desktop.casework.disputes.duties import Duty
from desktop.casework.disputes.page import told_flags
from desktop.casework.errors import Gone
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.forms.sheet import FormSheet
from desktop.views.disputes.going import Going, PageAct
from desktop.views.disputes.page.acts import DisputeActs, choices_of
from desktop.views.disputes.page.changes import Changes
from desktop.views.disputes.page.people import People
from desktop.views.disputes.page.reading import DutyFacts, Reading, RecordFacts, read
from desktop.views.disputes.page.records import RecordCard, RecordList
from desktop.views.disputes.page.side import ClashCard, DuesCard, GapsCard, NextStepCard
from desktop.views.disputes.page.timeline import Timeline
from desktop.views.disputes.states import state_chip
from desktop.views.kit import Beside, Button, Card, Chip, EmptyState, Paragraph, Tab, TabLine, line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme
from desktop.views.shell.pages import Page

_SIDE_WIDE, _SIDE = 308, 280
_TABS = (
    ("story", "经过"),
    ("sessions", "调解记录"),
    ("agreement", "协议"),
    ("follow_ups", "回访"),
    ("changes", "改动记录"),
)
_WRITABLE = frozenset({"30", "40"})


class DisputePage(Page):
    """The page of one dispute. With `act` that act is begun as soon as the dispute is read."""

    place = "disputes"

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        going: Going,
        *,
        dispute_id: str,
        act: str = "",
        record: str = "",
        part: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self.dispute_id = dispute_id
        self.reading: Reading | None = None
        self._begin_with = (act, record, part) if act else None
        self._sheet: FormSheet | None = None
        self.acts_of_dispute = DisputeActs(desk, lanes, going, self, self)
        self.set_head(title="……", back="返回")
        self._make_parts()
        self._build()
        self._join()

    def enter(self) -> None:
        """Read the dispute anew."""
        self.reload()

    def leave(self) -> None:
        """Write down what stands in the form beside."""
        if self._sheet:
            self._sheet.leave()

    def focus_first(self) -> None:
        """The tabs."""
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        if self.reading is None:
            return ()
        return tuple(PageAct(name, act) for name, act in self._offered())

    def reload(self) -> None:
        """Read the dispute anew, with what its forms offer."""
        desk, dispute = self._desk, self.dispute_id
        self._lanes.submit("store", lambda: (read(desk, dispute), choices_of(desk)), self._show, self._not_here)
        if self.tabs.key() == "changes":
            self._read_changes()

    def show_sheet(self, title: str, sheet: FormSheet) -> None:
        """Show a form beside the page; its button is the filled one while it is there."""
        if self._sheet:
            self._sheet.leave()
        self._sheet = sheet
        self._side.hide()
        self.beside.show_sheet(title, sheet)
        self.next_step.button.set_kind("plain")
        self.filled = sheet.act_button
        sheet.focus_first()

    def close_sheet(self) -> None:
        """Take the form away."""
        self.beside.hide_sheet()

    def show_tab(self, key: str) -> None:
        """Go to a tab."""
        self.tabs.choose(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side becomes a strip above the tabs below 1000 logical pixels."""
        super().resizeEvent(event)
        self._arrange()

    def _make_parts(self) -> None:
        self.tabs = TabLine([Tab(key, name) for key, name in _TABS], name="这件纠纷")
        self.people, self.timeline, self.changes = People(), Timeline(), Changes()
        self.sessions = RecordList(EmptyState("people_chat", "还没有调解记录", "受理以后，谈一次记一次。"))
        self.agreements = RecordList(EmptyState("document_text", "还没有协议", "谈成以后写协议，口头谈成的也记下来。"))
        self.visits = RecordList(EmptyState("call", "还没有约回访", "写了协议会自动约好；也可以从“更多”里约一次。"))
        self.next_step, self.dues, self.clash, self.gaps = NextStepCard(), DuesCard(), ClashCard(), GapsCard()
        self._talk = Button("记一次调解", icon="edit")
        self._talk.clicked.connect(lambda: self.acts_of_dispute.begin("record_session"))
        self._edit = Button("改登记", icon="note")
        self._edit.clicked.connect(self.acts_of_dispute.edit_dispute)
        self._more = Button("更多", trailing="chevron_down")
        self._more.clicked.connect(self._show_menu)
        self.set_head(aside=line(self._more, self._edit, self._talk))

    def _build(self) -> None:
        story = QWidget()
        layout = QVBoxLayout(story)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.people)
        layout.addWidget(self.timeline, 1)
        self._stack = QStackedWidget()
        for part in (story, self.sessions, self.agreements, self.visits, self.changes):
            self._stack.addWidget(part)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.tabs)
        left.addWidget(self._stack, 1)
        self._cards = QWidget()
        self._card_column = QVBoxLayout(self._cards)
        self._card_column.setContentsMargins(0, 0, 0, 0)
        self._card_column.setSpacing(12)
        for card in (self.next_step, self.dues, self.clash, self.gaps):
            self._card_column.addWidget(card)
        self._card_column.addStretch(1)
        self._side = FoldScroll(self._cards, ground="canvas")
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._left, 1)
        row.addWidget(self._side)
        self.beside = Beside(whole)
        self._closed = Card()
        self._closed.hide()
        self.body.addWidget(self._closed)
        self.body.addWidget(self.beside, 1)

    def _join(self) -> None:
        self.tabs.chosen.connect(self._show_tab)
        self.timeline.opened.connect(self._open_record)
        self.people.phone_asked.connect(self._reveal_phone)
        self.people.edit_asked.connect(self.acts_of_dispute.edit_party)
        self.next_step.asked.connect(self._begin_next)
        self.dues.extend_asked.connect(self.acts_of_dispute.extend)
        self.clash.asked.connect(lambda: self._going.settle_clashes(self.dispute_id))
        self.gaps.fill_asked.connect(self.acts_of_dispute.edit_dispute)
        self.beside.sheet_closed.connect(self._sheet_closed)
        self._lanes.hub.changed.connect(self._changed)

    def _arrange(self) -> None:
        look, width = theme.current(), self.window().width()
        narrow = look.is_narrow(width)
        self.next_step.set_flat(narrow)
        self._side.setVisible(not narrow and not self.beside.is_sheet_open())
        self._edit.setVisible(not narrow)
        if narrow and self.next_step.parent() is self._cards:
            self._left.layout().insertWidget(0, self.next_step)  # type: ignore[attr-defined]
        elif not narrow and self.next_step.parent() is self._left:
            self._card_column.insertWidget(0, self.next_step)
        self._side.setFixedWidth(look.px(_SIDE_WIDE if look.is_wide(width) else _SIDE))

    def _show(self, answer: tuple[Reading, dict[str, Any]]) -> None:
        self.reading, choices = answer
        self.acts_of_dispute.offer_choices(choices)
        self._closed.hide()
        self.beside.show()
        self._show_head(self.reading)
        self._show_facts(self.reading)
        self._show_records(self.reading)
        if self._sheet is None:
            self.filled = self.next_step.button if self.reading.page.next_step.act else None
        self._arrange()
        if self._begin_with:
            (act, record, part), self._begin_with = self._begin_with, None
            # The page is still being opened: what the act opens comes after it.
            QTimer.singleShot(0, self, lambda: self.acts_of_dispute.begin(act, record=record, part=part))

    def _show_head(self, reading: Reading) -> None:
        head = reading.page.header
        chips = [state_chip(head.status)]
        if head.risk:
            chips.append(Chip.risk(head.risk))
        accepted = f"{words.calendar_day(head.accept_date, self._desk.today)}受理" if head.accept_date else ""
        parts = (head.matter_code, head.village, head.type_name, accepted)
        self.set_head(title=head.title, second=" · ".join(part for part in parts if part), chips=chips)
        self._talk.setVisible(head.status == "30")

    def _show_facts(self, reading: Reading) -> None:
        facts, now = reading.page, self._desk.now()
        for tab in facts.tabs:
            self.tabs.set_count(tab.key, tab.count)
        self.people.show_parties(facts.parties)
        self.timeline.show_entries(facts.timeline, now.date())
        self.next_step.show_step(facts.next_step, now)
        soon = self._desk.settings.number("soon_days")
        self.dues.show_dues(facts.dues, now.date(), soon_days=soon, may_extend=facts.header.status == "30")
        self.next_step.say_due(facts.dues, now.date(), soon_days=soon)
        self.clash.show_clashes(facts.clashes)
        self.gaps.show_gaps(facts.gaps, facts.lacks)

    def _show_records(self, reading: Reading) -> None:
        acts, today = self.acts_of_dispute, self._desk.today
        talks = [("作废", lambda one: acts.void_child("session", one.id, one.title))]
        papers = [
            ("改协议", lambda one: acts.write_agreement(one.id)),
            ("作废", lambda one: acts.void_child("agreement", one.id, one.title)),
        ]
        self.sessions.show_cards(
            [RecordCard(one, talks, today=today, unfolded=n == 0) for n, one in enumerate(reading.sessions)]
        )
        self.agreements.show_cards(
            [RecordCard(one, papers, today=today, unfolded=True, duty_act=self._perform) for one in reading.agreements]
        )
        self.visits.show_cards([self._visit_card(one) for one in reading.visits])

    def _visit_card(self, one: RecordFacts) -> RecordCard:
        acts = self.acts_of_dispute
        write = [("写回访", lambda visit: acts.visit(visit.id))] if one.is_open else []
        void = ("作废", lambda visit: acts.void_child("follow_up", visit.id, f"{visit.title}（{visit.fact}）"))
        return RecordCard(one, [*write, void], today=self._desk.today, unfolded=True)

    def _perform(self, agreement: RecordFacts, duty: DutyFacts) -> None:
        self.acts_of_dispute.perform(agreement.id, duty.id)

    def _not_here(self, error: Exception) -> None:
        if not isinstance(error, Gone):
            troubles.tell(self._going.notices, error)
            return
        desk, dispute = self._desk, self.dispute_id

        def stub() -> Stub | None:
            record = desk.store.record("dispute", dispute)
            return closed.stub(desk, record) if record else None

        self._lanes.submit("store", stub, lambda found: self._show_closed(found, str(error)))

    def _show_closed(self, stub: Stub | None, sentence: str) -> None:
        self.reading = None
        fact, _, rest = sentence.partition("。")
        if stub:
            day = words.calendar_day(date.fromisoformat(stub.found_date), self._desk.today)
            rest = f"您能看到的是：{stub.village}，{day}登记，现在{stub.status_name}。"
        while item := self._closed.body.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._closed.add(EmptyState("shield_lock", fact, rest, kicker="不能看" if stub else "不在这里"))
        self._closed.show()
        self.beside.hide()
        self.filled = None
        self.set_head(title="关起门谈的" if stub else "不在这台电脑上", second="", chips=())
        for button in (self._more, self._edit, self._talk):
            button.hide()

    def _show_tab(self, key: str) -> None:
        keys = [tab for tab, _ in _TABS]
        self._stack.setCurrentIndex(keys.index(key))
        if key == "changes":
            self._read_changes()

    def _read_changes(self) -> None:
        def show(lines: tuple[ChangeLine, ...]) -> None:
            self.changes.show_lines(lines, self._desk.now())

        self._lanes.submit("store", lambda: change_log(self._desk, self.dispute_id), show)

    def _open_record(self, record: tuple[str, str]) -> None:
        kind, record_id = record
        tab = {"session": "sessions", "agreement": "agreement", "follow_up": "follow_ups"}.get(kind)
        if tab:
            self.tabs.choose(tab)
            lists = {"sessions": self.sessions, "agreement": self.agreements, "follow_ups": self.visits}
            lists[tab].reveal(record_id)

    def _reveal_phone(self, party_id: str) -> None:
        self._lanes.submit(
            "store",
            lambda: str(self._desk.reveal("party", party_id, "phone") or ""),
            lambda phone: self.people.show_phone(party_id, phone),
        )

    def _begin_next(self, act: str) -> None:
        if self.reading:
            step = self.reading.page.next_step
            self.acts_of_dispute.begin(act, record=step.record, part=step.part)

    def _sheet_closed(self) -> None:
        if self._sheet:
            self._sheet.leave()
            self._sheet = None
        self._arrange()
        self.next_step.button.set_kind("primary")
        self.filled = self.next_step.button if self.reading and self.reading.page.next_step.act else None

    def _changed(self, _changes: object) -> None:
        if self.isVisible():
            self.reload()

    def _offered(self) -> list[tuple[str, Callable[[], object]]]:
        """Everything that can be done now, the usual first."""
        assert self.reading is not None
        acts, status = self.acts_of_dispute, self.reading.case.status
        found: list[tuple[str, Callable[[], object]]] = []
        if status == "30":
            found.append(("记一次调解", lambda: acts.begin("record_session")))
        if status in _WRITABLE:
            found.append(("写协议", acts.write_agreement))
        steps = [offer for offer in self.reading.page.offers if offer.target not in ("90", "40")]
        found += [(offer.verb, lambda target=offer.target: acts.step(target)) for offer in steps]
        if status in ("10", "20", "30", "31"):
            found.append(("记权利义务讲明", acts.tell_rights))
        if status == "30":
            found.append(("延期", acts.extend))
        if status not in ("80", "90"):
            found += [
                ("约一次回访", acts.plan_visit),
                ("添一个当事人", acts.add_party),
                ("改登记内容", acts.edit_dispute),
            ]
        found.append(("看登记时问的四件事", self._show_flags))
        if any(offer.target == "90" for offer in self.reading.page.offers):
            found.append(("作废这件", acts.void))
        return found

    def _show_menu(self) -> None:
        if self.reading is None:
            return
        menu = QMenu(self)
        for name, act in self._offered():
            if name == "看登记时问的四件事":
                menu.addSeparator()
            menu.addAction(name).triggered.connect(lambda _checked=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _show_flags(self) -> None:
        """A reading of sensitive answers, noted by casework."""

        def show(found: tuple[Duty, ...]) -> None:
            said = [f"**{duty.title}** {duty.sentence}" for duty in found] or ["四件事都没有。"]
            content = QWidget()
            column = QVBoxLayout(content)
            for text in said:
                column.addWidget(Paragraph(text, "body", tone="ink"))
            column.addStretch(1)
            self.beside.show_sheet("登记时问的四件事", content)

        self._lanes.submit("store", lambda: told_flags(self._desk, self.dispute_id), show, self._not_here)
