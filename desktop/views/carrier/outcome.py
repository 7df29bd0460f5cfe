"""What came of it: written, read, or what went wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.casework.exchange.carrier import ReadStick, StickLine, Written
from desktop.views import words as spoken
from desktop.views.kit import Button, Card, Label, Paragraph, Rule, ShapeMark, column, line
from desktop.views.look.shapes import Shape

FINE = Shape("filled disc with tick", "accent")
DOUBT = Shape("filled triangle with !", "amberMark")
QUIET = Shape("empty ring", "ink3")
_SHAPES = {"taken": FINE, "parcel": FINE, "unfit": DOUBT, "trouble": DOUBT}
_SHOWN = 6


class OutcomeCard(Card):
    """A shape, a sentence, lines below it, and the next act. `back_asked`: done here; `again_asked`: from the start."""

    back_asked = Signal()
    again_asked = Signal()

    def __init__(self, shape: Shape, fact: str, text: str, *, act: str, again: str) -> None:
        super().__init__(padding=(22, 16))
        self.filled = Button(act or again, "primary", size="large")
        self.filled.clicked.connect(self.back_asked if act else self.again_asked)
        other = Button(again, "plain", size="large")
        other.clicked.connect(self.again_asked)
        other.setVisible(bool(act))
        words = column(Paragraph(fact, "titleNarrow", tone="ink"), Paragraph(text), gap=4)
        head = line(ShapeMark(shape, size=30), words, gap=16)
        head.layout().setStretch(1, 1)
        self.add(head)
        self._at = self.body.count()
        self.add(line(self.filled, other, None, gap=10))

    def tell(self, rows: Sequence[QWidget]) -> None:
        """Put lines between the sentence and the buttons."""
        for number, row in enumerate(rows):
            self.body.insertWidget(self._at + number, row)


def of_written(written: Written) -> OutcomeCard:
    """A stick that is ready to go."""
    fact, _, rest = written.sentence.partition("。")
    card = OutcomeCard(FINE, fact, rest, act="知道了，我去送", again="再写一个U盘")
    card.tell([_fact("文件", f"{written.file.name} · {spoken.bytes_size(written.size_bytes)}")])
    return card


def of_receipts(count: int) -> OutcomeCard:
    """Receipts for other desks, written onto a stick."""
    text = "拔下来，交给原来写U盘的那台电脑，在那边按“读U盘”。"
    return OutcomeCard(FINE, f"写上了 {count} 份回执", text, act="知道了", again="换一个U盘")


def of_read(came: ReadStick) -> OutcomeCard:
    """What a stick brought, file by file."""
    fact, _, rest = came.sentence.partition("。")
    shape = FINE if came.is_good else DOUBT
    card = OutcomeCard(shape, fact, rest, act="回到与区里同步", again="再读一个U盘")
    shown = came.lines[:_SHOWN] if len(came.lines) > 1 else ()
    rows: list[QWidget] = [Rule()] if shown else []
    card.tell([*rows, *(_line(one) for one in shown)])
    return card


def of_trouble(text: str) -> OutcomeCard:
    """What went wrong, in the words of casework."""
    fact, _, rest = text.partition("。")
    return OutcomeCard(DOUBT, fact, rest, act="", again="再来一次")


def _line(one: StickLine) -> QWidget:
    text = column(Label(one.file, "caption", tone="ink2", elide=True), Paragraph(one.words, "small"), gap=0)
    row = line(ShapeMark(_SHAPES.get(one.kind, QUIET), size=14), text, gap=10)
    row.layout().setStretch(1, 1)
    return row


def _fact(name: str, value: str) -> QWidget:
    row = line(Label(name, "small", tone="ink2"), Label(value, "small", elide=True), gap=10)
    row.layout().setStretch(1, 1)
    return row
