"""One mediator at the side: what can be done, what is known of her, her trainings."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.casework.organisations.roster import MediatorRow, Training
from desktop.views import words
from desktop.views.kit import Button, Label, Paragraph, Rule, column, line
from desktop.views.look import theme
from desktop.views.organisations.acts import OrgActs
from desktop.views.organisations.rows import in_office


def person_sheet(one: MediatorRow, today: date, acts: OrgActs, *, may_write: bool) -> QWidget:
    """The acts of who may write, and the facts."""
    facts = (
        ("职务", one.role), ("性别", one.sex), ("民族", one.ethnic), ("电话", words.masked_phone(one.phone)),
        ("专职", "专职" if one.full_time else "兼职"), ("擅长", "、".join(one.specialities)),
        ("在任", in_office(one, today)), ("账号", one.account),
    )  # fmt: skip
    trainings = [_training(training, today) for training in one.trainings]
    parts: list[QWidget] = [
        *((*_acts(one, acts), Rule()) if may_write else ()),
        *(pair(name, value) for name, value in facts),
        Rule(),
        Label("培训", "small", tone="ink2"),
        *(trainings or [Label("还没有记过", "small", tone="ink2")]),
    ]
    return column(*parts, None, gap=6)


def pair(name: str, value: str, *, label_px: int = 56) -> QWidget:
    """A fact: what it is, and its value, — when nothing was said."""
    label = Label(name, "small", tone="ink3")
    label.setFixedWidth(theme.current().px(label_px))
    return line(label, Label(value or "—", "small", elide=True))


def _training(one: Training, today: date) -> QWidget:
    day = words.calendar_day(one.day, today) if one.day else "哪天不清楚"
    hours = f"，{one.hours} 学时" if one.hours.isdigit() else f"，{one.hours}" if one.hours else ""
    return Paragraph(f"{day}　{one.subject or '没写学什么'}{hours}", "small")


def _acts(one: MediatorRow, acts: OrgActs) -> list[QWidget]:
    change, train = Button("改登记"), Button("记一次培训")
    leave, strike = Button("不再担任", "text"), Button("登记错了，作废", "text")
    change.clicked.connect(lambda: acts.change_mediator(one))
    train.clicked.connect(lambda: acts.train(one))
    leave.clicked.connect(lambda: acts.end_office(one))
    strike.clicked.connect(lambda: acts.strike_out("mediator", one.id, one.name))
    if not one.is_in_office:
        leave.hide()
    return [line(change, train, None), line(leave, strike, None)]
