"""导出台账: the list as it is filtered, as a table; long ones tell how far they are and can be stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import lists
from desktop.casework.disputes.lists import ListFilter
from desktop.casework.portable.exporting import ExportReport, export_ledger
from desktop.casework.portable.gathering import ExportCancelled, Gathering, Watch
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.kit import Button, Notices

_STEP_PERCENT = 5


class LedgerExport(QObject):
    """The act behind the button: asks where to, writes in the lane of files, says what came of it."""

    went_on = Signal(int, int)

    def __init__(self, desk: Desk, lanes: Lanes, notices: Notices, button: Button) -> None:
        super().__init__(button)
        self._desk, self._lanes, self._notices, self._button = desk, lanes, notices, button
        self._words = button.text()
        self._is_running = self._is_stopped = False
        self._told = -1
        self.went_on.connect(self._tell)

    def press(self, chosen: ListFilter, window: QWidget) -> None:
        """Ask where to and write; pressed while it runs, stop."""
        if self._is_running:
            self._is_stopped = True
            return
        start = f"矛盾纠纷台账 {self._desk.today.isoformat()}.xlsx"
        name, _ = QFileDialog.getSaveFileName(window, "导出台账", start, "Excel 表格 (*.xlsx)")
        if name:
            self.write(chosen, Path(name))

    def write(self, chosen: ListFilter, file: Path) -> None:
        """Write the disputes of a filter to `file`."""
        self._is_running, self._is_stopped, self._told = True, False, -1
        desk = self._desk
        watch = Watch(on_progress=self.went_on.emit, cancelled=lambda: self._is_stopped)
        self._button.say("正在导出…")

        def work() -> ExportReport:
            return export_ledger(Gathering(desk, query=lists.query(desk, chosen), watch=watch), file)

        self._lanes.submit("files", work, lambda report: self._done(report, file), self._failed)

    def _tell(self, done: int, total: int) -> None:
        percent = 100 * done // max(1, total)
        if self._is_running and percent >= self._told + _STEP_PERCENT:
            self._told = percent
            self._button.say(f"导出 {percent} %，停下")

    def _done(self, report: ExportReport, file: Path) -> None:
        self._rest()
        left_out = f"；{report.closed} 件关起门谈的不归您看，没导出" if report.closed else ""
        folder = QUrl.fromLocalFile(str(file.parent))
        self._notices.tell(
            f"台账存好了：{file.name}",
            f"一共 {report.records.get('dispute', 0):,} 件{left_out}",
            actions=[("打开文件夹", lambda: QDesktopServices.openUrl(folder))],
        )

    def _failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, ExportCancelled):
            self._notices.tell("停下了，没有存文件", "纠纷都还在，要的时候再导")
        else:
            troubles.tell(self._notices, error)

    def _rest(self) -> None:
        self._is_running = False
        self._button.say(self._words)
