"""台账导入: choose, look, bring in, see what became of every row. Nothing is imported twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes.lists import ListFilter
from desktop.casework.ledgers import ColumnMapping, LedgerReading
from desktop.casework.ledgers.report import ImportReport, save_refused_rows
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Card, EmptyState, ProgressLine, column
from desktop.views.ledger.done import DonePanel
from desktop.views.ledger.look import LookPanel
from desktop.views.ledger.start import StartPanel
from desktop.views.ledger.work import LedgerWork
from desktop.views.shell.pages import Page


class LedgerPage(Page):
    """One file, from choosing to the report."""

    place = "imports"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going) -> None:
        super().__init__()
        self._lanes, self._going = lanes, going
        self._path = Path()
        self._reading: LedgerReading | None = None
        self._held: QWidget | None = None
        self._progress: ProgressLine | None = None
        self._work = LedgerWork(desk, lanes, parent=self)
        self._work.progressed.connect(self._show_progress)
        self._work.read.connect(self._look)
        self._work.taken.connect(self._show_done)
        self._work.failed.connect(self._show_trouble)
        self._begin()

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        return (PageAct("选台账文件", self._begin),)

    def open_file(self, path: Path) -> None:
        """Read a file."""
        self._path = path
        self.set_head(title="台账导入", fact=path.name)
        self._wait(f"正在读 {path.name}")
        self._work.begin(path)

    def _begin(self) -> None:
        self._work.stop()
        self._reading = None
        self.set_head(title="台账导入", fact="")
        panel = StartPanel()
        panel.chosen.connect(self.open_file)
        self._hold(panel, filled=panel.choose)

    def _wait(self, text: str) -> None:
        self._progress = ProgressLine(text, pause_words="停下")
        self._progress.pause_asked.connect(self._stop)
        card = Card(padding=(22, 18)).add(self._progress)
        self._hold(column(card, None))

    def _stop(self) -> None:
        self._work.stop()
        if self._reading is None:
            self._begin()

    def _show_progress(self, step: str, done: int, total: int) -> None:
        if self._progress:
            share = f"{words.count(done)} / {words.count(total)}" if total else ""
            self._progress.set_progress(done, total, f"{step} {share}".strip())

    def _look(self, reading: LedgerReading) -> None:
        tab = self._held.tab() if isinstance(self._held, LookPanel) else ""
        self._reading = reading
        panel = LookPanel(reading, tab=tab)
        panel.remapped.connect(self._remap)
        panel.meant.connect(self._mean)
        panel.take_asked.connect(self._bring_in)
        panel.other_asked.connect(self._begin)
        self._hold(panel, filled=panel.take)

    def _remap(self, mapping: ColumnMapping) -> None:
        self._work.mappings[mapping.shape] = list(mapping.keys)
        self._read_again()

    def _mean(self, code_set: str, word: str, code: str) -> None:
        self._work.word_choices[code_set, word] = code
        self._read_again()

    def _read_again(self) -> None:
        if isinstance(self._held, LookPanel):
            self._held.wait()
        self._work.read_again(self._path)

    def _bring_in(self) -> None:
        if self._reading:
            self._wait("正在导入，可以先去忙别的")
            self._work.take(self._reading)

    def _show_done(self, report: ImportReport) -> None:
        panel = DonePanel(report)
        panel.list_asked.connect(lambda: self._going.show_disputes(ListFilter(tab="all")))
        panel.again_asked.connect(self._begin)
        panel.save_asked.connect(lambda path: self._save_refused(report, path))
        self._hold(panel, filled=panel.show_list)
        if not self.isVisible():
            look = ("看导进的纠纷", panel.list_asked.emit)
            self._going.notices.tell(panel.fact(), f"{self._path.name}，每一行的下落在台账导入里", actions=[look])

    def _save_refused(self, report: ImportReport, path: Path) -> None:
        self._lanes.submit(
            "files",
            lambda: save_refused_rows(report, path),
            lambda count: self._going.notices.tell(f"存了 {words.count(count)} 行", f"{path.name}，改好再导"),
            lambda _error: self._going.notices.tell(
                "没存上，那个地方不让写", "没导入的还列在这里。换个地方存。", kind="error"
            ),
        )

    def _show_trouble(self, error: Exception) -> None:
        trouble = troubles.words_of(error)
        again = Button("换一个文件", "primary")
        again.clicked.connect(self._begin)
        empty = EmptyState("document_table", trouble.fact, trouble.rest, tone="red", actions=[again])
        self._hold(column(Card(padding=(22, 18)).add(empty), None), filled=again)

    def _hold(self, panel: QWidget, *, filled: Button | None = None) -> None:
        if self._held:
            self.body.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held, self.filled = panel, filled
        self.body.addWidget(panel, 1)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)
