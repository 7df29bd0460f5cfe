"""A paper as it will be printed, before it is: its pages, and from there to the printer or into a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from desktop.casework.desk import Desk
from desktop.papers.dossier import Format
from desktop.papers.pages import page_count, page_pictures
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import (
    Button,
    Card,
    EmptyState,
    IconButton,
    Label,
    Paragraph,
    ProgressLine,
    Segment,
    Segments,
    column,
    line,
)
from desktop.views.papers import printing
from desktop.views.papers.making import Made, Making, Stopped, Wanted, Watch
from desktop.views.papers.sheets import Sheets
from desktop.views.shell.pages import Page, first_taker

_PAGES, _WORK, _TROUBLE = range(3)
_A4_INCHES = 210 / 25.4
_KINDS: dict[Format, tuple[str, str]] = {
    "pdf": ("存成PDF", "PDF (*.pdf)"),
    "docx": ("存成Word", "Word 文档 (*.docx)"),
}
_OPEN_COPY = "存出来的这份没有加密，用完收好"


class PreviewPage(Page):
    """One paper, or the whole dossier. `made` carries what was laid out (Made)."""

    place = "disputes"
    made = Signal(object)

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, wanted: Wanted, *, place: str = "disputes") -> None:
        super().__init__()
        self.place = place
        self._lanes, self._going, self._wanted = lanes, going, wanted
        self.making = Making(desk, lanes, parent=self)
        self.sheets = Sheets()
        self._laid_out: Made | None = None
        self._make_head()
        self._build()
        self._join()

    def enter(self) -> None:
        """Lay the paper out, unless it was."""
        if self._laid_out is None and not self.making.is_running:
            self.lay_out()

    def leave(self) -> None:
        """What runs is stopped; nothing half-done is left behind."""
        self.making.stop()

    def focus_first(self) -> None:
        """The pages, so that PgDn turns them; while there are none, what can be pressed."""
        shown = self._places.currentWidget()
        taker = self.sheets if self._places.currentIndex() == _PAGES else first_taker(shown)
        if taker:
            taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (
            PageAct("打印", self.print_out, "Ctrl+P"),
            *(PageAct(words, lambda form=form: self.ask_file(form)) for form, (words, _) in _KINDS.items()),
        )

    def lay_out(self) -> None:
        """Make the pages."""
        self._begin(f"正在排{self._wanted.title}")
        self.making.lay_out(self._wanted, self._show, self._not_made)

    def print_out(self) -> None:
        """Ask for the printer, then print."""
        if self._laid_out is None or self.making.is_running:
            return
        try:
            printer = printing.ask_printer(self.window(), self._wanted.title, self.sheets.count)
        except printing.PrinterGone as error:
            troubles.tell(self._going.notices, error)
            return
        if printer:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on that printer, in the lane of files."""
        assert self._laid_out is not None
        pdf, title = self._laid_out.pdf, self._wanted.title
        self._begin(f"正在打印{title}")

        def work(watch: Watch) -> int:
            watch.expect(len(printing.chosen_pages(printer, page_count(pdf))))
            return printing.print_pages(pdf, printer, title, watch.step)

        self.making.run(work, self._printed, self._not_done)

    def ask_file(self, form: Format) -> None:
        """Ask where to, then write."""
        if self._laid_out is None or self.making.is_running:
            return
        words, kind = _KINDS[form]
        name, _ = QFileDialog.getSaveFileName(self.window(), words, f"{self._laid_out.name}.{form}", kind)
        if name:
            self.write(Path(name), form)

    def write(self, file: Path, form: Format) -> None:
        """Write the paper to a file."""
        self._begin(f"正在存{file.name}")
        self.making.write(self._wanted, file, form, lambda name: self._written(name, file), self._not_done)

    def _make_head(self) -> None:
        self.filled = Button("打印", "primary", icon="print", key="Ctrl+P")
        self.filled.clicked.connect(self.print_out)
        saves = [Button(words) for words, _ in _KINDS.values()]
        for button, form in zip(saves, _KINDS, strict=True):
            button.clicked.connect(lambda _checked=False, form=form: self.ask_file(form))
        self._buttons = [*saves, self.filled]
        self.set_head(title=self._wanted.title, second=self._wanted.second, back="返回", aside=line(*self._buttons))

    def _build(self) -> None:
        self._former = IconButton("chevron_left", "上一页，PgUp")
        self._next = IconButton("chevron_right", "下一页，PgDn")
        self._where = Label("", "small", tone="ink2")
        self._fit = Segments([Segment("width", "适合宽度"), Segment("whole", "整页")], name="看多大", filter_bar=True)
        self._fit.set_value("width")
        self._bar = line(self._former, self._where, self._next, None, self._fit)
        self._complaints = Card(tone="amber", padding=(14, 8))
        self._said = Paragraph("", "small", tone="ink")
        self._complaints.add(self._said)
        self._progress = ProgressLine("", pause_words="停下")
        self._working = Card().add(self._progress)
        self._trouble = Card()
        self._places = QStackedWidget()
        for place in (column(self._bar, self._complaints, self.sheets), column(self._working, None),
                      column(self._trouble, None)):  # fmt: skip
            self._places.addWidget(place)
        self.body.addWidget(self._places, 1)

    def _join(self) -> None:
        self._former.clicked.connect(lambda: self.sheets.turn(-1))
        self._next.clicked.connect(lambda: self.sheets.turn(1))
        self._fit.changed.connect(lambda value: self.sheets.fit(whole=value == "whole"))
        self._progress.pause_asked.connect(self.making.stop)
        self.sheets.turned.connect(self._say_page)
        self.sheets.wanted.connect(self._draw)
        self.making.went_on.connect(self._say_progress)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.activated.connect(self.print_out)

    def _begin(self, words: str) -> None:
        self._progress.say(words)
        self._progress.set_progress(0, 0, "")
        self._places.setCurrentIndex(_WORK)
        self._offer(False)

    def _offer(self, offered: bool) -> None:
        for button in self._buttons:
            button.setEnabled(offered)

    def _say_progress(self, done: int, total: int, what: str) -> None:
        self._progress.set_progress(done, total, f"{done} / {total}" if total else "", next_words=what)

    def _show(self, made: Made) -> None:
        self._laid_out = made
        self._complaints.setVisible(bool(made.complaints))
        self._said.say("\n".join(made.complaints))
        self.sheets.show_pages(page_count(made.pdf))
        self._return()
        self.made.emit(made)

    def _return(self) -> None:
        self._places.setCurrentIndex(_PAGES)
        self._offer(True)
        self.focus_first()

    def _not_made(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._say_trouble("停下了，没有排完", "什么也没有丢。要看的时候再来一次。")
        else:
            said = troubles.words_of(error)
            self._say_trouble(said.fact, said.rest, said.detail)

    def _say_trouble(self, fact: str, rest: str, detail: str = "") -> None:
        while item := self._trouble.body.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        again = Button("再来一次")
        again.clicked.connect(self.lay_out)
        more = Button("详情", "text")
        more.clicked.connect(lambda: self._going.notices.tell("详情", detail, kind="error"))
        actions = [again, more] if detail else [again]
        self._trouble.add(EmptyState("document_text", fact, rest, actions=actions))
        self._places.setCurrentIndex(_TROUBLE)
        self.focus_first()

    def _not_done(self, error: Exception) -> None:
        """Printing or writing failed; the pages are still there."""
        self._return()
        if isinstance(error, Stopped):
            self._going.notices.tell("停下了", f"{self._wanted.title}还在，要的时候再来")
        else:
            troubles.tell(self._going.notices, error)

    def _printed(self, pages: int) -> None:
        self._return()
        self._going.notices.tell(f"{self._wanted.title}送去打印了", f"{pages} 页")

    def _written(self, name: str, file: Path) -> None:
        self._return()
        folder = QUrl.fromLocalFile(str(file.parent))
        look = ("打开文件夹", lambda: QDesktopServices.openUrl(folder))
        self._going.notices.tell(f"存好了：{name}", _OPEN_COPY, actions=[look])

    def _say_page(self, page: int) -> None:
        self._where.setText(f"第 {page + 1} 页，共 {self.sheets.count} 页")
        self._former.setEnabled(page > 0)
        self._next.setEnabled(page + 1 < self.sheets.count)

    def _draw(self, page: int, width: int) -> None:
        assert self._laid_out is not None
        # A shade less, since the picture's width is rounded up: it must not be scaled again, or its letters blur.
        pdf, dpi, sheets = self._laid_out.pdf, (width - 0.01) / _A4_INCHES, self.sheets

        def work() -> QImage | None:
            if not sheets.is_near(page):
                return None
            return printing.image_of(next(page_pictures(pdf, dpi=dpi, first=page, last=page + 1)))

        self._lanes.submit("files", work, lambda image: self._drawn(page, image))

    def _drawn(self, page: int, image: QImage | None) -> None:
        if image is None:
            self.sheets.forget(page)
        else:
            self.sheets.show_image(page, image)
