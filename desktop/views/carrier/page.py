"""用U盘往来: choose the stick, write it or read it, see what came of it; the drawings say where one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.exchange import carrier
from desktop.casework.exchange.carrier import CarrierFacts, OnStick, ReadStick, Written
from desktop.casework.exchange.drives import Drive, drives
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.carrier import outcome
from desktop.views.carrier.choose import ChooseCard
from desktop.views.carrier.outcome import OutcomeCard
from desktop.views.carrier.ready import ReadyCard
from desktop.views.carrier.standing import StandingCard
from desktop.views.carrier.steps import StepStrip
from desktop.views.disputes.going import Going, PageAct
from desktop.views.exchange.courier import Courier
from desktop.views.exchange.largepull import LargePull
from desktop.views.kit import PageScroll, Paragraph
from desktop.views.look import theme
from desktop.views.shell.pages import Page

_LOOK_AGAIN_MS = 2_000
_LOW = 560


class CarrierPage(Page):
    """One stick at a time. Writing never waits for a round; reading waits for the one that runs."""

    place = "exchange"
    progressed = Signal(int, int)

    def __init__(
        self, desk: Desk, lanes: Lanes, going: Going, courier: Courier, *, find: Callable[[], list[Drive]] = drives
    ) -> None:
        super().__init__()
        self._desk, self._lanes, self._going, self._courier, self._find = desk, lanes, going, courier, find
        self._folder = Path()
        self._facts: CarrierFacts | None = None
        self._held: QWidget | None = None
        self.set_head(title="用U盘往来", back="与区里同步")
        self._steps, self._standing = StepStrip(), StandingCard()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.current().px(14))
        self._row.addWidget(self._standing, 2, Qt.AlignmentFlag.AlignTop)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(14))
        layout.addWidget(self._steps)
        layout.addLayout(self._row)
        layout.addStretch(1)
        self.body.addWidget(PageScroll(whole, blocks=lambda: self._standing.findChildren(Paragraph)), 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look_for_sticks)
        self.progressed.connect(self._show_progress)
        self._choose()

    def enter(self) -> None:
        """Read the facts anew."""
        self._read_facts()
        if isinstance(self._held, ChooseCard):
            self._timer.start()
            self._look_for_sticks()

    def leave(self) -> None:
        """Nobody looks for sticks behind another page."""
        self._timer.stop()

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        return (PageAct("换一个U盘", self._choose),)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without drawings where the window is low, one below the other where it is narrow."""
        super().resizeEvent(event)
        look, window = theme.current(), self.window()
        self._steps.set_low(window.height() / look.scale < _LOW)
        is_narrow = look.is_narrow(window.width())
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def open_folder(self, folder: Path) -> None:
        """Look what lies on a stick."""
        self._folder = folder
        self._timer.stop()
        self._lanes.submit("files", lambda: carrier.look(self._desk, folder), self._offer, self._fail)

    def _choose(self) -> None:
        card = ChooseCard()
        card.chosen.connect(self.open_folder)
        self._hold(card, step=0)
        if self.isVisible():
            self._timer.start()
            self._look_for_sticks()

    def _look_for_sticks(self) -> None:
        self._lanes.submit("files", self._find, self._show_sticks)

    def _show_sticks(self, found: list[Drive]) -> None:
        if isinstance(self._held, ChooseCard):
            self._held.offer(found)

    def _offer(self, on_stick: OnStick) -> None:
        if self._facts is None:
            return
        card = ReadyCard(self._folder, on_stick, self._facts)
        card.write_asked.connect(self._write)
        card.hand_over_asked.connect(self._hand_over)
        card.read_asked.connect(self._read)
        card.other_asked.connect(self._choose)
        self._hold(card, step=3 if card.filled is card.read else 1)

    def _write(self) -> None:
        self._wait("write", "正在写…")
        self._lanes.submit("files", lambda: carrier.write(self._desk, self._folder), self._written, self._fail)

    def _written(self, written: Written) -> None:
        self._finish(outcome.of_written(written), step=2)

    def _hand_over(self) -> None:
        self._wait("hand_over", "正在写…")
        self._lanes.submit(
            "files",
            lambda: carrier.hand_over(self._desk, self._folder),
            lambda receipts: self._finish(outcome.of_receipts(len(receipts)), step=2),
            self._fail,
        )

    def _read(self) -> None:
        self._wait("read", "正在读…")
        self._courier.pause()
        self._lanes.submit(
            "district",
            lambda: carrier.read(self._desk, self._folder, self.progressed.emit),
            self._was_read,
            self._fail,
        )

    def _was_read(self, came: ReadStick) -> None:
        self._finish(outcome.of_read(came), step=3)
        self._courier.finished.emit(came.as_round())
        if came.pull_too_large:
            question = LargePull(self.window(), *came.pull_too_large)
            question.agreed.connect(lambda _reason: self._read_anyway())
            question.open()

    def _read_anyway(self) -> None:
        self._lanes.submit("store", self._desk.store.allow_large_pull, lambda _none: self._read())

    def _show_progress(self, done: int, total: int) -> None:
        if isinstance(self._held, ReadyCard):
            self._held.show_progress(done, total)

    def _wait(self, button: str, text: str) -> None:
        if isinstance(self._held, ReadyCard):
            self._held.wait(getattr(self._held, button), text)

    def _fail(self, error: Exception) -> None:
        self._finish(outcome.of_trouble(troubles.spoken(error)), step=0)

    def _finish(self, card: OutcomeCard, *, step: int) -> None:
        card.back_asked.connect(self._going.back)
        card.again_asked.connect(self._choose)
        self._hold(card, step=step)
        self._read_facts()

    def _hold(self, card: ChooseCard | ReadyCard | OutcomeCard, *, step: int) -> None:
        if self._held is not None:
            self._row.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = card
        self._row.insertWidget(0, card, 3, Qt.AlignmentFlag.AlignTop)
        self._steps.go(step)
        self.filled = None if isinstance(card, ChooseCard) else card.filled
        if self.isVisible():
            self.focus_first()

    def _read_facts(self) -> None:
        self._lanes.submit("store", lambda: carrier.facts(self._desk), self._show_facts)

    def _show_facts(self, facts: CarrierFacts) -> None:
        self._facts = facts
        self._standing.say(facts)
