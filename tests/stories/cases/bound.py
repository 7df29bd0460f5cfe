"""The dossier a story ends with: bound and saved by the window's own buttons, then read back page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from desktop.casework.dossier import binding, checking
from desktop.papers.pages import page_starts, text_of
from tests.samples.write import write_sample
from tests.stories.cases.clerk import Clerk
from tests.stories.cases.hands import CTRL
from tests.views.disputes.stage import press, settle

COVER, CONTENTS, END = "卷宗封面", "卷内目录", "封底"
Row = dict[str, object]


@dataclass(frozen=True)
class Dossier:
    """A bound dossier. names: its papers in order; of: the words of all pages of each, without blanks."""

    names: tuple[str, ...]
    of: dict[str, str]
    pages: tuple[str, ...]
    starts: tuple[int, ...]


def bind(clerk: Clerk, name: str, keep: Path | None) -> Dossier:
    """全部订成一卷, 存成PDF. keep: a folder to write it into as a sample too."""
    clerk.bind()
    pdf = clerk.save_pdf(clerk.files / f"{name}.pdf")
    bundle = binding.dossier(clerk.desk, clerk.dispute_id)
    assert bundle.complaints == ()
    if keep:
        write_sample(name, bundle, keep)
    press(Qt.Key.Key_Escape)
    starts, count = page_starts(pdf)
    pages = ["".join(words.split()) for words in text_of(pdf)]
    titles = [paper.title for paper in bundle.papers]
    spans = list(pairwise([*starts, count]))
    of = {title: "".join(pages[first:last]) for title, (first, last) in zip(titles, spans, strict=True)}
    return Dossier(tuple(titles), of, tuple(pages), tuple(starts))


def check(dossier: Dossier, *parties: str) -> None:
    """Every page has its words and its number, every paper names the parties, the contents are those of what is bound.

    Pages are numbered from the first paper after the contents to the last before the end page.
    """
    assert (dossier.names[0], dossier.names[1], dossier.names[-1]) == (COVER, CONTENTS, END)
    first, after = dossier.starts[2], dossier.starts[-1]
    for number, page in enumerate(dossier.pages[first:after], 1):
        assert f"—{number}—" in page
    assert all(dossier.pages)
    assert f"本卷共{after - first}页" in dossier.of[END]
    assert f"页数{after - first}页" in dossier.of[COVER]
    for seq, (title, (start, end)) in enumerate(zip(dossier.names[2:-1], pairwise(dossier.starts[2:]), strict=True), 1):
        begins, ends = start - first + 1, end - first
        assert f"{seq}{title}{begins if begins == ends else f'{begins}—{ends}'}" in dossier.of[CONTENTS]
    for title in (COVER, *dossier.names[2:-1]):
        assert [name for name in parties if name not in dossier.of[title]] == [], title


def gaps(clerk: Clerk) -> list[str]:
    """What is missing, by title."""
    papers = checking.papers_of(clerk.desk, clerk.dispute_id)
    return [paper.title for paper in checking.lacking(papers)]


def ledger_line(clerk: Clerk) -> Row:
    """The only line of the ledger, as 导出台账 of the list writes it."""
    file = clerk.files / "台账.xlsx"
    clerk.patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(Qt.Key.Key_2, held=CTRL)
    settle()
    clerk.show_all()
    clerk.push("导出台账")
    return _line(file, 1)


def province_line(clerk: Clerk) -> Row:
    """The only line of the 25 columns another system imports, as the page 台账 writes it."""
    file = clerk.files / "导入.xlsx"
    clerk.patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(Qt.Key.Key_4, held=CTRL)
    clerk.push("给省平台的25列")
    found = _line(file, 0)
    assert len(found) == 25
    return found


def _line(file: Path, head: int) -> Row:
    book = CalamineWorkbook.from_path(str(file))
    rows: Sequence[Sequence[object]] = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert len(rows) == head + 2
    return dict(zip(map(str, rows[head]), rows[head + 1], strict=True))
