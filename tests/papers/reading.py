"""What a filled paper says, before it is laid out; gaps as ＿."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.papers.template.paper import Gap, Grid, Paper, Paragraphs, PastePlace, Run, Runs, SignaturePlaces


def words_of(paper: Paper) -> str:
    """All words, a line for each paragraph, cell and label."""
    return "\n".join("".join(map(_said, runs)) for part in paper.parts for runs in _lines(part))


def _lines(part: object) -> Iterator[Runs]:
    if isinstance(part, Paragraphs):
        yield from part.paragraphs
    elif isinstance(part, Grid):
        for cell in part.cells:
            yield from cell.paragraphs
    elif isinstance(part, SignaturePlaces):
        yield from part.labels
    elif isinstance(part, PastePlace):
        yield part.words


def _said(run: Run) -> str:
    return run if isinstance(run, str) else "＿" if isinstance(run, Gap) else "（页）"
