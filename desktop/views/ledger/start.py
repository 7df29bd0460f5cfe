"""Where it begins: choose a file, or drop one here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.views.kit import Button, EmptyState
from desktop.views.look import theme

FILTER = "台账 (*.xlsx *.xls *.csv *.et);;所有文件 (*)"
_TEXT = (
    "Excel 的 .xlsx、.xls，或 .csv 都行，不用改格式。\n"
    "先给您看一遍认得对不对，点头了才存。每一行只进一次，导过的不会再进。"
)


class StartPanel(QWidget):
    """`chosen` carries the path."""

    chosen = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._is_over = False
        self.choose = Button("选台账文件", "primary", size="large", icon="folder_open")
        self.choose.clicked.connect(self._ask)
        empty = EmptyState("table_arrow_up", "把旧台账拿进来", _TEXT, tone="accent", actions=[self.choose])
        empty.setFixedWidth(theme.current().px(480))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(empty, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setFocusProxy(self.choose)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One local file may be dropped."""
        if _file_of(event) is not None:
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        self._is_over = False
        self.update()
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame: things can be put here."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colours.accentSoft if self._is_over else look.colours.surface)
        pen = QPen(look.colours.accent if self._is_over else look.colours.edge, 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        radius = look.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), "选台账文件", "", FILTER)
        if name:
            self.chosen.emit(Path(name))


def _file_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
