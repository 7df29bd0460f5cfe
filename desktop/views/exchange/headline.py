"""The first card: one sentence about the exchange, and the button that runs it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.casework.exchange.status import ExchangePage
from desktop.views.exchange import facts
from desktop.views.kit import Button, Card, Heading, Paragraph, ShapeMark, column, line
from desktop.views.look import shapes, theme

_RUN, _PAUSE, _PAUSING = "现在就传", "先停一停", "正在停…"


class Headline(Card):
    """Shape, sentence, detail, buttons. `run_asked` and `pause_asked` are the two faces of the filled one."""

    stick_asked = Signal()
    run_asked = Signal()
    pause_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(22, 18))
        self._shape = ShapeMark(shapes.of_exchange("waiting"), size=30)
        self._sentence = Heading("", role="titleNarrow")
        self._detail = Paragraph("", "small")
        self.button = Button(_RUN, "primary", size="large", icon="arrow_sync")
        self.button.clicked.connect(self._press)
        self._is_running = False
        words = column(self._sentence, self._detail, gap=4)
        stick = Button("用U盘带去", "plain", size="large", icon="usb_stick")
        stick.clicked.connect(self.stick_asked)
        row = line(self._shape, words, line(stick, self.button, gap=10), gap=18)
        row.layout().setStretch(1, 1)
        self.add(row)
        self.body.setSpacing(theme.current().px(4))

    def say(self, page: ExchangePage) -> None:
        """Say the facts; while a round runs the sentence stays with the round."""
        self._shape.set_shape(shapes.of_exchange(facts.kind(page.card)))
        self._sentence.say(page.headline)
        self._detail.say("\n".join(part for part in (page.detail, page.skew) if part))

    def set_running(self, is_running: bool) -> None:
        """One button, two faces: run, or pause what runs."""
        self._is_running = is_running
        self.button.setEnabled(True)
        self.button.say(_PAUSE if is_running else _RUN)
        self.button.set_kind("plain" if is_running else "primary")

    def _press(self) -> None:
        if self._is_running:
            self.button.say(_PAUSING)
            self.button.setEnabled(False)
            self.pause_asked.emit()
        else:
            self.run_asked.emit()
