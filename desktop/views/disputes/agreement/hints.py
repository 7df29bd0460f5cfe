"""Words to look at, under the text they stand in: the words marked, why, what might stand there; never a change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes.terms import TermHint
from desktop.views.kit import Label, Paragraph, ShapeMark, line
from desktop.views.look.shapes import Shape

_DOUBT = Shape("filled triangle with !", "amberMark")
_MOST = 4


class HintLines(QWidget):
    """The hints of one field; none takes no room."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[str, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.hide()

    def show_hints(self, hints: Sequence[TermHint]) -> None:
        """Show these, the first four in full."""
        said = tuple(dict.fromkeys(_sentence(hint) for hint in hints))
        if said == self.shown:
            return
        self.shown = said
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for sentence in said[:_MOST]:
            self._rows.addWidget(line(ShapeMark(_DOUBT, size=15), _wide(sentence), gap=7))
        if len(said) > _MOST:
            self._rows.addWidget(Label(f"还有 {len(said) - _MOST} 处，改好上面的再看", "small", tone="ink2"))
        self.setVisible(bool(said))


def _wide(sentence: str) -> Paragraph:
    text = Paragraph(sentence, "small", tone="amber")
    policy = text.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    text.setSizePolicy(policy)
    return text


def _sentence(hint: TermHint) -> str:
    better = f" 可以写：{'、'.join(hint.better)}" if hint.better else ""
    return f"“**{hint.words}**” {hint.reason.rstrip('。')}。{better}"
