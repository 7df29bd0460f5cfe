"""要想到的: what the procedure asks to think of in this dispute, each a calm line with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.casework.disputes.page import DisputePage
from desktop.views.disputes.page import consequences
from desktop.views.kit import Button, Card, Paragraph, ShapeMark, column, line
from desktop.views.look import theme
from desktop.views.look.shapes import Shape

_OPEN, _DOUBT = Shape("empty ring", "ink3"), Shape("filled triangle with !", "amberMark")
_UNDECIDED = frozenset({"10", "20"})
_ACTS = {
    "consent_mediation": ("tell_rights", "记同意"),
    "referred_by": ("note_referral", "去记"),
    "referral_no": ("note_referral", "去记"),
    "returned_on": ("give_back", "记反馈"),
    "end_told_at": ("tell_end", "记告知"),
    "guardian_party_id": ("edit_party", "写监护人"),
}


@dataclass(frozen=True)
class Thought:
    """One line: its words (bold within **), whether something is in doubt, what to do: act, its words, whose record.

    is_way: it belongs to the ways to tell people of, not a thing of its own.
    """

    words: str
    is_doubt: bool = False
    act: str = ""
    act_label: str = ""
    record: str = ""
    source: str = ""
    is_way: bool = False


def thoughts(facts: DisputePage) -> tuple[Thought, ...]:
    """The lines of a dispute: doubts first, then prompts, then the ways to tell people of."""
    found = []
    for lack in facts.doubts:
        record, _, name = lack.target.rpartition(".")
        act, label = _ACTS.get(name, ("", ""))
        found.append(Thought(lack.message, True, act, label, record))
    for prompt in facts.prompts:
        # Acceptance has asked for the consent; afterwards there is nothing left to think of.
        if prompt.field != "consent_mediation" or facts.header.status in _UNDECIDED:
            act, label = _ACTS.get(prompt.field, ("", ""))
            words = f"**{prompt.title}** {prompt.sentence}"
            found.append(Thought(words, False, act, label, "", prompt.source))
    if facts.notice:
        found += [Thought(words, is_way=True) for words in consequences.in_words(facts.notice)]
    return tuple(found)


class Thoughts(QWidget):
    """The lines under each other. `asked` carries an act and the record it is about."""

    asked = Signal(str, str)

    def __init__(self, found: Sequence[Thought], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for thought in found:
            rows.addWidget(self._line(thought))

    def _line(self, thought: Thought) -> QWidget:
        text = Paragraph(thought.words, "small", tone="amber" if thought.is_doubt else "ink2")
        text.setToolTip(thought.source)
        if thought.is_way:
            return text
        said: list[QWidget] = [text]
        if thought.act:
            link = Button(thought.act_label, "link", size="row")
            link.setFixedHeight(theme.current().px(24))
            link.clicked.connect(lambda: self.asked.emit(thought.act, thought.record))
            said.append(line(link, None))
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(7)
        mark = ShapeMark(_DOUBT if thought.is_doubt else _OPEN, size=13)
        hung = line(mark)
        hung.setContentsMargins(0, 3, 0, 0)
        beside.addWidget(hung, alignment=Qt.AlignmentFlag.AlignTop)
        beside.addWidget(column(*said, gap=0), 1)
        return row


class PromptsCard(Card):
    """The lines as a card beside the dispute; nothing to think of takes no room."""

    asked = Signal(str, str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("要想到的", padding=(15, 13), parent=parent)
        self.shown: tuple[Thought, ...] = ()
        self._lines: Thoughts | None = None
        self.hide()

    def show_thoughts(self, found: tuple[Thought, ...]) -> None:
        """Show these lines."""
        self.setVisible(bool(found))
        if found == self.shown:
            return
        self.shown = found
        if self._lines:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = Thoughts(found)
        self._lines.asked.connect(self.asked)
        self.add(self._lines)
