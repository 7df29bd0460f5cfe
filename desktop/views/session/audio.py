"""录音, beside the record: everyone is asked first, then it runs until somebody pauses it. Quiet: nothing here moves
but a meter, once a second, and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.disputes.room import AudioConsent
from desktop.views import words
from desktop.views.kit import Bar, Button, Card, Heading, Label, Paragraph, ShapeMark, line
from desktop.views.look.shapes import Shape

Standing = Literal["idle", "opening", "running", "broken"]
KEY = "Alt+R"
_RUNNING, _RESTING = Shape("full disc in ring", "accent"), Shape("empty ring", "ink3")
_TROUBLE, _DOUBT = Shape("filled diamond with !", "red"), Shape("filled triangle with !", "amberMark")
_STEPS = 6
_HEARD, _FAINT = 0.06, 0.012
"""Loudness above which speech is heard well, below which nothing is: guesses, to be set with a real microphone."""


@dataclass(frozen=True)
class AudioFacts:
    """What the card shows. seconds: recorded so far, all takes; trouble: why it broke off, a fact and what to do."""

    consent: AudioConsent
    standing: Standing = "idle"
    seconds: float = 0.0
    loudness: float = 0.0
    trouble: tuple[str, str] = ("", "")


class AudioCard(Card):
    """`answered` carries whether all who are here agree; `toggled` starts or pauses; `looked_for`: it must be seen."""

    answered = Signal(bool)
    toggled = Signal()
    looked_for = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(15, 12), parent=parent)
        self.setAccessibleName("录音")
        self.body.setSpacing(6)
        self._is_asking = False
        self._facts: AudioFacts | None = None
        self._mark, self._said = ShapeMark(_RESTING, size=13), Label("", "small", elide=True)
        self._rest = Paragraph("", "caption")
        self._meter, self._heard = Bar(name="声音大小", height=5), Label("", "caption", tone="ink2")
        self._ask = Button("问录音", size="row")
        self._go = Button("开始录", size="row", key=KEY)
        self._agree = Button("都同意，开始录", size="row")
        self._refuse = Button("有人不同意", "text", size="row")
        self._head = line(Heading("录音"), self._mark, self._said, self._ask)
        self._head.layout().setStretch(2, 1)
        self._meter_row = line(self._meter, self._heard)
        self._meter_row.layout().setStretch(0, 1)
        self._first, self._second = line(self._agree, self._go, None), line(self._refuse, None)
        self.add(self._head, self._rest, self._meter_row, self._first, self._second)
        self._join()

    def show_audio(self, facts: AudioFacts) -> None:
        """Show how it stands; what is the same is left alone, so that nothing flickers."""
        if facts == self._facts:
            return
        self._facts = facts
        if facts.consent.unasked or facts.consent.agreed:
            self._is_asking = False
        self._show(facts)

    def ask(self) -> None:
        """Show who is to be asked, and the two answers."""
        self._is_asking = True
        if self._facts:
            self._show(self._facts)
        self.looked_for.emit()
        if self._agree.isVisible():
            self._agree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def words(self) -> str:
        """What is said now, for whoever cannot see the shape."""
        return "，".join(part for part in (self._said.text(), self._rest.words()) if part)

    def _join(self) -> None:
        self._ask.clicked.connect(self.ask)
        self._go.clicked.connect(self.toggled)
        self._agree.clicked.connect(lambda: self._answer(True))
        self._refuse.clicked.connect(lambda: self._answer(False))

    def _answer(self, all_agree: bool) -> None:
        self._is_asking = False
        self.answered.emit(all_agree)

    def _show(self, facts: AudioFacts) -> None:
        consent = facts.consent
        asks = self._is_asking or bool(consent.unasked)
        said, rest, shape = self._sentence(facts, asks=asks)
        self._said.setText(said)
        self._rest.say(rest)
        self._rest.setVisible(bool(rest))
        self._mark.set_shape(shape)
        self.setAccessibleDescription(self.words())
        runs = facts.standing in ("running", "opening")
        can_ask = asks and len(consent.here) > 1
        self._ask.setVisible(not asks and not consent.allows)
        self._ask.say("再问一次" if consent.agreed is False else "问录音")
        self._agree.setVisible(can_ask)
        self._go.setVisible(consent.allows and not asks)
        self._go.say("停一停" if runs else "接着录" if facts.seconds else "开始录")
        self._first.setVisible(can_ask or (consent.allows and not asks))
        self._second.setVisible(can_ask or (consent.allows and runs))
        self._show_meter(facts)

    def _show_meter(self, facts: AudioFacts) -> None:
        self._meter_row.setVisible(facts.standing == "running")
        loud = facts.loudness
        self._meter.set_share(_steps(loud), _STEPS)
        self._heard.setText("听得清" if loud >= _HEARD else "声音小" if loud >= _FAINT else "没有声音")

    def _sentence(self, facts: AudioFacts, *, asks: bool) -> tuple[str, str, Shape]:
        consent = facts.consent
        length = _length(facts.seconds)
        if asks and len(consent.here) < 2:
            return "先勾谁在场，再问录音", "", _RESTING
        if consent.unasked:
            return "先停了，有人还没问", f"还没问{_names(consent.unasked)}，同不同意录音。{length}", _DOUBT
        if asks:
            return "问在场的每个人", f"{_names(consent.here)}，都同意录音吗？", _RESTING
        if facts.standing == "broken":
            return facts.trouble[0], f"{facts.trouble[1]}{length}", _TROUBLE
        if facts.standing == "opening":
            return "正在打开话筒", "", _RESTING
        if facts.standing == "running":
            return f"在录，{length}".rstrip("，"), "", _RUNNING
        if consent.agreed is False:
            return "有人不同意", length, _RESTING
        return (f"停着，{length}", "", _RESTING) if length else ("没在录", "", _RESTING)


class AudioMark(QWidget):
    """The same in a few words for the footer, where nothing scrolls away. Nothing recorded takes no room."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark, self._said = ShapeMark(_RESTING, size=13), Label("", "small", tone="ink2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._mark)
        layout.addWidget(self._said)
        self.hide()

    def words(self) -> str:
        """What is said now."""
        return self._said.text()

    def show_audio(self, facts: AudioFacts) -> None:
        """Show how it stands."""
        said, shape = "", _RESTING
        if facts.standing == "broken":
            said, shape = "录音断了", _TROUBLE
        elif facts.consent.unasked and facts.seconds:
            said, shape = "录音停了", _DOUBT
        elif facts.standing == "running":
            said, shape = f"在录，{_length(facts.seconds)}".rstrip("，"), _RUNNING
        elif facts.seconds:
            said = "录音停着"
        self._mark.set_shape(shape)
        self._said.setText(said)
        self.setAccessibleName(said)
        self.setVisible(bool(said))


def _steps(loudness: float) -> int:
    """Loudness in a few steps as the ear counts: a doubling is a step."""
    return sum(loudness >= 0.4 / 2**n for n in range(_STEPS))


def _length(seconds: float) -> str:
    said = words.minutes(seconds)
    return f"录了{' ' * said[0].isdigit()}{said}" if seconds else ""


def _names(names: Sequence[str]) -> str:
    return "、".join(names)
