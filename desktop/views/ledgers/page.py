"""台账: choose a view, its columns and its disputes, see the first lines and the totals, write it down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import lists
from desktop.casework.disputes.lists import ListFilter
from desktop.casework.disputes.search import initials
from desktop.casework.ledgers import first_look, saved_views
from desktop.casework.ledgers.first_look import Sums
from desktop.casework.ledgers.saved_views import LedgerView
from desktop.casework.portable.exporting import ExportReport
from desktop.casework.portable.gathering import ExportCancelled, Watch
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Beside, Button, Card, Choice, Combo, Label, ProgressLine, column, line
from desktop.views.ledgers.columns import ColumnsSheet
from desktop.views.ledgers.filters import LedgerFilters
from desktop.views.ledgers.preview import PreviewCard
from desktop.views.ledgers.sheets import SpanSheet, ViewSheet
from desktop.views.ledgers.writing import LedgerWriting
from desktop.views.look import theme
from desktop.views.shell.pages import Page

_KINDS = {
    "excel": ("存成Excel", ".xlsx", "Excel 表格 (*.xlsx)"),
    "pdf": ("存成PDF", ".pdf", "PDF (*.pdf)"),
    "province": ("给省平台的25列", ".xlsx", "Excel 表格 (*.xlsx)"),
}
_VIEW_WIDTH = 150
Choices = tuple[list[Choice], list[Choice], tuple[LedgerView, ...]]


class LedgersPage(Page):
    """A place of the navigation."""

    place = "ledgers"

    def __init__(self, desk: Desk, lanes: Lanes, going: Going) -> None:
        super().__init__()
        self._desk, self._lanes, self._going = desk, lanes, going
        self.view = LedgerView("台账")
        self._views: tuple[LedgerView, ...] = ()
        self._counting = Event()
        self._writing = LedgerWriting(desk, lanes, parent=self)
        self.views = Combo([])
        self.columns_button, self.keep_button = Button(""), Button("存下视图", icon="save")
        ends = [self.columns_button, self.keep_button]
        self.filters = LedgerFilters(lambda: desk.today, first=[self.views], last=ends)
        self.preview = PreviewCard()
        self.beside = Beside(self.preview)
        self.sums = Label("", "small", tone="ink2", elide=True)
        self.buttons = {kind: Button(said) for kind, (said, _, _) in _KINDS.items()}
        self.progress = ProgressLine("", pause_words="停下")
        self.set_head(title="台账")
        self._build()
        self._join()

    def enter(self) -> None:
        """Read the saved views, then the ledger."""
        self._lanes.submit("store", self._choices, self._offer)

    def leave(self) -> None:
        """What is being added up is not wanted any more; what is being written goes on."""
        self._counting.set()

    def focus_first(self) -> None:
        """The preview."""
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        files = [PageAct(said, self.buttons[kind].click) for kind, (said, _, _) in _KINDS.items()]
        return (*files, PageAct("选台账的列", self._ask_columns), PageAct("存下台账视图", self._ask_keep))

    def write(self, kind: str, file: Path) -> None:
        """Write "excel", "pdf" or "province"."""
        self._busy(is_busy=True)
        self.progress.say(f"正在写 {file.name}")
        self.progress.set_progress(0, 0, "")
        self._writing.begin(kind, self.view, file)

    def show_view(self, view: LedgerView) -> None:
        """Show a view: its columns, its disputes."""
        self.view = view
        self.filters.show_filter(view.chosen)
        self._read()

    # -- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.views.setAccessibleName("视图")
        self.views.setFixedWidth(theme.current().px(_VIEW_WIDTH))
        self.buttons["excel"].set_kind("primary")
        self.filled = self.buttons["excel"]
        self._foot = line(self.sums, *reversed(self.buttons.values()))
        self._foot.layout().setStretch(0, 1)
        self._running = Card(padding=(16, 8)).add(self.progress)
        self._running.hide()
        self.body.setSpacing(10)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.beside, 1)
        self.body.addWidget(self._running)
        self.body.addWidget(self._foot)

    def _join(self) -> None:
        self.views.chosen.connect(self._choose_view)
        self.filters.changed.connect(self._narrow)
        self.filters.span_asked.connect(self._ask_span)
        self.columns_button.clicked.connect(self._ask_columns)
        self.keep_button.clicked.connect(self._ask_keep)
        self.progress.pause_asked.connect(self._writing.stop)
        self._writing.went_on.connect(self._go_on)
        self._writing.done.connect(self._done)
        self._writing.failed.connect(self._not_done)
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self._ask_file(kind))

    # -- what stands in it --------------------------------------------------------------------------------------

    def _choices(self) -> Choices:
        villages = [Choice(code, name, initials(name)) for code, name in lists.places(self._desk)]
        types = [Choice(code, name, initials(name)) for code, name in lists.types()]
        return villages, types, saved_views.views(self._desk)

    def _offer(self, answer: Choices) -> None:
        villages, types, views = answer
        self.filters.place.offer(villages)
        self.filters.type.offer(types)
        self._offer_views(views)
        known = {one.name: one for one in views}
        is_first = self.view.name not in known or not self.preview.headings()
        self.show_view(known.get(self.view.name, views[0]) if is_first else self.view)
        self.views.set_value(self.view.name)

    def _offer_views(self, views: tuple[LedgerView, ...]) -> None:
        self._views = views
        self.views.offer([Choice(one.name, one.name) for one in views])

    def _choose_view(self, name: str | None) -> None:
        found = next((one for one in self._views if one.name == name), None)
        if found:
            self.beside.hide_sheet()
            self.show_view(found)

    def _narrow(self, chosen: ListFilter) -> None:
        self.view = replace(self.view, chosen=chosen)
        self._read()

    def _read(self) -> None:
        """The first lines at once, the totals behind them; what was being added up before is dropped."""
        self._counting.set()
        desk, view, stop = self._desk, self.view, Event()
        self._counting = stop
        self.columns_button.say(f"{len(view.columns)} 列")
        self.columns_button.setAccessibleName(f"选列，现在 {len(view.columns)} 列")
        self.sums.setText("正在加…")
        watch = Watch(cancelled=stop.is_set)
        self._lanes.submit("files", lambda: first_look.first_rows(desk, view), self.preview.show_preview)
        self._lanes.submit("files", lambda: first_look.sums(desk, view, watch), self._show_sums, self._not_added)

    def _show_sums(self, found: Sums) -> None:
        self.set_head(fact=f"{words.count(found.count)} 件")
        shown = found.sums if self.view.totals else ()
        said = "　".join((f"共 {words.count(found.count)} 件", *(f"{name} {total}" for name, total in shown)))
        closed = f"　另有 {found.closed} 件关起门谈的不归您看，不在里面" if found.closed else ""
        self.sums.setText(said + closed)
        self.sums.setToolTip(said + closed)

    def _not_added(self, error: Exception) -> None:
        if not isinstance(error, ExportCancelled):
            troubles.tell(self._going.notices, error)

    # -- sheets -------------------------------------------------------------------------------------------------

    def _ask_columns(self) -> None:
        sheet = ColumnsSheet(saved_views.catalogue(), self.view.columns)
        sheet.changed.connect(self._take_columns)
        self.beside.show_sheet("台账的列", column(sheet, None))
        sheet.go_to(self.view.columns[0])

    def _take_columns(self, columns: tuple[str, ...]) -> None:
        self.view = replace(self.view, columns=columns)
        self._read()

    def _ask_span(self) -> None:
        sheet = SpanSheet(lambda: self._desk.today)
        sheet.asked.connect(self._take_span)
        self._open_sheet("哪天到哪天登记的", sheet)

    def _take_span(self, first: str, last: str) -> None:
        self.beside.hide_sheet()
        self.filters.change(found_from=first, found_to=last)

    def _ask_keep(self) -> None:
        kept = {one.name for one in self._views}
        sheet = ViewSheet(self.view, is_kept=self.view.name in kept)
        sheet.keep_asked.connect(lambda name, title, totals: self._keep(sheet, name, title, totals=totals))
        sheet.drop_asked.connect(self._drop)
        self._open_sheet("存下视图", sheet)

    def _keep(self, sheet: ViewSheet, name: str, title: str, *, totals: bool) -> None:
        view = replace(self.view, name=name.strip(), title=title, totals=totals)
        self._lanes.submit(
            "store",
            lambda: saved_views.keep(self._desk, view),
            lambda views: self._kept(views, view.name),
            sheet.refuse,
        )

    def _kept(self, views: tuple[LedgerView, ...], name: str) -> None:
        self.beside.hide_sheet()
        self._offer_views(views)
        self.show_view(next(one for one in views if one.name == name))
        self.views.set_value(name)
        self._going.notices.tell(f"“{name}”存下了", "下次在视图里选它")

    def _drop(self, name: str) -> None:
        self._lanes.submit("store", lambda: saved_views.drop(self._desk, name), self._dropped)

    def _dropped(self, views: tuple[LedgerView, ...]) -> None:
        self.beside.hide_sheet()
        self._offer_views(views)
        self.show_view(views[0])
        self.views.set_value(views[0].name)

    def _open_sheet(self, title: str, sheet: QWidget) -> None:
        self.beside.show_sheet(title, column(sheet, None))
        sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- writing ------------------------------------------------------------------------------------------------

    def _ask_file(self, kind: str) -> None:
        said, ending, pattern = _KINDS[kind]
        name = "省平台导入" if kind == "province" else self.view.name
        start = f"{name} {self._desk.today.isoformat()}{ending}"
        chosen, _ = QFileDialog.getSaveFileName(self.window(), said, start, pattern)
        if chosen:
            self.write(kind, Path(chosen))

    def _busy(self, *, is_busy: bool) -> None:
        self._foot.setVisible(not is_busy)
        self._running.setVisible(is_busy)

    def _go_on(self, done: int, total: int) -> None:
        self.progress.set_progress(done, total, f"{words.count(done)} / {words.count(total)} 件")

    def _done(self, report: ExportReport, file: Path) -> None:
        self._busy(is_busy=False)
        closed = f"；{report.closed} 件关起门谈的不归您看，没写进去" if report.closed else ""
        folder = QUrl.fromLocalFile(str(file.parent))
        self._going.notices.tell(
            f"存好了：{file.name}",
            f"一共 {words.count(report.records.get('dispute', 0))} 件{closed}",
            actions=[("打开文件夹", lambda: QDesktopServices.openUrl(folder))],
        )

    def _not_done(self, error: Exception) -> None:
        self._busy(is_busy=False)
        if isinstance(error, ExportCancelled):
            self._going.notices.tell("停下了，没有存文件", "纠纷都还在，要的时候再存")
        else:
            troubles.tell(self._going.notices, error)
