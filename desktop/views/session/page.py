"""The session recorder (picture 05): people talk, one writes. Every letter is kept, no sound, no pop-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.casework.attachments import recordings
from desktop.casework.desk import Desk
from desktop.casework.disputes import room as rooms
from desktop.casework.disputes import sessions
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.disputes.room import ANSWER, INQUIRY, MEDIATION, QUESTION, SessionDraft, SessionRoom
from desktop.casework.disputes.sessions import Outcome
from desktop.casework.errors import NotYet
from desktop.views import troubles
from desktop.views.attachments.acts import AttachmentActs
from desktop.views.attachments.scans import ScanWatch
from desktop.views.background import Lanes
from desktop.views.disputes.forms.binding import Setting
from desktop.views.disputes.forms.keeping import DraftKeeper
from desktop.views.disputes.forms.savedmark import SavedMark
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, column, line
from desktop.views.look import theme
from desktop.views.session import keys
from desktop.views.session.audio import KEY as AUDIO_KEY
from desktop.views.session.audio import AudioMark
from desktop.views.session.phrases import KEY as PHRASES_KEY
from desktop.views.session.phrasing import Phrasing
from desktop.views.session.recording import Recording
from desktop.views.session.result import ResultForm
from desktop.views.session.room import minutes_since
from desktop.views.session.side import SessionSide
from desktop.views.session.speakers import Speakers
from desktop.views.session.utterances import Utterances
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page

_SIDE, _SIDE_NARROW = 300, 250
_NO_RESULT = Outcome("")
"""An inquiry only notes what was said."""
_Opened = tuple[SessionDraft, SessionRoom, datetime, float]


class SessionPage(Page):
    """The recorder of one dispute's running session; the session begins when the page is first opened.

    kind: what begins when none runs yet, a code of SESSION_KIND.
    """

    place = "disputes"
    wants_rail = True

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        going: Going,
        *,
        dispute_id: str,
        kind: str = MEDIATION,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._dispute, self._kind = dispute_id, kind
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

    @property
    def is_inquiry(self) -> bool:
        """Whether one asks and one answers."""
        return bool(self._draft) and self._draft["kind"] == INQUIRY

    def enter(self) -> None:
        """Look out for what the scanner brings while the page is looked at."""
        self._watch.begin()

    def leave(self) -> None:
        """Write down the last letters and let the microphone go; the session runs on."""
        self._watch.rest()
        self.recording.pause()
        self.phrasing.picker.close_list()
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
            PageAct("用常用语", self._open_phrases, PHRASES_KEY),
            PageAct("记下现在几点", self._stamp, "Alt+T"),
            PageAct("录音开始、停一停", self.recording.toggle, AUDIO_KEY),
            PageAct("这里有哪些键", self._show_keys, "F1"),
            PageAct("结束，写结果", self._end.click, "Ctrl+Enter"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side is narrower in a narrow window."""
        super().resizeEvent(event)
        look = theme.current()
        self.side.setFixedWidth(look.px(_SIDE if look.is_wide(self.window().width()) else _SIDE_NARROW))

    def speak(self, key: str) -> None:
        """Begin a line of that attendant; "" is a break."""
        if self._draft and self._stack.currentWidget() is self._recorder:
            line_of_now = sessions.say(self._desk, {**self._draft, "utterances": []}, key)["utterances"][0]
            self.utterances.begin(line_of_now)
            self._show_speakers()

    def _make_parts(self) -> None:
        self.phrasing = Phrasing(self._desk, self._lanes, self._going, self)
        self.utterances = Utterances(self._desk.now, first_look=self.phrasing.first_look)
        self.phrasing.utterances = self.utterances
        self.side, self.audio_mark = SessionSide(self._setting, dispute_id=self._dispute), AudioMark()
        self.recording = Recording(
            self._desk, self._going.sound, self.side.audio, self.audio_mark, dispute_id=self._dispute, parent=self
        )
        papers = self.side.papers
        self.attachments = AttachmentActs(
            self._desk, self._lanes, self._going, papers, self, strike_out=lambda *_: None, say=papers.say
        )
        self._watch = ScanWatch(self._desk, self._lanes, papers.offers, dispute_id=self._dispute)
        self.result = ResultForm(self._setting)
        self._end = Button("结束，写结果", "primary", size="large")

    def _build(self) -> None:
        self._recorder = QWidget()
        row = QHBoxLayout(self._recorder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.utterances, 1)
        row.addWidget(self.side)
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
        self.footer = Footer([self._back_to_record, self._speakers], [self.audio_mark, self._break, self._finish])

    def _join(self) -> None:
        side, papers = self.side, self.side.papers
        self._end.clicked.connect(self._end_record)
        self.utterances.changed.connect(self._touch)
        self.utterances.next_asked.connect(self._speak_on)
        self.utterances.handed_in.connect(self.attachments.hand_in)
        side.presence.came.connect(self._came)
        side.presence.joined.connect(self._joined)
        side.tellings.told.connect(lambda key: self._become(sessions.tell(self._desk, self._draft, key)))
        side.tellings.asked_closed.connect(
            lambda answer: self._become(sessions.tell(self._desk, self._draft, "closed", answer=answer))
        )
        side.typed.connect(self._touch)
        side.respondent.party_asked.connect(self._ask_party)
        side.audio.answered.connect(self._answer_audio)
        papers.choose_asked.connect(lambda: self.attachments.choose())
        papers.paste_asked.connect(self.attachments.paste)
        self._watch.taken.connect(lambda name: papers.say(f"添上了：{name}"))
        self._watch.failed.connect(lambda error: troubles.tell(self._going.notices, error))
        self.result.typed.connect(self._touch)
        self._bind_keys()

    def _bind_keys(self) -> None:
        for digit in range(10):
            self._bind(f"Alt+{digit}", lambda digit=digit: self._speak_digit(digit))
        self._bind("Alt+B", lambda: self.speak(""))
        self._bind("Alt+T", self._stamp)
        self._bind(PHRASES_KEY, self._open_phrases)
        self._bind("Ctrl+J", self._open_phrases)
        self._bind(AUDIO_KEY, self.recording.toggle)
        self._bind("F1", self._show_keys)

    def _bind(self, keys: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)

    def _open(self) -> _Opened:
        desk = self._desk
        draft = sessions.begin(desk, self._dispute, kind=self._kind)
        kept = desk.store.draft(sessions.draft_key(self._dispute))
        kept_at = moment_of(desk, kept.saved_ms) if kept else desk.now()
        recorded = sum(part.seconds for part in recordings.parts(desk, self._dispute))
        return draft, rooms.room(desk, draft), kept_at, recorded

    def _begin(self, opened: _Opened) -> None:
        self._draft, room, kept_at, recorded = opened
        # A session begun with an earlier version has no id of its own yet.
        self._draft = {"id": self._desk.ids(), **self._draft}
        self.recording.begin(str(self._draft["id"]), recorded)
        if self.is_inquiry:
            self._end.say("记录写好了")
        self.saved.say_kept(kept_at)
        self.utterances.fill(list(self._draft["utterances"]))
        self.side.fill(self._draft)
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
            "outcome": self.result.values(),
            **self.side.values(),
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
        self.side.show_room(room, closed=self._draft["closed"])
        self.recording.follow(rooms.consent_of(self._draft, room.audio.here))
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
        self._become(rooms.come(self._draft, key, here=here))

    def _joined(self, name: str, relation: str, consent: bool) -> None:
        person = {"id": self._desk.ids(), "name": name, "relation": relation, "consent": consent or None, "here": True}
        self._become({**self._draft, "others": [*self._draft["others"], person]})

    def _ask_party(self, party_id: str) -> None:
        store = self._desk.store

        def take(party: Any) -> None:
            self.side.respondent.fill(rooms.respondent_of(party or {}))
            self._touch()

        self._lanes.submit("store", lambda: store.record("party", party_id), take)

    def _answer_audio(self, all_agree: bool) -> None:
        """Everyone was asked: note it, and record when all agree."""
        here = self._room.audio.here if self._room else ()
        self._become(sessions.agree_to_audio(self._desk, self._draft, here, all_agree=all_agree))
        self.recording.follow(rooms.consent_of(self._draft, here))
        self.recording.start()
        self._write_on()

    def _open_phrases(self) -> None:
        self._write_on()
        self.phrasing.open()

    def _stamp(self) -> None:
        self._write_on()
        self.utterances.insert(f"（{self._desk.now():%H:%M}）")

    def _show_keys(self) -> None:
        keys.show_keys(self.utterances, is_inquiry=self.is_inquiry)

    # -- from record to result ----------------------------------------------------------------------------------

    def _show_recorder(self) -> None:
        self._turn_to(self._recorder, self._end)
        self._write_on()

    def _write_on(self) -> None:
        """Give the keyboard to the last line; the first one is the host's, or a question."""
        if not self.utterances.go_on() and self._room and self._room.speakers:
            self.speak(QUESTION if self.is_inquiry else self._room.speakers[-1].key)

    def _speak_on(self) -> None:
        """Enter: the same person goes on; after a question comes the answer, after it the next question."""
        now = self.utterances.speaker() or ""
        following = {QUESTION: ANSWER, ANSWER: QUESTION, "": QUESTION} if self.is_inquiry else {}
        self.speak(following.get(now, now))

    def _end_record(self) -> None:
        if self.is_inquiry:
            self._write()
        else:
            self._show_result()

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
        self.recording.pause()
        outcome = _NO_RESULT if self.is_inquiry else self.result.outcome()
        draft, desk = self._gather(), self._desk
        self.filled.setEnabled(False)
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
            f"{self._draft['kind']}记录写好了", f"存在本机 {self._desk.now():%H:%M}，等有网传到区里", actions=actions
        )

    def _refused(self, error: Exception) -> None:
        self.filled.setEnabled(True)
        if not isinstance(error, NotYet):
            troubles.tell(self._going.notices, error)
            return
        forms = [self.side.fields, self.side.respondent.fields if self.is_inquiry else self.result.fields]
        for form in forms:
            form.say_lacks(error.lacks)
        here = [(form, lack.target) for form in reversed(forms) for lack in error.lacks if lack.target in form]
        elsewhere = [lack.message for lack in error.lacks if not any(lack.target in form for form in forms)]
        if elsewhere:
            self._going.notices.tell(elsewhere[0], "；".join(elsewhere[1:]) or "写好的都还在", kind="warning")
        if not here or here[0][0] is self.side.fields:
            self._show_recorder()
        if here:
            here[0][0].jump(here[0][1])

    def _not_begun(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)
        QTimer.singleShot(0, self, self._going.back)
