"""常用语: phrases of the office, under the line being written; a digit or Enter puts one in, the keyboard stays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.views.kit import Label, Rule, line
from desktop.views.kit.overlay import Overlay
from desktop.views.kit.searchchoice import ChoiceList
from desktop.views.look import theme

KEY = "Alt+Q"
_SHOWN = 9
_EMPTY = "还没有常用语。先写一句，再按 Ctrl+S 存下来"
_HINT = "数字或 Enter 放进去 · Ctrl+S 把正写的这句存成常用语 · Del 去掉"


class PhrasePicker(QWidget):
    """The list. `picked` carries a phrase, `save_asked` asks to keep the line being written, `drop_asked` a phrase."""

    picked = Signal(str)
    save_asked = Signal()
    drop_asked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases: Sequence[str] = ()
        self._overlay: Overlay | None = None
        self._model = QStringListModel()
        self._list = ChoiceList(self._model)
        self._list.setAccessibleName("常用语")
        self._list.clicked.connect(lambda index: self._pick(index.row()))
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it takes keys."""
        return self._overlay is not None and self._overlay.isVisible()

    def show_phrases(self, phrases: Sequence[str]) -> None:
        """These can be picked."""
        self._phrases = phrases
        row = max(0, self._list.currentIndex().row())
        numbered = [f"{n}　{one}" if n <= _SHOWN else f"　{one}" for n, one in enumerate(phrases, 1)]
        self._model.setStringList(numbered or [_EMPTY])
        self._list.setEnabled(bool(phrases))
        self._list.setCurrentIndex(self._model.index(min(row, max(0, len(phrases) - 1))))

    def open_at(self, anchor: QWidget) -> None:
        """Show it under the line being written."""
        self.close_list()
        self._overlay = Overlay(anchor, name="常用语")
        hint = Label(_HINT, "caption", tone="ink2", elide=True)
        foot = line(hint)
        foot.layout().setContentsMargins(11, 3, 11, 0)
        self._overlay.body.addWidget(self._list)
        self._overlay.body.addWidget(Rule())
        self._overlay.body.addWidget(foot)
        self._overlay.closed.connect(self._put_away)
        look = theme.current()
        rows = min(max(1, len(self._phrases)), _SHOWN)
        width = min(anchor.width(), look.px(640))
        self._overlay.open_below(QSize(width, rows * look.px(38) + look.line("caption") + look.px(14)))

    def close_list(self) -> None:
        """Take it away; harmless when it is not shown."""
        if self._overlay:
            self._overlay.close_overlay()

    def take_key(self, event: QKeyEvent) -> bool:
        """A key pressed in the line while the list is shown. False for one that is the line's own."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_S:
                self.save_asked.emit()
                return True
            return False
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not held & Qt.KeyboardModifier.AltModifier:
            self._pick(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._list.currentIndex().row())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Delete:
            if phrase := self._phrase(self._list.currentIndex().row()):
                self.drop_asked.emit(phrase)
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            # Whoever goes on writing has done with the list.
            self.close_list()
            return False
        return True

    def _pick(self, row: int) -> None:
        if phrase := self._phrase(row):
            self.close_list()
            self.picked.emit(phrase)

    def _phrase(self, row: int) -> str:
        return self._phrases[row] if 0 <= row < len(self._phrases) else ""

    def _put_away(self) -> None:
        """The list outlives the plate it lay on."""
        overlay, self._overlay = self._overlay, None
        if overlay:
            self._list.setParent(self)
            overlay.deleteLater()
