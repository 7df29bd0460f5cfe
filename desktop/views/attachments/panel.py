"""The tab 附件 of a dispute: add from a file, from the clipboard, by dragging in; and what there is, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.attachments.shelf import AttachmentFacts
from desktop.views.attachments.row import Acts, AttachmentRow
from desktop.views.attachments.scans import ScanOffers
from desktop.views.kit import Button, Card, CheckBox, EmptyState, Label, line
from desktop.views.kit.foldscroll import FoldScroll

_HINT = "也可以拖进来，或按 Ctrl+V 贴。照片会缩小，拍摄地点会去掉。"


class AttachmentPanel(QWidget):
    """`choose_asked`: pick files; `handed_in`: something was dropped or pasted (QMimeData); `looked_at`: the panel came
    into view or went out of it.
    """

    choose_asked = Signal()
    handed_in = Signal(object)
    paste_asked = Signal()
    looked_at = Signal(bool)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.keeps_original = CheckBox("原件也留一份")
        self.keeps_original.setToolTip("原件大，传得慢，照片里可能带着拍摄地点")
        self._add, self._paste = Button("添文件", icon="attach"), Button("从剪贴板贴", icon="clipboard_edit")
        self._add.clicked.connect(self.choose_asked)
        self._paste.clicked.connect(self.paste_asked)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste_asked.emit)
        self.offers = ScanOffers()
        self.offers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._known: tuple[object, ...] = ()
        self._empty = Card()
        self._empty.add(EmptyState("attach", "还没有附件", "照片、签字页的扫描件、录音，添在这里，跟着这一件走。"))
        self._empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._content = QWidget()
        self._rows = QVBoxLayout(self._content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._scroll = FoldScroll(self._content, ground="canvas")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        hint = Label(_HINT, "caption", tone="ink2", elide=True)
        bar = line(self._add, self._paste, self.keeps_original, hint)
        bar.layout().setStretch(3, 1)
        layout.addWidget(bar)
        layout.addWidget(self.offers)
        layout.addWidget(self._empty)
        layout.addWidget(self._scroll, 1)
        layout.addStretch(0)

    def show_attachments(self, facts: Sequence[AttachmentFacts], acts: Acts, now: datetime) -> None:
        """Show these; what is the same stays."""
        known = (tuple(facts), now.date())
        if known == self._known:
            return
        self._known = known
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one in facts:
            self._rows.addWidget(AttachmentRow(one, acts, now))
        self._rows.addStretch(1)
        self._empty.setVisible(not facts)
        self._scroll.setVisible(bool(facts))

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self.looked_at.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.looked_at.emit(False)

    def rows(self) -> list[AttachmentRow]:
        """The rows shown."""
        items = (self._rows.itemAt(n).widget() for n in range(self._rows.count()))
        return [widget for widget in items if isinstance(widget, AttachmentRow)]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may come in."""
        if _holds_something(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They have come."""
        event.acceptProposedAction()
        self.handed_in.emit(event.mimeData())


def _holds_something(data: QMimeData) -> bool:
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())
