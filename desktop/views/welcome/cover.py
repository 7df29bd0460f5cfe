"""The first day, step by step. Nothing is asked twice; going back is not needed, closing is safe until step 3."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.views.background import Lanes
from desktop.views.kit import column
from desktop.views.kit.button import Button
from desktop.views.unlock.ground import Ground
from desktop.views.welcome.arrival import Arrival, Newcomer, TakenIn
from desktop.views.welcome.choose_secret import SecretStep
from desktop.views.welcome.first_round import FirstRoundStep
from desktop.views.welcome.join import JoinStep
from desktop.views.welcome.person import PersonStep
from desktop.views.welcome.recovery import CodeSheet, CodeStep
from desktop.views.welcome.steps import Steps

_WIDTH = 580


class WelcomeCover(Ground):
    """`opened` carries what the arrival opened."""

    opened = Signal(object)

    def __init__(self, arrival: Arrival, lanes: Lanes, *, today: date) -> None:
        super().__init__()
        self._arrival, self._lanes, self._today = arrival, lanes, today
        self._taken_in = TakenIn("", ())
        self._who = Newcomer("", "")
        self._step: QWidget | None = None
        self.setAccessibleName("第一次用")
        step = JoinStep(next(iter(arrival.known_urls()), ""))
        step.asked.connect(self._enrol)
        self._go(0, step)

    def step(self) -> QWidget:
        """The card now shown."""
        assert self._step is not None
        return self._step

    def focusInEvent(self, event: object) -> None:
        """The keyboard belongs to the step."""
        self.step().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the filled button, Ctrl+P prints."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        filled = getattr(self._step, "filled", None)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(filled, Button):
            filled.click()
        elif control and event.key() == Qt.Key.Key_P and isinstance(self._step, CodeStep):
            self._step.print_sheet()
        else:
            super().keyPressEvent(event)

    def _go(self, number: int, step: QWidget) -> None:
        self._step = step
        steps = Steps()
        steps.go(number)
        self.hold(column(steps, step, gap=16), width=_WIDTH)
        step.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enrol(self, url: str, code: str) -> None:
        self._lanes.submit("district", lambda: self._arrival.enrol(url, code), self._ask_who, self._refuse)

    def _ask_who(self, taken_in: TakenIn) -> None:
        self._taken_in = taken_in
        step = PersonStep(taken_in.place_name, taken_in.people)
        step.chosen.connect(self._ask_secret)
        self._go(1, step)

    def _ask_secret(self, who: Newcomer) -> None:
        self._who = who
        step = SecretStep(who.name)
        step.asked.connect(self._start)
        self._go(2, step)

    def _start(self, secret: str) -> None:
        self._lanes.submit(
            "store", lambda: self._arrival.start(self._who.account, secret), self._show_code, self._refuse
        )

    def _show_code(self, code: str) -> None:
        sheet = CodeSheet(code, person=self._who.name, place_name=self._taken_in.place_name, day=self._today)
        step = CodeStep(sheet)
        step.kept.connect(self._first_round)
        self._go(3, step)

    def _first_round(self) -> None:
        step = FirstRoundStep(self._arrival.first_round, self._lanes)
        step.entered.connect(lambda: self._lanes.submit("store", self._arrival.opened, self.opened.emit))
        self._go(4, step)
        step.begin()

    def _refuse(self, error: Exception) -> None:
        if isinstance(self._step, JoinStep | SecretStep):
            self._step.refuse(error)
