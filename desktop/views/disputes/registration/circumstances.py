"""Part three of the registration: four questions that must be asked, each with what the law asks when it is so."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.disputes import duties
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.kit import Label, Paragraph, ShapeMark, line
from desktop.views.look import theme
from desktop.views.look.shapes import Shape
from sync.records.dispute import DISPUTE

_SOON = Shape("filled triangle with !", "amberMark")


class Circumstances(QWidget):
    """有没有这些情形: 有 or 没有 for each, neither until a person says so."""

    def __init__(self, fields: FieldSet, setting: Setting, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self._notes: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for flag in duties.FLAGS:
            layout.addWidget(self._question(flag, setting))
            self._notes[flag] = _note(flag)
            layout.addWidget(self._notes[flag])
        fields.typed.connect(lambda key: self.follow() if key in self._notes else None)

    def follow(self) -> None:
        """Show what follows from the answers as they stand."""
        for flag, note in self._notes.items():
            note.setVisible(self._fields.value(flag) is True)

    def _question(self, flag: str, setting: Setting) -> QWidget:
        field = DISPUTE.by_name[flag]
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        words = Label(field.label)
        words.setFixedWidth(theme.current().px(230))
        layout.addWidget(words)
        layout.addWidget(self._fields.add_bare(flag, bind(field, setting, words=("有", "没有"))))
        layout.addStretch(1)
        return row


def _note(flag: str) -> QWidget:
    duty = next(iter(duties.duties({flag: True})))
    text = Paragraph(f"**{duty.title}** {duty.sentence}", "small", tone="amber")
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    text.setToolTip(duty.source)
    row = line(ShapeMark(_SOON, size=15), text)
    row.hide()
    return row
