"""A choice from a long list (village, dispute type): type any part of the words or their initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.views.kit.combo import Choice, paint_chevron
from desktop.views.kit.overlay import Overlay
from desktop.views.kit.textfield import TextField
from desktop.views.look import hairline, theme

Filter = Callable[[Choice, str], bool]
_SHOWN = 8


def contains(choice: Choice, typed: str) -> bool:
    """Whether the words hold what was typed, or the key begins with it (pinyin initials, in small letters)."""
    wanted = typed.strip().lower()
    return wanted in choice.words.lower() or (bool(choice.key) and choice.key.lower().startswith(wanted))


class SearchChoice(TextField):
    """A field that finds one of many choices while typing; the list below is no popup window.

    `chosen` carries the value, None when the field was emptied. Words that match nothing go back to the last choice
    on leaving: what stands in the field was always chosen.
    """

    chosen = Signal(object)

    def __init__(
        self,
        choices: Sequence[Choice | str] = (),
        *,
        placeholder: str = "打字找，或按 ↓",
        matches: Filter = contains,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._matches = matches
        self._choices: list[Choice] = []
        self._words: dict[str, str] = {}
        self._shown: list[Choice] = []
        self._value: str | None = None
        self._overlay: Overlay | None = None
        self._model = QStringListModel()
        self._list = ChoiceList(self._model)
        self._list.clicked.connect(self._pick)
        self.setTextMargins(0, 0, 22, 0)
        self.typed.connect(self._search)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice | str]) -> None:
        """Replace what can be chosen; the value stays if it is still offered, otherwise nothing is chosen."""
        self._choices = [one if isinstance(one, Choice) else Choice(one, one) for one in choices]
        self._words = {one.value: one.words for one in self._choices}
        if self._value not in self._words:
            self._value = None
        self.setText(self._words_of(self._value))

    def value(self) -> str | None:  # type: ignore[override]
        """The chosen value; None while nobody has chosen."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a value without telling; one that is not offered shows as nothing chosen."""
        self._value = value if value in self._words else None
        self.setText(self._words_of(self._value))

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._overlay is not None and self._overlay.isVisible()

    def open_list(self) -> None:
        """Take the keyboard and show the whole list."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        self._search("")

    def settle(self) -> None:
        """Take words that name a choice exactly; otherwise show the last choice again."""
        typed = self.text().strip()
        if not typed:
            self._choose(None)
        elif typed != self._words_of(self._value):
            exact = next((one for one in self._choices if one.words == typed), None)
            self._choose(exact.value if exact else self._value)
        self._close()
        self.settled.emit(self.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the whole list."""
        super().mousePressEvent(event)
        if self.isEnabled():
            self.selectAll()
            self._search("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter takes, Esc closes; letters filter."""
        key = Qt.Key(event.key())
        if self.is_composing or key not in _LIST_KEYS:
            super().keyPressEvent(event)
        elif not self.is_open():
            self._search("") if key == Qt.Key.Key_Down else super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._list.currentIndex())
            self.focusNextChild()
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            self._list.walk(_LIST_KEYS[key])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the keyboard."""
        super().focusOutEvent(event)
        self._close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The edit, then its chevron."""
        super().paintEvent(event)
        paint_chevron(self, QPainter(self))

    def _search(self, typed: str) -> None:
        self._shown = [one for one in self._choices if self._matches(one, typed)]
        self._model.setStringList([one.words for one in self._shown] or ["没有这一项，换个字试试"])
        self._list.setEnabled(bool(self._shown))
        row = next((i for i, one in enumerate(self._shown) if one.value == self._value), 0)
        self._list.setCurrentIndex(self._model.index(row))
        self._open()

    def _open(self) -> None:
        if self._overlay is None:
            self._overlay = Overlay(self, name=f"{self.accessibleName()} 可选的")
            self._overlay.body.addWidget(self._list)
            self.destroyed.connect(self._overlay.deleteLater)
        rows = min(max(1, len(self._shown)), _SHOWN)
        height = rows * theme.current().px(38) + 10
        self._overlay.open_below(QSize(max(self.width(), theme.current().px(240)), height))
        self._list.scrollTo(self._list.currentIndex())

    def _close(self) -> None:
        if self._overlay:
            self._overlay.close_overlay()

    def _pick(self, index: QModelIndex) -> None:
        if self._shown and index.isValid():
            self._choose(self._shown[index.row()].value)
        self._close()

    def _choose(self, value: str | None) -> None:
        changed = value != self._value
        self._value = value
        self.setText(self._words_of(value))
        if changed:
            self.chosen.emit(value)

    def _words_of(self, value: str | None) -> str:
        return "" if value is None else self._words[value]


_LIST_KEYS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _SHOWN,
    Qt.Key.Key_PageUp: -_SHOWN,
    Qt.Key.Key_Return: 0,
    Qt.Key.Key_Enter: 0,
    Qt.Key.Key_Escape: 0,
}


class ChoiceList(QListView):
    """A list that floats; it never takes the keyboard, so the input method stays with the field."""

    def __init__(self, model: QStringListModel) -> None:
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_RowPainter(self))
        self.setMouseTracking(True)
        self.setAccessibleName("可选的")
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    def walk(self, rows: int) -> None:
        """Go some rows down, or up."""
        last = self.model().rowCount() - 1
        row = min(max(self.currentIndex().row() + rows, 0), last)
        self.setCurrentIndex(self.model().index(row, 0))


class _RowPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.current().px(38))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        view = self.parent()
        enabled = isinstance(view, ChoiceList) and view.isEnabled()
        chosen = enabled and isinstance(view, ChoiceList) and index == view.currentIndex()
        rect: QRect = option.rect
        if chosen:
            hairline.plate(painter, rect.toRectF(), radius=look.radius("field"), fill=look.colours.sel)
        painter.setFont(look.font("body" if enabled else "small", bold=chosen))
        painter.setPen(look.colours.accentInk if chosen else look.colours.ink if enabled else look.colours.ink3)
        box = rect.adjusted(11, 0, -11, 0)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
