"""The tab 卷宗: how far the dossier is, what can be done with it, its papers in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.numbers import drawing
from desktop.views.dossier import words
from desktop.views.dossier.row import PaperRow
from desktop.views.kit import Button, Card, Heading, Label, Paragraph, line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme


class DossierPanel(QWidget):
    """`asked` carries bind, pdf, docx, print, blank or number; `shown` a paper to look at, `mended` one to mend."""

    asked = Signal(str)
    shown = Signal(object)
    mended = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers: tuple[DossierPaper, ...] = ()
        self._standing = words.standing((), is_over=False)
        self._rows: list[PaperRow] = []
        self.bind = self._button("全部订成一卷", "bind", icon="folder_open")
        others = [self._button("打印", "print", icon="print"), self._button("存成PDF", "pdf"),
                  self._button("存成Word", "docx")]  # fmt: skip
        self._blank = self._button("空白表", "blank", kind="link")
        self._fact, self._text = Heading(""), Paragraph("", "small")
        self._number = Label("", "small", tone="ink2")
        self.draw = self._button("编卷号", "number", size="row")
        self._left_out = Label("", "caption", tone="ink2", elide=True)
        self._scroll = FoldScroll()
        self._card = Card(padding=(16, 8))
        self._card.add(self._scroll, self._left_out)
        self._card.body.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(8))
        self._bar = line(self.bind, *others, None, self._blank)
        self._head = line(self._fact, None, self._number, self.draw)
        for part in (self._bar, self._head, self._text):
            layout.addWidget(part)
        layout.addWidget(self._card, 1)

    @property
    def is_complete(self) -> bool:
        """Whether all is there, or explained, and nothing more will come."""
        return self._standing.is_complete

    def say_number(self, number: str, *, is_whole: bool) -> None:
        """Show 卷号; is_whole: the agreements of the case have theirs as well."""
        self._number.setText(f"卷号 {number or drawing.PENDING}")
        self.draw.say("编协议编号" if number else "编卷号")
        self.draw.setVisible(not is_whole)

    def show_papers(self, papers: Sequence[DossierPaper], *, is_over: bool) -> None:
        """Show these; what is the same stays, with the keyboard in it. is_over: the case has ended."""
        self._standing = words.standing(papers, is_over=is_over)
        self._fact.say(self._standing.fact)
        self._text.say(self._standing.text)
        if tuple(papers) == self._papers:
            return
        stood = self._place_of_keyboard()
        self._papers = tuple(papers)
        self._rows = [self._row(paper, number) for paper, number in words.numbered(papers)]
        self._scroll.fill(self._rows)
        self._left_out.setText(words.left_out(papers))
        if stood >= 0 and self._rows:
            self._rows[min(stood, len(self._rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_pages(self, pages: Mapping[str, str]) -> None:
        """Which pages each paper takes, by its key, once all was laid out."""
        for row in self._rows:
            row.say_pages(pages.get(row.paper.key, ""))

    def rows(self) -> list[PaperRow]:
        """The rows shown, top to bottom."""
        return list(self._rows)

    def arrange(self, *, is_narrow: bool) -> None:
        """In a low window one line stands above the rows; saving and printing wait in what 全部订成一卷 shows."""
        home = (self._head if is_narrow else self._bar).layout()
        if isinstance(home, QHBoxLayout) and self.bind.parent() is not home.parentWidget():
            home.insertWidget(0, self.bind)
        self._bar.setVisible(not is_narrow)
        self._text.setVisible(not is_narrow)
        self._left_out.setVisible(not is_narrow)

    def focus_first(self) -> None:
        """The first row."""
        self._rows[0].setFocus(Qt.FocusReason.TabFocusReason) if self._rows else self.bind.setFocus()

    def _button(self, said: str, key: str, **more: str) -> Button:
        button = Button(said, **more)  # type: ignore[arg-type]
        button.clicked.connect(lambda: self.asked.emit(key))
        return button

    def _row(self, paper: DossierPaper, number: int) -> PaperRow:
        row = PaperRow(paper, number)
        row.clicked.connect(lambda: self.shown.emit(paper))
        row.mend_asked.connect(lambda: self.mended.emit(paper))
        row.walked.connect(self._walk)
        return row

    def _walk(self, step: int) -> None:
        at = min(max(self._place_of_keyboard() + step, 0), len(self._rows) - 1)
        self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.reveal(self._rows[at])

    def _place_of_keyboard(self) -> int:
        focus = self.focusWidget() if self.isVisible() else None
        here = (i for i, row in enumerate(self._rows) if focus is row or focus is row.button)
        return next(here, -1) if focus is not None and focus.hasFocus() else -1
