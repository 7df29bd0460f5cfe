"""The session recorder (picture 05): people talk, one writes. Every letter is kept, no sound, no pop-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import room as rooms
from desktop.casework.disputes import sessions
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.disputes.room import SessionDraft, SessionRoom
from desktop.casework.errors import NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.keeping import DraftKeeper
from desktop.views.disputes.forms.savedmark import SavedMark
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Card, column, line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme
from desktop.views.session.result import ResultForm
from desktop.views.session.room import PresenceCard, StuckCard, TellingCard, minutes_since
from desktop.views.session.speakers import Speakers
from desktop.views.session.utterances import Utterances
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page
from sync.records.session import SESSION

_SIDE = 300


class SessionPage(Page):
    """The recorder of one dispute's running session; the session begins when the page is first opened."""

    place = "disputes"
    wants_rail = True

    def __init__(
        self, desk: Desk, lanes: Lanes, going: Going, *, dispute_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._dispute = dispute_id
        self._draft: SessionDraft = {}
        self._room: SessionRoom | None = None
        self._keeper: DraftKeeper[SessionRoom] | None = None
        self._setting = Setting(desk, {})
        self.saved = SavedMark()
        self._make_parts()
        self._build()
        self._make_footer()
        self._join()
        self.set_head(title="……", back="先离开", aside=line(self.saved, self._end, gap=14))
        lanes.submit("store", self._open, self._begin, self._not_begun)

    def leave(self) -> None:
        """Write down the last letters; the session runs on."""
        if self._keeper:
            self._keeper.flush()

    def focus_first(self) -> None:
        """The line being written."""
        if self._stack.currentWidget() is self._recorder:
            self.utterances.go_on()
        else:
            self.result.fields.jump("result")

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        speakers = self._room.speakers if self._room else ()
        return (
            *(
                PageAct(f"记{one.name}说的", lambda key=one.key: self.speak(key), f"Alt+{one.digit}")
                for one in speakers
            ),
            PageAct("记休息", lambda: self.speak(""), "Alt+B"),
            PageAct("结束，写结果", self._end.click, "Ctrl+Enter"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side is narrower in a narrow window."""
        super().resizeEvent(event)
        look = theme.current()
        self._side.setFixedWidth(look.px(_SIDE if look.is_wide(self.window().width()) else 250))

    def speak(self, key: str) -> None:
        """Begin a line of that attendant; "" is a break."""
        if self._draft and self._stack.currentWidget() is self._recorder:
            line_of_now = sessions.say(self._desk, {**self._draft, "utterances": []}, key)["utterances"][0]
            self.utterances.begin(line_of_now)
            self._show_speakers()

    def _make_parts(self) -> None:
        self.utterances = Utterances(self._desk.now)
        self.presence, self.tellings, self.stuck = PresenceCard(), TellingCard(), StuckCard()
        self._place_fields = FieldSet(self)
        field = SESSION.by_name["place"]
        self._place_card = Card(padding=(15, 10))
        self._place_card.add(
            self._place_fields.add(
                "place", field.label, bind(field, self._setting, placeholder="石桥村调解室")
            )
        )
        self.result = ResultForm(self._setting)
        self._end = Button("结束，写结果", "primary", size="large")

    def _build(self) -> None:
        cards = column(self.presence, self.tellings, self._place_card, self.stuck, None, gap=12)
        self._side = FoldScroll(cards, ground="canvas")
        self._recorder = QWidget()
        row = QHBoxLayout(self._recorder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.utterances, 1)
        row.addWidget(self._side)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._recorder)
        self._results = column(self.result, None)
        self._stack.addWidget(self._results)
        self.body.addWidget(self._stack, 1)

    def _make_footer(self) -> None:
        self._speakers = Speakers()
        self._speakers.chosen.connect(self.speak)
        self._break = Button("记休息", "text", key="Alt+B")
        self._break.clicked.connect(lambda: self.speak(""))
        self._back_to_record = Button("接着记", "text")
        self._back_to_record.clicked.connect(self._show_recorder)
        self._finish = Button("记录写好了", "primary", size="large", key="Ctrl+Enter")
        self._finish.clicked.connect(self._write)
        self.footer = Footer([self._back_to_record, self._speakers], [self._break, self._finish])

    def _join(self) -> None:
        self._end.clicked.connect(self._show_result)
        self.utterances.changed.connect(self._touch)
        self.utterances.next_asked.connect(lambda: self.speak(self.utterances.speaker() or ""))
        self.presence.came.connect(self._came)
        self.presence.joined.connect(self._joined)
        self.tellings.told.connect(lambda key: self._become(sessions.tell(self._desk, self._draft, key)))
        self.tellings.asked_closed.connect(
            lambda answer: self._become(sessions.tell(self._desk, self._draft, "closed", answer=answer))
        )
        self._place_fields.typed.connect(lambda _key: self._touch())
        self.result.typed.connect(self._touch)
        for digit in range(10):
            self._bind(f"Alt+{digit}", lambda digit=digit: self._speak_digit(digit))
        self._bind("Alt+B", lambda: self.speak(""))

    def _bind(self, keys: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)

    def _open(self) -> tuple[SessionDraft, SessionRoom, datetime]:
        desk = self._desk
        draft = sessions.begin(desk, self._dispute)
        kept = desk.store.draft(sessions.draft_key(self._dispute))
        return draft, rooms.room(desk, draft), moment_of(desk, kept.saved_ms) if kept else desk.now()

    def _begin(self, opened: tuple[SessionDraft, SessionRoom, datetime]) -> None:
        self._draft, room, kept_at = opened
        self.saved.say_kept(kept_at)
        self.utterances.fill(list(self._draft["utterances"]))
        self._place_fields.fill({"place": self._draft["place"]})
        self.result.fill(dict(self._draft.get("outcome") or {}))
        desk = self._desk
        self._keeper = keeper = DraftKeeper(
            desk, self._lanes, self._gather, lambda body: rooms.room(desk, body),
            key=lambda _: sessions.draft_key(self._dispute), parent=self,
        )  # fmt: skip
        keeper.kept.connect(self.saved.say_kept)
        keeper.failed.connect(self.saved.say_failed)
        keeper.judged.connect(self._show_room)
        self._show_room(room)
        self._show_recorder()

    def _gather(self) -> SessionDraft:
        return {
            **self._draft,
            "utterances": self.utterances.lines(),
            "place": str(self._place_fields.value("place") or ""),
            "outcome": self.result.values(),
        }

    def _touch(self) -> None:
        if self._keeper:
            self._keeper.touch()

    def _become(self, draft: SessionDraft) -> None:
        self._draft = draft
        self._touch()

    def _show_room(self, room: SessionRoom) -> None:
        self._room = room
        names = {one.key: one.name for one in (*room.attendants, *room.speakers)}
        self.utterances.name_people(names)
        self.presence.show_people(room.attendants)
        self.tellings.show_tellings(room.tellings, closed=self._draft["closed"])
        self.stuck.show_stuck(room.last_stuck)
        start = room.start_at.astimezone(self._desk.now().tzinfo)
        parts = (room.place, f"{start:%H:%M} 开始", minutes_since(start, self._desk.now()))
        self.set_head(title=room.title, fact=room.subtitle, second=" · ".join(part for part in parts if part))
        self._show_speakers()

    def _show_speakers(self) -> None:
        if self._room:
            self._speakers.show_speakers(self._room.speakers, self.utterances.speaker())

    def _speak_digit(self, digit: int) -> None:
        speaker = next(
            (one for one in (self._room.speakers if self._room else ()) if one.digit == digit), None
        )
        if speaker:
            self.speak(speaker.key)

    def _came(self, key: str, here: bool) -> None:
        others = [{**one, "here": here} if one["id"] == key else one for one in self._draft["others"]]
        is_other = any(one["id"] == key for one in others)
        present = [one for one in self._draft["present"] if one != key]
        self._become(
            {
                **self._draft,
                "others": others,
                "present": [*present, key] if here and not is_other else present,
            }
        )

    def _joined(self, name: str, relation: str, consent: bool) -> None:
        person = {
            "id": self._desk.ids(),
            "name": name,
            "relation": relation,
            "consent": consent or None,
            "here": True,
        }
        self._become({**self._draft, "others": [*self._draft["others"], person]})

    def _show_recorder(self) -> None:
        self._turn_to(self._recorder, self._end)
        if not self.utterances.go_on() and self._room and self._room.speakers:
            self.speak(self._room.speakers[-1].key)

    def _show_result(self) -> None:
        self._turn_to(self._results, self._finish)
        self.result.fields.jump("result")

    def _turn_to(self, side: QWidget, filled: Button) -> None:
        """Record or result; each has its own buttons, and one filled."""
        self._stack.setCurrentWidget(side)
        self.filled = filled
        is_record = side is self._recorder
        for widget in (self._speakers, self._break, self._end):
            widget.setVisible(is_record)
        for widget in (self._back_to_record, self._finish):
            widget.setVisible(not is_record)

    def _write(self) -> None:
        draft, outcome, desk = self._gather(), self.result.outcome(), self._desk
        self._finish.setEnabled(False)
        self._lanes.submit(
            "store", lambda: sessions.finish(desk, draft, outcome), lambda _changes: self._written(outcome.result),
            self._refused,
        )  # fmt: skip

    def _written(self, result: str) -> None:
        if self._keeper:
            self._keeper.stop()
        self._going.back()
        going, dispute = self._going, self._dispute
        actions = (
            [("写协议", lambda: going.open_dispute(dispute, act="write_agreement"))]
            if result == "达成"
            else []
        )
        going.notices.tell(
            "调解记录写好了", f"存在本机 {self._desk.now():%H:%M}，等有网传到区里", actions=actions
        )

    def _refused(self, error: Exception) -> None:
        self._finish.setEnabled(True)
        if not isinstance(error, NotYet):
            troubles.tell(self._going.notices, error)
            return
        self.result.fields.say_lacks(error.lacks)
        here = [lack for lack in error.lacks if lack.target in self.result.fields]
        if here:
            self.result.fields.jump(here[0].target)
        elsewhere = [lack.message for lack in error.lacks if lack not in here]
        if elsewhere:
            self._going.notices.tell(elsewhere[0], "；".join(elsewhere[1:]) or "写好的都还在", kind="warning")
            if not here:
                self._show_recorder()

    def _not_begun(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)
        QTimer.singleShot(0, self, self._going.back)
