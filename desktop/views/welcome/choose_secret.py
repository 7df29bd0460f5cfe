"""Step 3: a secret that opens this PC's store."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.views.kit import Button, Card, Label, Paragraph, line
from desktop.views.unlock.ground import TroubleLine
from desktop.views.unlock.secret import NewSecret


class SecretStep(Card):
    """`asked` carries the secret."""

    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(padding=(26, 22))
        self._new, self._trouble = NewSecret(), TroubleLine()
        self._new.entered.connect(self._ask)
        self._go = Button("就用这个密码", "primary", size="large")
        self._go.clicked.connect(self._ask)
        text = "这台电脑上的东西都是锁着存的，每次打开要填密码。区里也不知道它，别告诉别人。"
        self.body.setSpacing(14)
        self.add(Label(f"{name}，定一个开锁密码", "title"), Paragraph(text), self._new, self._trouble)
        self.add(line(self._go, None))
        self.setFocusProxy(self._new)
        self.filled = self._go

    def refuse(self, error: Exception) -> None:
        """Say why it did not go."""
        self._rest(False)
        self._trouble.say_error(error)

    def _ask(self) -> None:
        secret = self._new.secret()
        if secret:
            self._trouble.say("")
            self._rest(True)
            self.asked.emit(secret)

    def _rest(self, resting: bool) -> None:
        self._go.setEnabled(not resting)
        self._go.say("正在准备…" if resting else "就用这个密码")
