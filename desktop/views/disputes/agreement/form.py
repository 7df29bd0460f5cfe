"""The form of an agreement: what was agreed, who does what until when, and for a written one the rest the law asks."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes.agreements import Rules
from desktop.views.disputes.forms import taborder
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Heading, Paragraph, Rule, ShapeMark, line
from desktop.views.look.shapes import Shape
from sync.records.agreement import AGREEMENT

Row = tuple[tuple[str, int, bool], ...]
_DOUBT = Shape("filled triangle with !", "amberMark")
_WRITTEN, _ORAL = "书面", "口头"
_WRITTEN_ONLY = ("facts", "issues", "liability", "copies", "party_marks", "mediator_mark_date", "seal_date")
_IN_COURT = ("court", "confirm_applied_at", "confirm_ruled_at", "ruling_no")
_AGREED: tuple[Row, ...] = (
    (("form", 150, False), ("agreed_on", 176, False), ("agreement_no", 200, True)),
    (("items", 300, True),),
    (("amount_cents", 160, False), ("performance", 200, False), ("copies", 120, False)),
)
_CONTENTS: tuple[Row, ...] = tuple(((name, 300, True),) for name in ("facts", "issues", "liability"))
_MARKS: tuple[Row, ...] = (
    (("party_marks", 300, True),),
    (("mediator_mark_date", 176, False), ("seal_date", 176, False)),
)
_COURT: tuple[Row, ...] = (
    (("confirm_state", 160, False), ("court", 200, True), ("confirm_applied_at", 160, False)),
    (("confirm_ruled_at", 160, False), ("ruling_no", 200, True)),
)


class AgreementForm(QWidget):
    """All fields under each other; `fields` tells what was typed. Nothing is signed here: marks are noted."""

    def __init__(self, setting: Setting, rules: Rules, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = FieldSet(self)
        self._setting = setting
        self._column = self._own_column(self, (20, 6, 14, 12))
        for said in (rules.written_because, rules.bar_sentence):
            if said:
                self._column.addWidget(
                    line(ShapeMark(_DOUBT, size=15), Paragraph(said, "small", tone="amber"))
                )
        self._section(self._column, "一、谈成了什么", "", _AGREED)
        self._section(
            self._column,
            "二、要履行的",
            "谁、给谁、做什么、哪天前；到期会提醒回访",
            ((("obligations", 300, True),),),
        )
        self._written = QWidget()
        written = self._own_column(self._written, (0, 0, 0, 0))
        self._section(written, "三、书面协议还要写明", "", _CONTENTS)
        self._section(written, "四、签章", "在纸上签了、盖了再填；都齐了协议才生效", _MARKS)
        self._section(written, "五、司法确认", "双方一起申请，生效后三十天内", _COURT)
        self._column.addWidget(self._written)
        self._column.addStretch(1)
        self.fields.typed.connect(self._follow)
        self.fields.settled.connect(lambda _key: taborder.chain(self))

    def fill(self, draft: dict[str, Any]) -> None:
        """Show a draft or a record."""
        self.fields.fill(draft)
        self._follow("form")
        self._follow("confirm_state")
        taborder.chain(self)

    def values(self) -> dict[str, Any]:
        """Everything that stands in the form, also what only a written agreement has."""
        values = self.fields.values()
        return {**values, "items": values["items"] or [], "obligations": values["obligations"] or []}

    def agreed(self) -> dict[str, Any]:
        """What counts: an oral agreement has no papers."""
        values = self.values()
        return {**values, **dict.fromkeys(_WRITTEN_ONLY)} if values["form"] == _ORAL else values

    def _own_column(self, widget: QWidget, margins: tuple[int, int, int, int]) -> QVBoxLayout:
        column = QVBoxLayout(widget)
        column.setContentsMargins(*margins)
        column.setSpacing(10)
        return column

    def _section(self, column: QVBoxLayout, title: str, fact: str, rows: tuple[Row, ...]) -> None:
        column.addSpacing(4)
        column.addWidget(Rule())
        column.addWidget(Heading(title, fact, role="section"))
        for names in rows:
            column.addWidget(WrapRow([(self._frame(name), width, grows) for name, width, grows in names]))

    def _frame(self, name: str) -> QWidget:
        field = AGREEMENT.by_name[name]
        # 履行情况 follows from the days where it can; only then it may stay empty, and the check says when not.
        optional = field.is_optional or name in ("performance", "confirm_state")
        return self.fields.add(name, field.label, bind(field, self._setting), optional=optional)

    def _follow(self, key: str) -> None:
        """What only a written agreement has stands there only for one; 哪天谈成的 only for an oral one."""
        if key == "form":
            form = self.fields.value("form")
            self._written.setVisible(form == _WRITTEN)
            self._show_frames({"agreed_on": form == _ORAL, "copies": form == _WRITTEN})
        elif key == "confirm_state":
            applied = self.fields.value("confirm_state") not in (None, "未申请")
            self._show_frames(dict.fromkeys(_IN_COURT, applied))

    def _show_frames(self, shown: dict[str, bool]) -> None:
        for name, is_shown in shown.items():
            if frame := self.fields.frame(name):
                frame.setVisible(is_shown)
