"""A filled paper: what is to be printed, before it is decided where. Both the PDF and the Word file come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop.papers.template.blocks import Layout, Style


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line to write on, so many characters wide."""

    room: int


@dataclass(frozen=True, slots=True)
class PagesOf:
    """The pages a paper of the dossier stands on; known when all is laid out."""

    key: str


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many numbered pages the dossier has."""


Run: TypeAlias = str | Gap | PagesOf | PageCount
Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Words of one style, a paragraph each."""

    style: Style
    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it stands, over how many columns and rows. label: it names, the others are filled in.

    where: labels and narrow cells are centred, tall ones begin at the top.
    """

    row: int
    column: int
    across: int
    down: int
    label: bool
    where: Literal["centre", "left", "top"]
    paragraphs: tuple[Runs, ...]

    def letters(self) -> int:
        """How many letters stand in it."""
        return sum(len(run) if isinstance(run, str) else 1 for runs in self.paragraphs for run in runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. widths: parts of the whole; heights: least millimetres of each row, 0 as it comes."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SignaturePlaces:
    """Labels, each before an empty line."""

    labels: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class PastePlace:
    """A frame to stick something in."""

    words: Runs


@dataclass(frozen=True, slots=True)
class Height:
    """Empty height in millimetres."""

    height_mm: float


@dataclass(frozen=True, slots=True)
class Mark:
    """The matter's code as a QR."""

    code: str


@dataclass(frozen=True, slots=True)
class ScanPage:
    """A page left empty for one page of a scan. breaks: not the first thing of its paper."""

    name: str
    breaks: bool


Part: TypeAlias = Paragraphs | Grid | SignaturePlaces | PastePlace | Height | Mark | ScanPage


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that was scanned or photographed, or a PDF that was handed in: it takes full pages of the dossier.

    mime: of `raw`, image/… or application/pdf. name: for the message when it cannot be read.
    """

    name: str
    mime: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be laid out. key: unique in its dossier. code: the matter's, "" prints no QR.

    scans: pages that come after it, or in its place when it has no parts. numbered: carries page numbers.
    """

    key: str
    title: str
    layout: Layout
    parts: tuple[Part, ...]
    code: str = ""
    scans: tuple[Scan, ...] = ()
    numbered: bool = True
