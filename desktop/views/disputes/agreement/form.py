"""The form of an agreement: written or oral first, and only what that form asks for (agreements.ASKED)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.casework.disputes import agreements
from desktop.casework.disputes.agreements import ASKED, ORAL, WRITTEN, Rules
from desktop.casework.disputes.terms import TermHint
from desktop.casework.errors import Lack
from desktop.views.disputes.agreement.hints import HintLines
from desktop.views.disputes.agreement.instalments import InstalmentsForm
from desktop.views.disputes.forms import taborder
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.capitals import say_capitals
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.items import ItemsEditor
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Button, Heading, Paragraph, Rule, ShapeMark, line
from desktop.views.look.shapes import Shape
from sync.records.agreement import AGREEMENT
from sync.records.validate import is_empty

Row = tuple[tuple[str, int, bool], ...]
_DOUBT = Shape("filled triangle with !", "amberMark")
_IN_COURT = ("court", "confirm_applied_at", "confirm_ruled_at", "ruling_no")
_COURT = ("confirm_state", *_IN_COURT)
_TEXTS = ("facts", "issues", "liability", "items")
_CONTENTS: tuple[Row, ...] = tuple(((name, 300, True),) for name in ("facts", "issues", "liability"))
_SUM: Row = (("amount_cents", 300, False), ("copies", 130, False), ("performance", 240, False))
_MARKS: tuple[Row, ...] = (
    (("party_marks", 300, True),),
    (("mediator_mark_date", 176, False), ("seal_date", 176, False)),
)
_COURT_ROWS: tuple[Row, ...] = (
    (("confirm_state", 160, False), ("court", 200, True), ("confirm_applied_at", 160, False)),
    (("confirm_ruled_at", 160, False), ("ruling_no", 200, True)),
)
_WHICH = (
    "先选这个，下面只问要用的：口头的只问谈成了什么、履行得怎么样；书面的再问事实、责任和签章。"
    "选错了可以改，写过的不丢。"
)
_LATER = "日子都还没到的，空着就记未到期"
_ITEMS_HINT = "一行一条；空着，就用上面要履行的各条"


class AgreementForm(QWidget):
    """Fields under each other. `fields` tells what was typed, `form_chosen` that 口头 or 书面 was chosen.

    Nothing is signed here: marks on paper are noted. `is_known` is an agreement that is corrected: only then is asked
    what the court did.
    """

    form_chosen = Signal(str)

    def __init__(
        self,
        setting: Setting,
        rules: Rules,
        *,
        names: Sequence[str] = (),
        is_known: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = FieldSet(self)
        self._setting, self._is_known, self._names = setting, is_known, names
        self._hints = {name: HintLines() for name in _TEXTS}
        self._column = _own_column(self, (20, 6, 14, 12))
        self._build(rules)
        self.fields.typed.connect(self._follow)
        self.fields.settled.connect(lambda _key: taborder.chain(self))

    def fill(self, draft: dict[str, Any]) -> None:
        """Show a draft or a record."""
        self.fields.fill(draft)
        self._say_amount()
        self._show_form()
        self._show_court()
        taborder.chain(self)

    def fill_empty(self, known: dict[str, Any]) -> None:
        """Show what is known already where nothing is written: what was typed meanwhile stays."""
        self.fields.fill({name: value for name, value in known.items() if is_empty(self._value(name))})

    def values(self) -> dict[str, Any]:
        """Everything that stands in the form, also what only the other form asks for."""
        values = self.fields.values()
        return {**values, "items": values["items"] or [], "obligations": values["obligations"] or []}

    def agreed(self) -> dict[str, Any]:
        """What counts: only what the chosen form asks for."""
        values = self.values()
        form = str(values["form"] or "")
        kept = {"form", *ASKED.get(form, ()), *(_COURT if self._is_known and form == WRITTEN else ())}
        return {name: value if name in kept else [] if name in ("items", "obligations") else None
                for name, value in values.items()}  # fmt: skip

    def say_hints(self, hints: Sequence[Lack], words: Sequence[TermHint]) -> None:
        """Say under each field that was left what to look at; the one being written in is not judged."""
        self.fields.say_doubts(hints)
        writing = QApplication.focusWidget()
        for name, lines in self._hints.items():
            frame = self.fields.frame(name)
            if frame and not (writing and frame.isAncestorOf(writing)):
                lines.show_hints([hint for hint in words if hint.field == name])

    def hinted(self, name: str) -> tuple[str, ...]:
        """What is said of the words in a field."""
        return self._hints[name].shown

    def _build(self, rules: Rules) -> None:
        for said in (rules.written_because, rules.bar_sentence):
            if said:
                self._column.addWidget(line(ShapeMark(_DOUBT, size=15), Paragraph(said, "small", tone="amber")))
        first: Row = (("form", 150, False), ("agreed_on", 176, False))
        self._column.addWidget(WrapRow([(self._frame(name), width, grows) for name, width, grows in first]))
        self._choose = Paragraph(_WHICH, "small")
        self._column.addWidget(self._choose)
        self._asked = QWidget()
        self._body = _own_column(self._asked, (0, 0, 0, 0))
        self._contents = self._part("书面协议要写明", "登记时写过的，已经填在这里", _CONTENTS)
        duties: Row = (("obligations", 300, True),)
        self._duties = self._part("要履行的", "谁、给谁、做什么、哪天前；到期会提醒回访", (duties,))
        self._add_instalments()
        self._items = self._part("谈成了什么", "", ((("items", 300, True),), _SUM))
        self._marks = self._part("签章", "在纸上签了、盖了再填；都齐了协议才生效", _MARKS)
        self._court = self._part("司法确认", "双方一起申请，生效后三十天内", _COURT_ROWS)
        self._column.addWidget(self._asked)
        self._column.addStretch(1)

    def _part(self, title: str, fact: str, rows: tuple[Row, ...]) -> QWidget:
        part = QWidget()
        self._section(_own_column(part, (0, 0, 0, 0)), title, fact, rows)
        self._body.addWidget(part)
        return part

    def _section(self, column: QVBoxLayout, title: str, fact: str, rows: tuple[Row, ...]) -> None:
        column.addSpacing(4)
        column.addWidget(Rule())
        column.addWidget(Heading(title, fact, role="section"))
        for names in rows:
            column.addWidget(WrapRow([(self._frame(name), width, grows) for name, width, grows in names]))
            for name, _, _ in names:
                if name in self._hints:
                    column.addWidget(self._hints[name])

    def _frame(self, name: str) -> QWidget:
        field = AGREEMENT.by_name[name]
        optional = field.is_optional or name == "confirm_state"
        binding = bind(field, self._setting)
        # 履行情况 follows from the days where it can; the check says when it does not.
        hint = _LATER if name == "performance" else ""
        frame = self.fields.add(name, field.label, binding, optional=optional, hint=hint)
        if name == "amount_cents":
            self._say_amount = say_capitals(frame, binding)
        return frame

    def _add_instalments(self) -> None:
        self._instalments = InstalmentsForm(self._setting, self._names)
        self._instalments.hide()
        self.divide = Button("分期付，一次写好", "link", size="row", icon="add")
        self.divide.clicked.connect(self._open_instalments)
        self._instalments.made.connect(self._divided)
        self._instalments.closed.connect(self._close_instalments)
        column = self._duties.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self._instalments)
        column.addWidget(line(self.divide, None))

    def _open_instalments(self) -> None:
        self._instalments.show()
        self.divide.hide()
        taborder.chain(self)
        self._instalments.fields.jump("who")

    def _close_instalments(self) -> None:
        self._instalments.hide()
        self.divide.show()
        self.divide.setFocus()

    def _divided(self, made: list[dict[str, Any]]) -> None:
        editor = self.fields.control("obligations")
        assert isinstance(editor, ItemsEditor)
        editor.extend(made)
        self._close_instalments()
        taborder.chain(self)

    def _follow(self, key: str) -> None:
        if key == "form":
            self._show_form()
            if form := self.fields.value("form"):
                self.form_chosen.emit(str(form))
            taborder.chain(self)
        elif key == "confirm_state":
            self._show_court()

    def _show_form(self) -> None:
        """Only what the chosen form asks for stands there; nothing before one is chosen."""
        form = str(self.fields.value("form") or "")
        asked = agreements.ASKED.get(form, ())
        self._asked.setVisible(bool(asked))
        self._choose.setVisible(not asked)
        for name in ("agreed_on", "copies"):
            self._show_frames({name: name in asked})
        is_written = form == WRITTEN
        self._contents.setVisible(is_written)
        self._marks.setVisible(is_written)
        self._court.setVisible(is_written and self._is_known)
        # What was said comes first by word of mouth; in writing the clauses can be made of the obligations.
        first, second = (self._items, self._duties) if form == ORAL else (self._duties, self._items)
        self._body.removeWidget(first)
        self._body.insertWidget(1, first)
        self._body.removeWidget(second)
        self._body.insertWidget(2, second)
        if frame := self.fields.frame("items"):
            frame.help("" if form == ORAL else _ITEMS_HINT)

    def _show_court(self) -> None:
        is_asked = self.fields.value("confirm_state") not in (None, "未申请")
        self._show_frames(dict.fromkeys(_IN_COURT, is_asked))

    def _show_frames(self, shown: dict[str, bool]) -> None:
        for name, is_shown in shown.items():
            if frame := self.fields.frame(name):
                frame.setVisible(is_shown)

    def _value(self, name: str) -> Any:
        return self.fields.value(name) if name in self.fields else None


def _own_column(widget: QWidget, margins: tuple[int, int, int, int]) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(*margins)
    column.setSpacing(10)
    return column
