"""What the tab 卷宗 does: shows papers, binds, saves and prints them, takes signed pages in, draws the number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.casework.attachments import intake
from desktop.casework.desk import Desk
from desktop.casework.dossier import scanning
from desktop.casework.dossier.entries import DossierPaper
from desktop.casework.numbers import drawing
from desktop.casework.numbers.drawing import Number
from desktop.papers.dossier import Format
from desktop.papers.kinds import KINDS
from desktop.papers.pages import page_starts
from desktop.views import troubles
from desktop.views.attachments.acts import FILTER
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.acts import DisputeActs
from desktop.views.disputes.page.doing import Host
from desktop.views.dossier.mending import Mending
from desktop.views.papers import wanted
from desktop.views.papers.blanks import BlankFormsPage
from desktop.views.papers.making import Made
from desktop.views.papers.preview import PreviewPage


class DossierActs(QObject):
    """The acts for one dispute. `counted` carries the pages of each paper, by key, once all was laid out."""

    counted = Signal(dict)

    def __init__(
        self, desk: Desk, lanes: Lanes, going: Going, host: Host, acts: DisputeActs, widget: QWidget
    ) -> None:
        super().__init__(widget)
        self._desk, self._lanes, self._going, self._host = desk, lanes, going, host
        self._acts, self._widget, self._dispute = acts, widget, host.dispute_id
        self.mending = Mending(host, acts)

    def do(self, key: str) -> None:
        """An act of the panel: bind, pdf, docx, print, blank, number."""
        ways: dict[str, Callable[[], object]] = {
            "bind": self.bind, "print": lambda: self.bind(then="print"), "pdf": lambda: self.bind(then="pdf"),
            "docx": lambda: self.bind(then="docx"), "blank": self.blanks, "number": self.draw_number,
        }  # fmt: skip
        ways[key]()

    def bind(self, then: str = "") -> PreviewPage:
        """Lay the whole dossier out and show it; then, if asked, print it or ask for a file (pdf, docx)."""
        page = PreviewPage(self._desk, self._lanes, self._going, wanted.whole(self._desk, self._dispute, self._title()))
        page.made.connect(self._count)
        if then == "print":
            page.made.connect(lambda _made: page.print_out())
        elif then:
            form: Format = "pdf" if then == "pdf" else "docx"
            page.made.connect(lambda _made: page.ask_file(form))
        self._going.open(page)
        return page

    def show(self, paper: DossierPaper) -> None:
        """Show one paper as it will be printed."""
        self._acts.preview(paper.name, paper.record, title=paper.title)

    def mend(self, paper: DossierPaper) -> None:
        """Mend what is missing, or take the signed page in."""
        if paper.state == "missing":
            self.mending.mend(paper)
        else:
            names, _ = QFileDialog.getOpenFileNames(self._widget.window(), f"扫进来：{paper.title}", "", FILTER)
            self.scan_in(paper, [Path(name) for name in names])

    def scan_in(self, paper: DossierPaper, files: Sequence[Path]) -> None:
        """Keep scanned pages where they belong to that paper."""
        desk, dispute = self._desk, self._dispute
        for file in files:

            def keep(file: Path = file) -> str:
                return scanning.scan_in(desk, dispute, paper, intake.read(file, desk.settings), file.stem)

            self._lanes.submit("files", keep, lambda _id: self._said(f"扫进来了：{paper.title}"), self._failed)

    def draw_number(self) -> None:
        """Draw the dossier's number and those of its agreements, or say why there is none yet."""
        desk, dispute, reading = self._desk, self._dispute, self._host.reading
        bare = [str(one["id"]) for one in reading.case.agreements if not one.get("agreement_no")] if reading else []

        def draw() -> Number:
            number = drawing.draw(desk, dispute)
            if number.text:
                for agreement in bare:
                    drawing.draw_agreement(desk, agreement)
            return number

        self._lanes.submit("store", draw, self._drawn, self._failed)

    def blanks(self) -> None:
        """The empty forms."""
        self._going.open(BlankFormsPage(self._desk, self._lanes, self._going))

    def _title(self) -> str:
        return self._host.reading.case.title if self._host.reading else ""

    def _count(self, made: Made) -> None:
        reading = self._host.reading
        bound = [paper.key for paper in reading.papers if paper.state == "present"] if reading else []
        self.counted.emit(_pages(bound, *page_starts(made.pdf)))

    def _drawn(self, number: Number) -> None:
        if number.text:
            self._said(f"卷号是 {number.text}")
            return
        fact, _, rest = number.sentence.partition("。")
        self._going.notices.tell(fact, rest, kind="warning")

    def _said(self, fact: str) -> None:
        self._host.reload()
        self._going.notices.tell(fact, f"存在本机 {self._desk.now():%H:%M}，等有网传到区里")

    def _failed(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)


def _pages(keys: Sequence[str], starts: Sequence[int], count: int) -> Mapping[str, str]:
    """第 3 页, 第 4–6 页, as the contents of the dossier say; covers carry no number."""
    if len(keys) != len(starts):
        return {}
    ends = [*starts[1:], count]
    numbered = [n for n, key in enumerate(keys) if KINDS[key.partition(":")[0]].numbered]
    before = starts[numbered[0]] if numbered else 0
    return {keys[n]: _span(starts[n] - before + 1, ends[n] - before) for n in numbered}


def _span(first: int, last: int) -> str:
    return f"第 {first} 页" if first == last else f"第 {first}–{last} 页"
