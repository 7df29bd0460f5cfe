"""What the search found, painted in groups; the matched part is bold and underlined, not only coloured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.views.look import hairline, icons, theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Hit:
    """One thing found: a key to open it by, two lines, an icon; `matched` are (start, length) in the first line."""

    key: str
    first: str
    second: str
    icon: str
    matched: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Group:
    """Hits of one kind under a word: 人, 纠纷, 做事. Without a word a line stands above."""

    words: str
    hits: tuple[Hit, ...]


class HitList(QListView):
    """The list under the search field. The field keeps the keyboard, and the input method with it."""

    hit_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Lines(self)
        self.setModel(self._model)
        self.setItemDelegate(_LinePainter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("找到的")
        self.clicked.connect(self._open)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show the groups and choose the first hit."""
        self._model.take(groups)
        first = next((row for row, line in enumerate(self._model.lines) if isinstance(line, Hit)), 0)
        self.setCurrentIndex(self._model.index(first))

    def walk(self, step: int) -> None:
        """Go to the next or the former hit, over the group words."""
        row = self.currentIndex().row() + step
        while 0 <= row < len(self._model.lines):
            if isinstance(self._model.lines[row], Hit):
                self.setCurrentIndex(self._model.index(row))
                return
            row += step

    def open_current(self) -> None:
        """Open the chosen hit."""
        self._open(self.currentIndex())

    def wanted_height(self) -> int:
        """How high the list is when everything shows."""
        return sum(line_height(line) for line in self._model.lines)

    def line_at(self, index: Index) -> Hit | str:
        """The hit or the group word at a place."""
        return self._model.lines[index.row()]

    def _open(self, index: Index) -> None:
        line = self.line_at(index) if index.isValid() else ""
        if isinstance(line, Hit):
            self.hit_opened.emit(line)


def line_height(line: Hit | str) -> int:
    """Height of one line: a hit has two lines of text, a group word one, a bare rule hardly any."""
    px = theme.current().px
    if isinstance(line, Hit):
        return px(48)
    return px(28) if line else px(9)


class _Lines(QAbstractListModel):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.lines: list[Hit | str] = []

    def take(self, groups: Sequence[Group]) -> None:
        self.beginResetModel()
        self.lines = []
        for group in groups:
            if group.hits:
                self.lines += [group.words, *group.hits]
        if self.lines and self.lines[0] == "":
            del self.lines[0]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.lines[index.row()]
        return f"{line.first}，{line.second}" if isinstance(line, Hit) else line

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], Hit):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class _LinePainter(QStyledItemDelegate):
    def __init__(self, view: HitList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, line_height(self._view.line_at(index)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.line_at(index)
        rect = QRectF(option.rect)
        if isinstance(line, Hit):
            self._paint_hit(painter, rect, line, index.row() == self._view.currentIndex().row())
        else:
            self._paint_word(painter, rect, line)

    def _paint_word(self, painter: QPainter, rect: QRectF, word: str) -> None:
        look = theme.current()
        if not word:
            middle = QRectF(rect.left() + 11, rect.center().y(), rect.width() - 22, 1)
            hairline.rule(painter, middle, look.colours.line)
            return
        painter.setFont(look.font("caption", bold=True))
        painter.setPen(look.colours.ink2)
        painter.drawText(rect.adjusted(15, look.px(4), 0, 0), Qt.AlignmentFlag.AlignVCenter, word)

    def _paint_hit(self, painter: QPainter, rect: QRectF, hit: Hit, chosen: bool) -> None:
        look = theme.current()
        px, colours = look.px, look.colours
        if chosen:
            plate = rect.adjusted(0, 1, 0, -1)
            edge = colours.accent if look.mode == "highContrast" else None
            hairline.plate(painter, plate, radius=look.radius("row"), fill=colours.sel, line=edge)
        side = look.size("icon")
        icon_box = QRectF(rect.left() + px(12), rect.center().y() - side / 2, side, side)
        icons.draw(painter, hit.icon, icon_box, colours.accentInk if chosen else colours.ink2)
        left = rect.left() + px(44)
        room = rect.right() - left - px(100 if chosen else 14)
        self._paint_first(painter, QRectF(left, rect.top() + px(3), room, px(24)), hit, chosen)
        painter.setFont(look.font("caption"))
        painter.setPen(colours.ink2)
        second = painter.fontMetrics().elidedText(hit.second, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, rect.top() + px(26), room, px(19)), Qt.AlignmentFlag.AlignVCenter, second)
        if chosen:
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.setFont(look.font("small"))
            painter.drawText(rect.adjusted(0, 0, -px(14), 0), right, "Enter 打开")

    def _paint_first(self, painter: QPainter, box: QRectF, hit: Hit, chosen: bool) -> None:
        look = theme.current()
        plain = look.font("body", bold=chosen)
        first = QFontMetricsF(plain).elidedText(hit.first, Qt.TextElideMode.ElideRight, box.width())
        x = box.left()
        for text, is_match in pieces(first, hit.matched):
            font = look.font("body", bold=chosen or is_match)
            width = QFontMetricsF(font).horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(look.colours.accentInk if is_match else look.colours.ink)
            painter.drawText(QRectF(x, box.top(), width + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, text)
            if is_match:
                under = QRectF(x, box.bottom() - 2, width, 2)
                painter.fillRect(hairline.snapped(painter, under), look.colours.accentInk)
            x += width


def pieces(text: str, matched: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text cut into matched and other parts, in order; ranges beyond its end are cut off."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, length in sorted(matched):
        if start > at:
            cut.append((text[at:start], False))
        cut.append((text[max(start, at) : start + length], True))
        at = max(at, start + length)
    cut.append((text[at:], False))
    return [(part, is_match) for part, is_match in cut if part]
