"""The district does not know this PC any more: a calm word about it, and the way back in with a new code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from desktop.views.kit import Button, Card, IconMark, Label, LabelledField, Paragraph, TextField, line
from desktop.views.look import theme
from desktop.views.unlock.ground import TroubleLine

_TEXT = "多半是区里恢复过备份。这里登记的照常用，{waiting}向区里要一张新的**入网码**填上，接上以后没传的自己补传。"
_WAITING = "有 {count} 件还没传到区里，都在这台电脑上。"
_GO, _GOING = "重新接入", "正在接入…"
_FIELD = 340


class RejoinPanel(Card):
    """`asked` carries the code; answer with `refuse`, or leave the page when the PC was taken in again.

    It stands in the place of the headline. `retry_asked`: perhaps the district knows it again by now.
    """

    asked = Signal(str)
    retry_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tone="amber")
        self.setAccessibleName("区里不认得这台电脑了")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.code = TextField(placeholder="八组，每组四个，横线可以不填")
        self.code.setFixedWidth(theme.current().px(_FIELD))
        self.field = LabelledField("新的入网码", self.code, hint="七天内有效，只能用一次")
        self.button = Button(_GO, "primary")
        self.button.clicked.connect(self._ask)
        retry = Button("先再传一次看看", "text")
        retry.clicked.connect(self.retry_asked)
        self._text, self.trouble = Paragraph("", "small", tone="ink"), TroubleLine()
        title = line(IconMark("warning", size=20, tone="amber"), Label("区里不认得这台电脑了", "heading"), None)
        self.add(title, self._text, line(self.field, self.button, retry, None, gap=10), self.trouble)

    def say(self, waiting: int) -> None:
        """How many records wait here meanwhile."""
        said = _WAITING.format(count=waiting) if waiting else "一件没少。"
        self._text.say(_TEXT.format(waiting=said))

    def refuse(self, error: Exception) -> None:
        """Say why it did not go; what was typed stays."""
        self._rest(False)
        self.trouble.say_error(error)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self.field.settle()
        self.trouble.say("")
        if not self.code.value():
            self.field.fail("还没填入网码")
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._rest(True)
        self.asked.emit(self.code.value())

    def _rest(self, resting: bool) -> None:
        self.button.setEnabled(not resting)
        self.button.say(_GOING if resting else _GO)
