"""One dispute (picture 04): read in the store lane, shown on its board, done with from its cards, menu and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import closed
from desktop.casework.disputes.change_log import ChangeLine, ask_history, change_log
from desktop.casework.disputes.closed import Stub
from desktop.casework.disputes.duties import Duty
from desktop.casework.disputes.page import told_flags
from desktop.casework.errors import Gone
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.forms.sheet import FormSheet
from desktop.views.disputes.going import Going, PageAct
from desktop.views.disputes.page.acts import DisputeActs
from desktop.views.disputes.page.board import Board
from desktop.views.disputes.page.doing import choices_of
from desktop.views.disputes.page.offered import menu, offered
from desktop.views.disputes.page.reading import Reading, read
from desktop.views.disputes.states import state_chip
from desktop.views.dossier.acts import DossierActs
from desktop.views.kit import Button, Card, Chip, Choice, EmptyState, Paragraph, column, line
from desktop.views.look import theme
from desktop.views.shell.pages import Page


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
        self.board, self.dispute_acts = Board(), DisputeActs(desk, lanes, going, self, self)
        self.dossier_acts = DossierActs(desk, lanes, going, self, self.dispute_acts, self)
        self._closed = Card()
        self._closed.hide()
        self.body.addWidget(self._closed)
        self.body.addWidget(self.board, 1)
        self._make_head()
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
        self.board.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        if self.reading is None:
            return ()
        papers = self.dossier_acts
        return (
            *(PageAct(name, act) for name, act in offered(self.reading, self.dispute_acts, self._show_flags)),
            PageAct("看卷宗", self.show_dossier, "Ctrl+P"),
            PageAct("全部订成一卷", lambda: papers.do("bind")),
            PageAct("编卷号", papers.draw_number),
        )

    def reload(self) -> None:
        """Read the dispute anew, with what its forms offer."""
        desk, dispute = self._desk, self.dispute_id
        self._lanes.submit(
            "store", lambda: (read(desk, dispute), choices_of(desk)), self._show, self._not_here
        )
        if self.board.tabs.key() == "changes":
            self._read_changes()

    def show_sheet(self, title: str, sheet: FormSheet) -> None:
        """Show a form beside the page; its button is the filled one while it is there."""
        if self._sheet:
            self._sheet.leave()
        self._sheet = sheet
        self.board.show_sheet(title, sheet)
        self.filled = sheet.act_button
        sheet.focus_first()

    def close_sheet(self) -> None:
        """Take the form away."""
        self.board.hide_sheet()

    def show_tab(self, key: str) -> None:
        """Go to a tab."""
        self.board.tabs.choose(key)

    def show_dossier(self) -> None:
        """Go to the papers."""
        self.show_tab("dossier")
        self.board.dossier.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side becomes a strip above the tabs below 1000 logical pixels."""
        super().resizeEvent(event)
        self._arrange()

    def _make_head(self) -> None:
        self._talk = Button("记一次调解", icon="edit")
        self._talk.clicked.connect(lambda: self.dispute_acts.begin("record_session"))
        self._edit = Button("改登记", icon="note")
        self._edit.clicked.connect(self.dispute_acts.edit_dispute)
        self._more = Button("更多", trailing="chevron_down")
        self._more.clicked.connect(self._show_menu)
        self.set_head(title="……", back="返回", aside=line(self._more, self._edit, self._talk))

    def _join(self) -> None:
        board = self.board
        board.changes_asked.connect(self._read_changes)
        board.people.phone_asked.connect(self._reveal_phone)
        board.people.edit_asked.connect(self.dispute_acts.edit_party)
        board.next_step.asked.connect(self._begin_next)
        board.dues.asked.connect(lambda act: self.dispute_acts.begin(act))
        board.act_asked.connect(lambda act: self.dispute_acts.begin(act))
        board.prompts.asked.connect(lambda act, record: self.dispute_acts.begin(act, record=record))
        board.people.guardian_asked.connect(self._reveal_guardian)
        board.clash.asked.connect(lambda: self._going.settle_clashes(self.dispute_id))
        board.gaps.fill_asked.connect(self.dispute_acts.edit_dispute)
        board.gaps.dossier_asked.connect(self.show_dossier)
        board.filled_changed.connect(self._choose_filled)
        dossier, papers = board.dossier, self.dossier_acts
        dossier.asked.connect(papers.do)
        dossier.shown.connect(papers.show)
        dossier.mended.connect(papers.mend)
        papers.counted.connect(dossier.say_pages)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.show_dossier)
        panel, acts = board.attachments, self.dispute_acts.attachments
        acts.keeps_original = panel.keeps_original.isChecked
        panel.choose_asked.connect(lambda: acts.choose())
        panel.paste_asked.connect(acts.paste)
        panel.handed_in.connect(acts.hand_in)
        acts.watch(panel)
        board.sheet_closed.connect(self._sheet_closed)
        self._lanes.hub.changed.connect(self._changed)

    def _arrange(self) -> None:
        self.board.arrange()
        is_wide = theme.current().is_wide(self.window().width())
        self._edit.setVisible(self.reading is not None and is_wide)

    def _show(self, answer: tuple[Reading, Mapping[str, Sequence[Choice]]]) -> None:
        self.reading, choices = answer
        self.dispute_acts.offer_choices(choices)
        self._closed.hide()
        self.board.show()
        now = self._desk.now()
        self._show_head(self.reading)
        self.board.show_reading(self.reading, now, soon_days=self._desk.settings.number("soon_days"))
        self.board.show_records(self.reading, self.dispute_acts, now)
        self._choose_filled()
        self._arrange()
        if self._begin_with:
            (act, record, part), self._begin_with = self._begin_with, None
            # The page is still being opened: what the act opens comes after it.
            QTimer.singleShot(0, self, lambda: self.dispute_acts.begin(act, record=record, part=part))

    def _show_head(self, reading: Reading) -> None:
        head = reading.page.header
        chips = [state_chip(head.status)]
        if head.risk:
            chips.append(Chip.risk(head.risk))
        accepted = f"{words.calendar_day(head.accept_date, self._desk.today)}受理" if head.accept_date else ""
        parts = (reading.number or head.matter_code, head.village, head.type_name, accepted)
        self.set_head(title=head.title, second=" · ".join(part for part in parts if part), chips=chips)
        self._talk.setVisible(head.status == "30")

    def _choose_filled(self) -> None:
        if self._sheet is None:
            self.filled = self.board.filled() if self.reading else None

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
        self.board.hide()
        self.filled = None
        self.set_head(title="关起门谈的" if stub else "不在这台电脑上", second="", chips=())
        for button in (self._more, self._edit, self._talk):
            button.hide()

    def _read_changes(self) -> None:
        def look() -> tuple[tuple[ChangeLine, ...], bool]:
            return change_log(self._desk, self.dispute_id), not ask_history(self._desk, self.dispute_id)

        def show(found: tuple[tuple[ChangeLine, ...], bool]) -> None:
            self.board.changes.show_lines(found[0], self._desk.now(), is_whole=found[1])

        self._lanes.submit("store", look, show, self._not_here)

    def _reveal_phone(self, party_id: str) -> None:
        self._lanes.submit(
            "store",
            lambda: str(self._desk.reveal("party", party_id, "phone") or ""),
            lambda phone: self.board.people.show_phone(party_id, phone),
        )

    def _reveal_guardian(self, party_id: str) -> None:
        """A reading of a sensitive field, noted."""
        known = {party.id: party.name for party in self.reading.page.parties} if self.reading else {}
        self._lanes.submit(
            "store",
            lambda: str(self._desk.reveal("party", party_id, "guardian_party_id") or ""),
            lambda guardian: self.board.people.show_guardian(party_id, known.get(guardian, "")),
        )

    def _begin_next(self, act: str) -> None:
        if self.reading:
            step = self.reading.page.next_step
            self.dispute_acts.begin(act, record=step.record, part=step.part)

    def _sheet_closed(self) -> None:
        if self._sheet:
            self._sheet.leave()
            self._sheet = None
        self._choose_filled()

    def _changed(self, _changes: object) -> None:
        if self.isVisible():
            self.reload()

    def _show_menu(self) -> None:
        if self.reading:
            menu(offered(self.reading, self.dispute_acts, self._show_flags), self._more)

    def _show_flags(self) -> None:
        """A reading of sensitive answers, noted by casework."""

        def show(found: tuple[Duty, ...]) -> None:
            said = [f"**{duty.title}** {duty.sentence}" for duty in found] or ["四件事都没有。"]
            texts = [Paragraph(text, "body", tone="ink") for text in said]
            self.board.show_sheet("登记时问的四件事", column(*texts, None))

        self._lanes.submit("store", lambda: told_flags(self._desk, self.dispute_id), show, self._not_here)
