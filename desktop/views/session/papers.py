"""照片和扫描件, beside the record: from a file, from the clipboard, from the scanner's folder; said here, quietly."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.attachments.scans import ScanOffers
from desktop.views.kit import Button, Card, Heading, Label, line


class PapersCard(Card):
    """`choose_asked`: pick files; `paste_asked`: take what the clipboard holds. It is a `Host` for attachment acts."""

    choose_asked = Signal()
    paste_asked = Signal()

    def __init__(self, dispute_id: str, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(15, 12), parent=parent)
        self.setAccessibleName("照片和扫描件")
        self.body.setSpacing(4)
        self.dispute_id = dispute_id
        self.offers = ScanOffers(slim=True)
        choose, paste = Button("添文件", size="row"), Button("贴图", size="row")
        choose.clicked.connect(self.choose_asked)
        paste.clicked.connect(self.paste_asked)
        self._said = Label("", "caption", tone="ink2", elide=True)
        self._said.hide()
        self.add(line(Heading("照片"), None, choose, paste, gap=6), self._said)

    def say(self, fact: str, _rest: str = "") -> None:
        """What was just added."""
        self._said.setText(fact)
        self._said.show()

    def reload(self) -> None:
        """The list of attachments is on the dispute's own page."""
