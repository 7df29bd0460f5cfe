"""What a template says, block by block, before anything is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Layout: TypeAlias = Literal["公文", "文书", "表格", "封面"]
"""公文: a letter by GB/T 9704, 三号 text. 文书: running text, 四号. 表格: a form, 小四. 封面: cover and end page."""

Style: TypeAlias = Literal["段", "顶格", "居中", "靠右", "小字", "小标题", "上题", "标题", "编号", "记录", "大字"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder 【姓名】; 【姓名:12】 leaves twelve characters of room when it is empty."""

    name: str
    room: int = 0


Line: TypeAlias = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of the paper: a paragraph, a heading, a transcript (记录)."""

    style: Style
    line: Line


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: each label with an empty line after it. Nothing is ever drawn there."""

    labels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paste:
    """A framed space to stick something in (粘贴处), with words in its middle."""

    line: Line


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height, in millimetres."""

    height_mm: float


@dataclass(frozen=True, slots=True)
class MatterMark:
    """The matter's code (一案一码) as QR with the code beneath."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. A cell None hangs on the cell above (↑), a cell "left" on the one to its left (←)."""

    cells: tuple[Line | Literal["left"] | None, ...]
    height_mm: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A form's table. widths: of its columns, in parts of the whole."""

    widths: tuple[float, ...]
    rows: tuple[Row | Each | When, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Blocks, or rows, once for every entry of a list."""

    name: str
    inner: tuple[Block | Row, ...]


@dataclass(frozen=True, slots=True)
class When:
    """Blocks, or rows, only when a placeholder or list is filled (filled) or empty (not filled)."""

    name: str
    filled: bool
    inner: tuple[Block | Row, ...]


Block: TypeAlias = Text | Signatures | Paste | Space | MatterMark | Table | Each | When


@dataclass(frozen=True, slots=True)
class Template:
    """A paper's template, read. names: all placeholders, lists and conditions it uses."""

    name: str
    layout: Layout
    blocks: tuple[Block, ...]
    names: frozenset[str] = frozenset()
