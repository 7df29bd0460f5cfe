"""分期: one sum as several obligations in one small act; the lines it makes can be changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes import obligations
from desktop.casework.disputes.obligations import Every, Instalments, Obligation
from desktop.casework.errors import Lack
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.capitals import say_capitals
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Button, Choice, Segment, Segments, line
from sync.records.field import Field
from sync.records.kinds import day, integer, money, reference

_EVERY: dict[Every, str] = {"week": "每周", "month": "每月", "quarter": "每季", "year": "每年"}
_WIDTHS = {"total_cents": 300, "count": 110, "first_due": 176}
_NEEDED = {
    "who": "选谁付",
    "to_whom": "选付给谁",
    "total_cents": "填一共多少",
    "count": "填分几期",
    "first_due": "填头一期哪天",
}


class InstalmentsForm(QWidget):
    """Asks who pays whom how much in how many parts. `made` carries the obligations."""

    made = Signal(list)
    closed = Signal()

    def __init__(self, setting: Setting, names: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        self._new_id = setting.desk.ids
        self.fields = FieldSet(self)
        setting = Setting(setting.desk, {**setting.choices, "who": _people(names), "to_whom": _people(names)})
        people = [reference("who", "谁付", "party"), reference("to_whom", "付给谁", "party")]
        rows.addWidget(WrapRow([(self._frame(one, setting), 220, True) for one in people]))
        plan = [money("total_cents", "一共多少", unit="元"),
                integer("count", "分几期", obligations.MOST, unit="期"), day("first_due", "头一期哪天前")]  # fmt: skip
        rows.addWidget(WrapRow([(self._frame(one, setting), _WIDTHS[one.name], False) for one in plan]))
        self.every = Segments([Segment(key, words) for key, words in _EVERY.items()], name="隔多久一期")
        self.every.set_value("month")
        self.fields.typed.connect(lambda _key: self.fields.forgive(self._lacks()))
        self.fields.settled.connect(lambda _key: self.fields.forgive(self._lacks()))
        make, leave = Button("分成几条"), Button("不分了", "text", size="row")
        make.clicked.connect(self.make)
        leave.clicked.connect(self.closed)
        rows.addWidget(line(self.every, make, leave, None, gap=12))

    def make(self) -> None:
        """Make the lines, or say under the fields what is missing."""
        values, lacks = self.fields.values(), self._lacks()
        self.fields.say_lacks(lacks)
        if lacks:
            self.fields.jump(lacks[0].target)
            return
        self.made.emit(self._lines(values))

    def _lacks(self) -> list[Lack]:
        values = self.fields.values()
        lacks = [Lack(name, said, said) for name, said in _NEEDED.items() if not values[name]]
        return lacks or _too_much(values)

    def _lines(self, values: Mapping[str, Any]) -> list[Obligation]:
        every: Every = next(one for one in get_args(Every) if one == self.every.value())
        first = date.fromisoformat(str(values["first_due"]))
        who, to_whom = str(values["who"]), str(values["to_whom"])
        plan = Instalments(who, to_whom, int(values["total_cents"]), int(values["count"]), first, every)
        return obligations.instalments(plan, self._new_id)

    def _frame(self, field: Field, setting: Setting) -> QWidget:
        binding = bind(field, setting)
        frame = self.fields.add(field.name, field.label, binding)
        if field.kind == "money":
            say_capitals(frame, binding)
        return frame


def _people(names: Sequence[str]) -> list[Choice]:
    return [Choice(name, name) for name in dict.fromkeys(names) if name]


def _too_much(values: Mapping[str, Any]) -> list[Lack]:
    if int(values["count"]) > obligations.MOST:
        said = f"最多分 {obligations.MOST} 期"
        return [Lack("count", "分几期", said)]
    if values["who"] == values["to_whom"]:
        return [Lack("to_whom", "付给谁", "付钱的和收钱的是同一个人，核对一下")]
    if int(values["total_cents"]) < int(values["count"]):
        return [Lack("total_cents", "一共多少", "钱太少，分不了这么多期")]
    return []
