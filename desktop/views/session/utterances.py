"""What is said in a session, line by line: when, who, the words at arm's length (20 px). One line is being written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.disputes.forms.growingbox import GrowingBox
from desktop.views.kit import Button, Label, Paragraph
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import hairline, theme

_MOST_ROWS = 200
_SHOWN, _MOST_SHOWN = 100, 160
"""How many lines are shown at least, and at most before the earlier ones are put by."""
_FIRST_HINT = "听到什么写什么，Enter 接下一句"
Line = dict[str, Any]


class Utterances(QWidget):
    """All lines. `changed` after every letter; `next_asked` when Enter ends a line; `handed_in` carries the QMimeData
    of a picture or files that were pasted into a line. first_look: gets every key before the line does.
    """

    changed = Signal()
    next_asked = Signal()
    handed_in = Signal(object)

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        first_look: Callable[[QKeyEvent], bool] = lambda _event: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now, self._first_look = now, first_look
        self._names: Mapping[str, str] = {}
        self._rows: list[UtteranceRow] = []
        self._before: list[Line] = []
        self._earlier = Button("", "link", size="row")
        self._earlier.clicked.connect(self._show_earlier)
        self._earlier.hide()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._scroll = FoldScroll(self._content, ground="canvas")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._follow)

    def lines(self) -> list[Line]:
        """The lines as the draft keeps them; empty ones are left out, but for the one being written."""
        return [*self._before, *(row.line() for row in self._rows if row.text() or row.is_writing)]

    def fill(self, lines: list[Line]) -> None:
        """Show the lines of a draft; of a long one the last, the others one press away."""
        self._before = lines[:-_SHOWN]
        for line in lines[-_SHOWN:]:
            self._add(line)
        self._say_earlier()

    def name_people(self, names: Mapping[str, str]) -> None:
        """Who the speakers are."""
        if names != self._names:
            self._names = names
            for row in self._rows:
                row.name(names)

    def begin(self, line: Line) -> None:
        """Begin a line, or turn the empty one being written into it."""
        current = self._current()
        if current and not current.text():
            current.become(line, self._names)
        else:
            if current:
                current.rest()
            current = self._add(line)
        current.write()
        self._put_by()
        self._follow()
        self.changed.emit()

    def speaker(self) -> str | None:
        """Who speaks in the line being written; "" is a break, None when nothing was begun."""
        current = self._current() or (self._rows[-1] if self._rows else None)
        return current.who if current else None

    def insert(self, text: str) -> None:
        """Put words in where the writing is; in the last line when none is being written."""
        current = self._current() or (self._rows[-1] if self._rows else None)
        if current:
            current.write()
            current.insert(text)

    def writing(self) -> UtteranceRow | None:
        """The line being written."""
        return self._current()

    def go_on(self) -> bool:
        """Give the keyboard to the last line. False when there is none."""
        if self._rows:
            self._rows[-1].write()
            self._follow()
        return bool(self._rows)

    def _put_by(self) -> None:
        """Hours of talk stay quick to write in: what was said long ago is kept as data only."""
        if len(self._rows) <= _MOST_SHOWN:
            return
        for row in self._rows[: len(self._rows) - _SHOWN]:
            self._before.append(row.line())
            self._let_go(row)
        self._say_earlier()

    def _show_earlier(self) -> None:
        """Show some more of what was said before, and stay at the line looked at."""
        bar = self._scroll.verticalScrollBar()
        from_below = bar.maximum() - bar.value()
        lines, self._before = self._before[-_SHOWN:], self._before[:-_SHOWN]
        for place, line in enumerate(lines):
            self._add(line, place)
        self._say_earlier()
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum() - from_below))

    def _say_earlier(self) -> None:
        self._earlier.say(f"前面还有 {len(self._before)} 句，看前面的")
        self._earlier.setVisible(bool(self._before))

    def _let_go(self, row: UtteranceRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add(self, line: Line, place: int | None = None) -> UtteranceRow:
        """A row at its place among the rows; behind all without one."""
        row = UtteranceRow(line, self._now, self._first_look)
        row.name(self._names)
        row.hint = "" if self._rows or self._before else _FIRST_HINT
        row.handed_in.connect(self.handed_in)
        row.changed.connect(self.changed)
        row.ended.connect(self.next_asked)
        row.left.connect(self._tidy)
        place = len(self._rows) if place is None else place
        self._rows.insert(place, row)
        self._column.insertWidget(place + 1, row)
        return row

    def _current(self) -> UtteranceRow | None:
        return next((row for row in self._rows if row.is_writing), None)

    def _tidy(self) -> None:
        """A line that was left empty goes."""
        for row in [one for one in self._rows if not one.is_writing and not one.text()]:
            self._let_go(row)

    def _follow(self) -> None:
        """What is being written stays in view while the record grows."""
        current = self._current()
        if current:
            self._scroll.ensureWidgetVisible(current, 0, 8)


class UtteranceRow(QWidget):
    """One line: read as text, written in a box. A click turns it into the box."""

    changed = Signal()
    ended = Signal()
    left = Signal()
    handed_in = Signal(object)

    def __init__(
        self, line: Line, now: Callable[[], datetime], first_look: Callable[[QKeyEvent], bool]
    ) -> None:
        super().__init__()
        self._line, self._now, self._first_look = dict(line), now, first_look
        self.is_writing = False
        self.hint = ""
        self._box: _Box | None = None
        px = theme.current().px
        self._at = Label("", "body", tone="ink2")
        self._at.setFixedWidth(px(48))
        self._who = Label("", "heading", tone="accentInk", elide=True)
        self._who.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._who.setFixedWidth(px(82))
        self._words = Paragraph("", "reading", tone="ink")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(14), px(7), px(14), px(7))
        self._row.setSpacing(px(14))
        for part in (self._at, self._who):
            part.setFixedHeight(theme.current().line("reading"))
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._show()

    @property
    def who(self) -> str:
        """Key of the speaker, "" for a break."""
        return str(self._line["who"])

    def line(self) -> Line:
        """The line as the draft keeps it."""
        return {**self._line, "text": self.text()}

    def text(self) -> str:
        """What stands there."""
        return self._box.value() if self._box and self.is_writing else str(self._line["text"]).strip()

    def name(self, names: Mapping[str, str]) -> None:
        """Show the speaker's name."""
        self._who.setText(names.get(self.who, "") if self.who else "休息")
        self._who.set_tone("accentInk" if self.who else "ink3")
        self._who.setFixedHeight(theme.current().line("reading"))

    def become(self, line: Line, names: Mapping[str, str]) -> None:
        """Another speaker begins before anything was written."""
        self._line = {**line, "text": ""}
        self._show()
        self.name(names)

    def write(self) -> None:
        """Turn into the box and take the keyboard."""
        if self._box is None:
            self._box = _Box(self._first_look, self)
            self._box.setPlaceholderText(self.hint)
            self._box.set_value(str(self._line["text"]))
            self._box.typed.connect(self._typed)
            self._box.ended.connect(self.ended)
            self._box.went.connect(self.rest)
            self._box.handed_in.connect(self.handed_in)
            self._row.addWidget(self._box, 1)
        self._words.hide()
        self._box.show()
        if self.is_writing and self._box.hasFocus():
            return
        self.is_writing = True
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.moveCursor(self._box.textCursor().MoveOperation.End)
        self.update()

    def insert(self, text: str) -> None:
        """Put words in where the cursor is, as if they were typed."""
        if self._box:
            self._box.insertPlainText(text)
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def rest(self) -> None:
        """Turn into text again."""
        if not self.is_writing:
            return
        self._line["text"] = self._box.value() if self._box else ""
        self.is_writing = False
        if self._box:
            self._box.hide()
        self._words.show()
        self._show()
        self.update()
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go on writing here."""
        self.write()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plate of the line being written."""
        if self.is_writing:
            look = theme.current()
            rect, radius = QRectF(self.rect()), look.radius("card")
            accent, surface = look.colours.accent, look.colours.surface
            hairline.plate(QPainter(self), rect, radius=radius, fill=surface, line=accent, lines=2)

    def _typed(self, text: str) -> None:
        if not self._line["text"]:
            # The time of a line is when its first word was said, not when the speaker was chosen.
            self._line["at"] = self._now().isoformat(timespec="seconds")
            self._show_time()
        self._line["text"] = text.strip()
        self.changed.emit()

    def _show(self) -> None:
        self._show_time()
        self._words.say(str(self._line["text"]))
        self._words.set_tone("ink" if self.who else "ink2")

    def _show_time(self) -> None:
        self._at.setText(f"{datetime.fromisoformat(str(self._line['at'])):%H:%M}")


class _Box(GrowingBox):
    """The words being written: no frame of its own, Enter ends the line."""

    ended = Signal()
    went = Signal()
    handed_in = Signal(object)
    around_px = 0

    def __init__(self, first_look: Callable[[QKeyEvent], bool], parent: QWidget) -> None:
        super().__init__(rows=1, most_rows=_MOST_ROWS, role="reading", parent=parent)
        self._first_look = first_look
        self.setProperty("bare", "true")
        self.setAccessibleName("正在说的")
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the line, Shift+Enter breaks it; Ctrl+Enter belongs to the page."""
        if self._first_look(event):
            return
        held = event.modifiers()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or self.is_composing or held & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            self.ended.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words go into the line; a picture or files become attachments."""
        return source.hasText() or _is_file(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """See `canInsertFromMimeData`."""
        if _is_file(source):
            self.handed_in.emit(source)
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving turns the line into text again; a window that loses the keyboard for a moment changes nothing."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.went.emit()


def _is_file(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls()) or (data.hasImage() and not data.hasText())
