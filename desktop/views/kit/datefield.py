"""A day, typed first (23 → 11月23日) or picked from a calendar; and a day with its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.views import words
from desktop.views.kit.calendar import Calendar, Marks
from desktop.views.kit.iconbutton import IconButton
from desktop.views.kit.overlay import Overlay
from desktop.views.kit.textfield import TextField
from desktop.views.kit.typed_dates import read_date, read_time
from desktop.views.look import theme

Today = Callable[[], date]


def no_marks(_day: date) -> str:
    """A calendar without holidays."""
    return ""


class DateField(TextField):
    """A day. `chosen` carries a date or None when the field settles on another day than before.

    Text that is no day stays as it was written, `is_readable()` is false and `day()` None: say so with
    `LabelledField.fail`. Down or a click on the small calendar opens the month.
    """

    chosen = Signal(object)

    def __init__(
        self,
        *,
        today: Today,
        marks: Marks = no_marks,
        placeholder: str = "如 23 或 11.23",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._today, self._marks = today, marks
        self._day: date | None = None
        self._overlay: Overlay | None = None
        self._button = IconButton("calendar_ltr", "打开日历", parent=self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open_calendar)
        self.setTextMargins(0, 0, self._button.sizeHint().width() - 4, 0)

    def day(self) -> date | None:
        """The day that stands in the field; None while empty or unreadable."""
        return read_date(self.value(), self._today()) if self.value() else None

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self._day = day
        self.setText(words.full_day(day) if day else "")

    def is_readable(self) -> bool:
        """Whether the field is empty or holds a day."""
        return not self.value() or self.day() is not None

    def settle(self) -> None:
        """Write out what was typed as a full date, then tell."""
        day = self.day()
        if day:
            self.setText(words.full_day(day))
        if day != self._day and self.is_readable():
            self._day = day
            self.chosen.emit(day)
        super().settle()

    def open_calendar(self) -> None:
        """Show the month of the day in the field, or of today."""
        self._overlay = overlay = Overlay(self, name="日历")
        calendar = Calendar(today=self._today(), marks=self._marks, chosen=self.day())
        calendar.picked.connect(self._take)
        overlay.closed.connect(self._return_keyboard)
        overlay.body.addWidget(calendar)
        hint = calendar.sizeHint()
        overlay.open_below(QSize(hint.width() + 10, hint.height() + 10))
        calendar.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and not self.is_composing:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the small calendar at the right end."""
        super().resizeEvent(event)
        hint = self._button.sizeHint()
        self._button.setGeometry(self.width() - hint.width() - 2, (self.height() - hint.height()) // 2, *hint.toTuple())

    def _take(self, day: date) -> None:
        self.setText(words.full_day(day))
        if self._overlay:
            self._overlay.close_overlay()
        self.settle()

    def _return_keyboard(self) -> None:
        overlay, self._overlay = self._overlay, None
        if overlay:
            overlay.deleteLater()
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class MomentField(QWidget):
    """A day and a time. `chosen` carries a naive local datetime, or None while one of both is missing."""

    chosen = Signal(object)

    def __init__(self, *, today: Today, marks: Marks = no_marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date_field = DateField(today=today, marks=marks)
        self.time_field = TextField(placeholder="如 1430")
        self.time_field.setFixedWidth(theme.current().px(92))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.date_field, 1)
        row.addWidget(self.time_field)
        self.setFocusProxy(self.date_field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.date_field.settled.connect(self._tell)
        self.time_field.settled.connect(self._settle_time)
        self._told: datetime | None = None

    def moment(self) -> datetime | None:
        """Day and time together; None while one is missing or unreadable."""
        day, clock = self.date_field.day(), read_time(self.time_field.value())
        return datetime.combine(day, clock) if day and clock else None

    def set_moment(self, moment: datetime | None) -> None:
        """Show a moment."""
        self.date_field.set_day(moment.date() if moment else None)
        self.time_field.setText(f"{moment:%H:%M}" if moment else "")
        self._told = moment

    def is_readable(self) -> bool:
        """Whether both parts are empty or can be understood."""
        return self.date_field.is_readable() and (
            not self.time_field.value() or read_time(self.time_field.value()) is not None
        )

    def setAccessibleName(self, name: str) -> None:
        """Name both parts."""
        super().setAccessibleName(name)
        self.date_field.setAccessibleName(f"{name}，哪天")
        self.time_field.setAccessibleName(f"{name}，几点")

    def setAccessibleDescription(self, description: str) -> None:
        """Describe both parts."""
        super().setAccessibleDescription(description)
        self.date_field.setAccessibleDescription(description)
        self.time_field.setAccessibleDescription(description)

    def _settle_time(self, text: str) -> None:
        clock = read_time(text)
        if clock:
            self.time_field.setText(f"{clock:%H:%M}")
        self._tell()

    def _tell(self) -> None:
        moment = self.moment()
        if moment != self._told:
            self._told = moment
            self.chosen.emit(moment)
