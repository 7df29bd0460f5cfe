"""Step 1: the district's address and its one-time code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.views.kit import Button, Card, Label, LabelledField, Paragraph, TextField, line
from desktop.views.unlock.ground import TroubleLine

_TEXT = "向区综治中心要**服务器地址**和**一次性入网码**。接好以后，没网也照常登记。"


class JoinStep(Card):
    """`asked` carries (address, code)."""

    asked = Signal(str, str)

    def __init__(self, url: str = "") -> None:
        super().__init__(padding=(26, 22))
        self._url = TextField(url, placeholder="例如 https://10.20.3.8:8443")
        self._code = TextField(placeholder="八组，每组四个，横线可以不填")
        self._url_field = LabelledField("区里的服务器地址", self._url)
        self._code_field = LabelledField("一次性入网码", self._code, hint="七天内有效，只能用一次")
        self._trouble = TroubleLine()
        self._go = Button("接入区里", "primary", size="large")
        self._go.clicked.connect(self._ask)
        self.body.setSpacing(14)
        self.add(Label("把这台电脑接入区里", "title"), Paragraph(_TEXT))
        self.add(self._url_field, self._code_field, self._trouble, line(self._go, None))
        self.setFocusProxy(self._code if url else self._url)
        self.filled = self._go

    def refuse(self, error: Exception) -> None:
        """Say why it did not go; what was typed stays."""
        self._rest(False)
        self._trouble.say_error(error)
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self._url_field.settle()
        self._code_field.settle()
        if not self._url.value():
            self._url_field.fail("还没填地址")
            self._url.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._code.value():
            self._code_field.fail("还没填入网码")
            self._code.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._trouble.say("")
            self._rest(True)
            self.asked.emit(_whole(self._url.value()), self._code.value())

    def _rest(self, resting: bool) -> None:
        self._go.setEnabled(not resting)
        self._go.say("正在接入…" if resting else "接入区里")


def _whole(url: str) -> str:
    """People leave the beginning out: 10.20.3.8:8443 means https."""
    return url if "://" in url else f"https://{url}"
