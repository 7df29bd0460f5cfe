"""Which columns, in which order: those chosen first, the others by their group; Alt with an arrow moves one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.casework.ledgers.saved_views import ColumnChoice
from desktop.views.kit import Button, CheckBox, Label, Paragraph, line

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnsSheet(QWidget):
    """`changed` carries the keys of the chosen columns, in order. Space ticks, the arrows walk."""

    changed = Signal(tuple)

    def __init__(self, catalogue: Sequence[ColumnChoice], chosen: Sequence[str]) -> None:
        super().__init__()
        self._catalogue = {one.key: one for one in catalogue}
        self._chosen = [key for key in chosen if key in self._catalogue]
        self.boxes: dict[str, CheckBox] = {}
        self._at = ""
        ahead, behind = Button("往前移", key="Alt+↑"), Button("往后移", key="Alt+↓")
        ahead.clicked.connect(lambda: self._move(-1))
        behind.clicked.connect(lambda: self._move(1))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(Paragraph("打勾的就印在表上，从上到下就是从左到右。", "small"))
        self._layout.addWidget(line(ahead, behind, None))
        self._rows: list[QWidget] = []
        self._show()

    def chosen(self) -> tuple[str, ...]:
        """The keys, in order."""
        return tuple(self._chosen)

    def go_to(self, key: str) -> None:
        """Give the keyboard to a column, and bring it into view."""
        box = self.boxes[key]
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        place = self.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is not None:
            QTimer.singleShot(0, box, lambda: place.ensureWidgetVisible(box, 0, 40))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk, with Alt they carry the column along."""
        key = next((key for key, box in self.boxes.items() if box is watched), "")
        if key and event.type() == QEvent.Type.FocusIn:
            self._at = key
        if key and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _MOVES.get(Qt.Key(event.key()))
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(step)
                return True
            if step:
                self._walk(key, step)
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.boxes = [], {}
        for key in self._chosen:
            self._add(self._box(key, is_chosen=True))
        group = ""
        for one in self._catalogue.values():
            if one.key in self._chosen:
                continue
            if one.group != group:
                group = one.group
                self._add(Label(f"没选的，{group}", "caption", tone="ink2"))
            self._add(self._box(one.key, is_chosen=False))

    def _box(self, key: str, *, is_chosen: bool) -> CheckBox:
        box = CheckBox(self._catalogue[key].heading)
        box.setChecked(is_chosen)
        box.toggled.connect(lambda on: self._tick(key, is_chosen=on))
        box.installEventFilter(self)
        self.boxes[key] = box
        return box

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self._layout.addWidget(row)
        row.show()

    def _tick(self, key: str, *, is_chosen: bool) -> None:
        if is_chosen == (key in self._chosen):
            return
        if is_chosen:
            self._chosen.append(key)
        elif len(self._chosen) == 1:
            self.boxes[key].setChecked(True)
            return
        else:
            self._chosen.remove(key)
        # The box that was ticked is still in its own signal: the rows are made anew behind it.
        QTimer.singleShot(0, self, lambda: self._made_anew(key))

    def _move(self, step: int) -> None:
        key = self._at
        if key not in self._chosen:
            return
        place = self._chosen.index(key)
        to = max(0, min(len(self._chosen) - 1, place + step))
        self._chosen.insert(to, self._chosen.pop(place))
        self._made_anew(key)

    def _made_anew(self, key: str) -> None:
        self._show()
        self.go_to(key)
        self.changed.emit(self.chosen())

    def _walk(self, key: str, step: int) -> None:
        keys = list(self.boxes)
        self.go_to(keys[max(0, min(len(keys) - 1, keys.index(key) + step))])
