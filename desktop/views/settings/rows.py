"""One setting as a row: its label, the control its kind asks for, a line of help. Every change is kept at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from desktop.settings import Setting, Value
from desktop.views.kit import (
    Button,
    CheckBox,
    Label,
    NumberField,
    Paragraph,
    Segment,
    Segments,
    ShapeMark,
    column,
    line,
)
from desktop.views.look import theme
from desktop.views.look.shapes import Shape

Keep = Callable[[str, Value], None]
_LABEL, _NUMBER, _FOLDER = 250, 120, 380
_DIAMOND = Shape("filled diamond with !", "red")


class SettingRow(QWidget):
    """A row for `setting` showing `value`; `keep(key, value)` is called when the person changed it."""

    def __init__(self, setting: Setting, value: Value, keep: Keep, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting, self._keep = setting, keep
        self._trouble = line(
            ShapeMark(_DIAMOND, size=14), Label(_bounds(setting), "caption", tone="red"), None
        )
        self._trouble.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        if setting.kind == "flag":
            row.addWidget(self._control(value))
            row.addStretch(1)
            return
        label = Label(setting.label)
        label.setFixedWidth(theme.current().px(_LABEL))
        row.addWidget(label)
        row.addWidget(self._control(value))
        row.addWidget(
            column(None, Paragraph(setting.help, "caption", tone="ink3"), self._trouble, None, gap=0), 1
        )

    def _control(self, value: Value) -> QWidget:
        if self._setting.kind == "integer":
            return self._number(int(value))
        if self._setting.kind == "flag":
            return self._flag(bool(value))
        if self._setting.kind == "folder":
            return FolderChoice(str(value), self._setting, self._keep)
        return self._choice(str(value))

    def _number(self, value: int) -> NumberField:
        field = NumberField(self._setting.unit)
        field.set_number(value)
        field.setFixedWidth(theme.current().px(_NUMBER))
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        field.setAccessibleName(self._setting.label)
        field.setAccessibleDescription(self._setting.help)
        field.settled.connect(lambda _text: self._take_number(field))
        return field

    def _flag(self, value: bool) -> CheckBox:
        box = CheckBox(self._setting.label)
        box.setChecked(value)
        box.toggled.connect(lambda on: self._keep(self._setting.key, on))
        return box

    def _choice(self, value: str) -> Segments:
        choices = [Segment(key, words) for key, words in self._setting.choices]
        segments = Segments(choices, name=self._setting.label, filter_bar=True)
        segments.set_value(value)
        segments.changed.connect(lambda chosen: self._keep(self._setting.key, chosen))
        return segments

    def _take_number(self, field: NumberField) -> None:
        number = field.number()
        fits = number is not None and self._setting.accepts(number)
        self._trouble.setVisible(not fits)
        if fits and number is not None:
            self._keep(self._setting.key, number)


class FolderChoice(QWidget):
    """A folder of this PC: chosen in the usual window, or none."""

    def __init__(self, value: str, setting: Setting, keep: Keep, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting, self._keep = setting, keep
        self._path = Label("", elide=True)
        self._choose, self._none = Button("选文件夹", size="row"), Button("不看了", "text", size="row")
        for button in (self._choose, self._none):
            button.setAccessibleDescription(setting.label)
        self._choose.clicked.connect(self._ask)
        self._none.clicked.connect(lambda: self.take(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._path, 1)
        row.addWidget(self._choose)
        row.addWidget(self._none)
        self.setMinimumWidth(theme.current().px(_FOLDER))
        self._show(value)

    def take(self, folder: str) -> None:
        """Keep this folder; "" for none."""
        self._keep(self._setting.key, folder)
        self._show(folder)

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.window(), self._setting.label, self._path.text())
        if folder:
            self.take(folder)

    def _show(self, folder: str) -> None:
        self._path.setText(folder or "没有选")
        self._path.set_tone("ink" if folder else "ink2")
        self._none.setVisible(bool(folder))


def _bounds(setting: Setting) -> str:
    return f"填 {setting.least} 到 {setting.most}，原来的还在用"
