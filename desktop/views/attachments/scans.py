"""What the scanner has just brought, offered beside the work: one press takes a file, another waves it off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.attachments import scans
from desktop.casework.attachments.scans import Scan
from desktop.casework.desk import Desk
from desktop.views import words
from desktop.views.background import Lanes
from desktop.views.kit import Button, Card, Label, column, line

_LOOK_MS = 5_000
_SHOWN = 4


class ScanOffers(Card):
    """The files offered. `take_asked` and `waved_off` carry a `Scan`. Nothing offered takes no room.

    slim: for the side of the recorder; the buttons stand under the name.
    """

    take_asked = Signal(object)
    waved_off = Signal(object)

    def __init__(self, *, slim: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("扫描仪新扫的", padding=(15, 12), tone="next", parent=parent)
        self._slim = slim
        self._shown: Sequence[Scan] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._more = Label("", "caption", tone="ink2")
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more)
        self.hide()

    def show_scans(self, found: Sequence[Scan], now: datetime) -> None:
        """Show these; the same ones stay as they are."""
        if found == self._shown:
            return
        self._shown = found
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for scan in found[:_SHOWN]:
            self._rows.addWidget(self._row(scan, now))
        rest = len(found) - _SHOWN
        self._more.setText(f"还有 {rest} 个，添了这些再看")
        self._more.setVisible(rest > 0)
        self.setVisible(bool(found))

    def scans(self) -> Sequence[Scan]:
        """What is offered now."""
        return self._shown

    def _row(self, scan: Scan, now: datetime) -> QWidget:
        name = Label(scan.path.name, "small", elide=True)
        when = f"{words.exact_moment(scan.at, now)} · {words.bytes_size(scan.size_bytes)}"
        fact = Label(when, "caption", tone="ink2", elide=True)
        take, leave = Button("添上", size="row"), Button("不要", "text", size="row")
        for button, signal in ((take, self.take_asked), (leave, self.waved_off)):
            button.setAccessibleDescription(scan.path.name)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(scan))
        if self._slim:
            return column(name, line(fact, take, leave, gap=4), gap=0)
        row = line(column(name, fact, gap=0), take, leave, gap=6)
        row.layout().setStretch(0, 1)
        return row


class ScanWatch(QObject):
    """Looks into the scanner's folder now and then while its page is looked at, and joins offers to acts."""

    taken = Signal(str)
    failed = Signal(Exception)

    def __init__(self, desk: Desk, lanes: Lanes, offers: ScanOffers, *, dispute_id: str) -> None:
        super().__init__(offers)
        self._desk, self._lanes, self._offers, self._dispute = desk, lanes, offers, dispute_id
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        offers.take_asked.connect(self._take)
        offers.waved_off.connect(self._wave_off)

    def begin(self) -> None:
        """Look now, and every few seconds."""
        self.look()
        self._timer.start()

    def rest(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once; a slow folder on another PC is not asked twice."""
        if self._is_looking or not self._desk.settings.value(scans.FOLDER):
            return
        self._is_looking = True
        self._lanes.submit("files", lambda: scans.offered(self._desk), self._show, self._not_seen)

    def _show(self, found: Sequence[Scan]) -> None:
        self._is_looking = False
        self._offers.show_scans(found, self._desk.now())

    def _not_seen(self, _error: Exception) -> None:
        self._is_looking = False

    def _take(self, scan: Scan) -> None:
        desk, dispute = self._desk, self._dispute

        def taken(_id: str) -> None:
            self.taken.emit(scan.path.name)
            self.look()

        self._lanes.submit("files", lambda: scans.take(desk, dispute, scan), taken, self.failed.emit)

    def _wave_off(self, scan: Scan) -> None:
        desk = self._desk
        self._lanes.submit("files", lambda: scans.wave_off(desk, [scan]), lambda _none: self.look())
