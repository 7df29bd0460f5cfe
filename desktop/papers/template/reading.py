"""Reading a template, line by line. docs/decisions/0016-papers.md shows the whole markup.

版式：表格                      first line: 公文, 文书, 表格, 封面
标题：人民调解申请书              also 上题, 编号, 顶格, 居中, 靠右, 小字, 小标题, 大字, 记录
表：10 20 10 60                 a table, widths of its columns; rows follow; 表完 ends it
| 姓名 | 【姓名】 | 性别 | 【性别】 |  高12     a row, at least 12 mm high
| ↑ | 住址 | 【住址】 | ← |      ↑ hangs on the cell above, ← on the cell to the left
每个 当事人 … 完                 once for each
如有 代理人 … 完                 only when filled; 如无 when not
签名：当事人（签名） | 记录人（签名）
粘贴处：身份证复印件   空：10   一案一码
# a remark, never printed; anything else is a paragraph
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from desktop.papers.facts.sources import LISTS, NUMBER, NUMERAL, PAGE_COUNT, PAGES, SOURCES
from desktop.papers.template.blocks import (
    Block,
    Each,
    Layout,
    Line,
    MatterMark,
    Paste,
    Row,
    Signatures,
    Slot,
    Space,
    Style,
    Table,
    Template,
    Text,
    When,
)

_SLOT = re.compile(r"【([^【】:：]+)(?:[:：](\d{1,2}))?】")
_KEYWORD = re.compile(r"([一-龥]{1,4})[：:](.*)")
_CONTROL = re.compile(r"(每个|如有|如无)[ 　]*【?([^【】]+?)】?")
_HEIGHT = re.compile(r"高[ 　]*(\d{1,3})")
_STYLES = frozenset(get_args(Style)) - {"段"}
_DEEPEST = 6
_MOST_COLUMNS = 24


class Malformed(Exception):
    """A template that cannot be printed. `message` names the template, the line, and what is wrong there."""

    def __init__(self, name: str, number: int, what: str) -> None:
        self.message = f"文书样式“{name}”第 {number} 行：{what}"
        super().__init__(self.message)


@dataclass(slots=True)
class _Open:
    """A block that has begun and not ended."""

    kind: str
    name: str
    number: int
    inner: list[Any] = field(default_factory=list)
    widths: tuple[float, ...] = ()


@dataclass(slots=True)
class _Reader:
    name: str
    layout: Layout | None = None
    number: int = 0
    names: set[str] = field(default_factory=set)
    stack: list[_Open] = field(default_factory=lambda: [_Open("", "", 0)])

    def wrong(self, what: str, number: int = 0) -> Malformed:
        return Malformed(self.name, number or self.number, what)

    def take(self, raw: str) -> None:
        line = raw.strip()
        if not line or line.startswith("#"):
            return
        if line.count("【") != line.count("】") or "【" in _SLOT.sub("", line) or "】" in _SLOT.sub("", line):
            raise self.wrong("【 和 】 没有成对，或【】里是空的")
        self._known(line)
        if self.layout is None:
            self._layout(line)
        elif not self._control(line):
            self.stack[-1].inner.append(self._row(line) if self._table() else self._block(line))

    def _known(self, line: str) -> None:
        """Every placeholder has a source here, or the line is refused."""
        lists = [LISTS[one.name] for one in self.stack if one.kind == "每个"]
        for found in _SLOT.finditer(line):
            word = found[1].strip()
            self.names.add(word)
            in_list = bool(lists) and (word in (NUMBER, NUMERAL, PAGES) or any(word in one.fields for one in lists))
            if not (in_list or word in SOURCES or word == PAGE_COUNT):
                raise self.wrong(f"不认识【{word}】。能用的名称在“文书样式怎么改”里列着")

    def _layout(self, line: str) -> None:
        word = line.removeprefix("版式：").removeprefix("版式:").strip()
        if word == line or word not in get_args(Layout):
            raise self.wrong(f"先要写“版式：”，是{'、'.join(get_args(Layout))}里的一种")
        self.layout = word  # type: ignore[assignment]

    def _control(self, line: str) -> bool:
        if found := _CONTROL.fullmatch(line):
            if found[1] == "每个" and any(one.kind == "每个" for one in self.stack):
                raise self.wrong("“每个”里面不能再有“每个”")
            if found[1] == "每个" and found[2] not in LISTS:
                raise self.wrong(f"“每个”后面只能写{'、'.join(LISTS)}")
            if found[1] != "每个" and not self._can_ask(found[2]):
                raise self.wrong(f"不认识“{found[2]}”")
            self.names.add(found[2])
            self._begin(_Open(found[1], found[2], self.number))
        elif line.startswith(("表：", "表:")):
            if self._table():
                raise self.wrong("表里面不能再有表；上一张表先写“表完”")
            self._begin(_Open("表", "", self.number, widths=self._widths(line[2:])))
        elif line in ("完", "表完"):
            self._end(line)
        else:
            return False
        return True

    def _can_ask(self, word: str) -> bool:
        lists = [LISTS[one.name] for one in self.stack if one.kind == "每个"]
        return word in SOURCES or word in LISTS or any(word in one.fields for one in lists)

    def _begin(self, block: _Open) -> None:
        if len(self.stack) > _DEEPEST:
            raise self.wrong("一层套一层，太深了")
        self.stack.append(block)

    def _end(self, word: str) -> None:
        last = self.stack[-1]
        if (last.kind == "表") != (word == "表完") or not last.kind:
            raise self.wrong(f"这里多了“{word}”，前面没有与它对应的开头")
        self.stack.pop()
        self.stack[-1].inner.append(_closed(last))

    def _table(self) -> _Open | None:
        return next((one for one in self.stack if one.kind == "表"), None)

    def _widths(self, text: str) -> tuple[float, ...]:
        words = text.split()
        if not 1 <= len(words) <= _MOST_COLUMNS or not all(w.isdecimal() and int(w) for w in words):
            raise self.wrong(f"“表：”后面写各列的宽，用空格隔开的 1 到 {_MOST_COLUMNS} 个数，如：表：20 30 20 30")
        return tuple(float(word) for word in words)

    def _row(self, line: str) -> Row:
        body, _, tail = line.rpartition("|")
        height = _HEIGHT.fullmatch(tail.strip())
        if not line.startswith("|") or not body or (tail.strip() and not height):
            raise self.wrong("表里每行要用 | 开头、用 | 结尾（后面只可以写“高12”这样的行高）；表写完了要写“表完”")
        cells = [cell.strip() for cell in body[1:].split("|")]
        table = self._table()
        if table and len(cells) != len(table.widths):
            raise self.wrong(f"这一行有 {len(cells)} 格，这张表有 {len(table.widths)} 列")
        if cells[0] == "←":
            raise self.wrong("最左边一格不能是 ←")
        return Row(tuple(_cell(cell) for cell in cells), float(height[1]) if height else 0)

    def _block(self, line: str) -> Block:
        if line.startswith("|"):
            raise self.wrong("表格的行要写在“表：”和“表完”之间")
        if line == "一案一码":
            return MatterMark()
        found = _KEYWORD.fullmatch(line)
        word, rest = (found[1], found[2].strip()) if found else ("", line)
        if word in _STYLES:
            return Text(word, read_line(rest))  # type: ignore[arg-type]
        if word == "签名":
            return Signatures(tuple(read_line(label.strip()) for label in rest.split("|")))
        if word == "粘贴处":
            return Paste(read_line(rest))
        if word == "空":
            if not rest.isdecimal() or int(rest) > 250:
                raise self.wrong("“空：”后面写毫米数，不超过 250")
            return Space(float(rest))
        return Text("段", read_line(line))

    def done(self) -> Template:
        if self.layout is None:
            raise self.wrong("样式是空的", 1)
        if len(self.stack) > 1:
            last = self.stack[-1]
            word = "表完" if last.kind == "表" else "完"
            raise self.wrong(f"这里的“{last.kind}{last.name}”没有写“{word}”", last.number)
        return Template(self.name, self.layout, tuple(self.stack[0].inner), frozenset(self.names))


def read(name: str, body: str) -> Template:
    """The template of that name. Raises Malformed, naming the line."""
    reader = _Reader(name)
    for reader.number, line in enumerate(body.removeprefix("\ufeff").splitlines(), 1):
        reader.take(line)
    return reader.done()


def read_line(text: str) -> Line:
    """A line of words and placeholders."""
    pieces: list[str | Slot] = []
    end = 0
    for found in _SLOT.finditer(text):
        pieces += [text[end : found.start()], Slot(found[1].strip(), int(found[2] or 0))]
        end = found.end()
    return tuple(piece for piece in (*pieces, text[end:]) if piece)


def _cell(text: str) -> Any:
    return None if text == "↑" else "left" if text == "←" else read_line(text)


def _closed(block: _Open) -> Block:
    inner = tuple(block.inner)
    if block.kind == "表":
        return Table(block.widths, inner)
    return Each(block.name, inner) if block.kind == "每个" else When(block.name, block.kind == "如有", inner)
