"""这台电脑上的人: who can open it, one more, a new secret, a new recovery code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.kit import Button, Card, Choice, Combo, Label, LabelledField, Paragraph, Rule, column, line
from desktop.views.kit.iconmark import IconMark
from desktop.views.unlock.door import Visitor
from desktop.views.unlock.ground import TroubleLine
from desktop.views.unlock.secret import NewSecret, SecretField
from desktop.views.welcome.arrival import Newcomer


class PeopleCard(Card):
    """`remove_asked` carries the `Visitor`; the other signals open a sheet."""

    remove_asked = Signal(object)
    add_asked = Signal()
    secret_asked = Signal()
    code_asked = Signal()

    def __init__(self, me: str) -> None:
        add = Button("加一个人", "plain", size="row", icon="person_add")
        super().__init__("这台电脑上的人", action=add)
        self._me = me
        self._rows = column(gap=0)
        secret = Button("换我的密码", "plain", icon="password")
        code = Button("换一张恢复码", "plain", icon="key")
        add.clicked.connect(self.add_asked)
        secret.clicked.connect(self.secret_asked)
        code.clicked.connect(self.code_asked)
        self.add(self._rows)
        self.rule().add(line(secret, code, None, gap=10))

    def show_people(self, people: Sequence[Visitor]) -> None:
        """Say who can come in."""
        layout = self._rows.layout()
        while (item := layout.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for number, one in enumerate(people):
            if number:
                layout.addWidget(Rule())
            layout.addWidget(self._row(one, can_go=len(people) > 1))

    def _row(self, one: Visitor, *, can_go: bool) -> QWidget:
        name = Label(one.name)
        note = Label("正在用" if one.account == self._me else "", "small", tone="ink2")
        parts: list[QWidget | None] = [IconMark("person"), name, note, None]
        if can_go and one.account != self._me:
            remove = Button("不让再进", "text", size="row")
            remove.setAccessibleDescription(one.name)
            remove.clicked.connect(lambda: self.remove_asked.emit(one))
            parts.append(remove)
        row = line(*parts, gap=12)
        row.setMinimumHeight(46)
        return row


class AddPersonSheet(QWidget):
    """Who, and their secret: typed by that person. `asked` carries (Newcomer, secret)."""

    asked = Signal(object, str)

    def __init__(self, people: Sequence[Newcomer], *, is_stacked: bool = True) -> None:
        super().__init__()
        self._people = {one.account: one for one in people}
        self._who = Combo([Choice(one.account, f"{one.name} {one.post}".strip()) for one in people])
        self._new, self._trouble = NewSecret(is_stacked=is_stacked), TroubleLine()
        self._new.entered.connect(self._ask)
        add = Button("让这个人进来", "tonal", size="large")
        add.clicked.connect(self._ask)
        if not people:
            text = "区里给这里开的账号，都已经能打开这台电脑。要加别人，先请区里开账号，传一次就看得到。"
            _fill(self, Paragraph(text, "small"))
            return
        parts = (
            LabelledField("谁", self._who),
            Paragraph("密码请本人来填。", "small"),
            self._new,
            self._trouble,
        )
        _fill(self, *parts, line(add, None))
        self.setFocusProxy(self._who)

    def refuse(self, error: Exception) -> None:
        """Say why it did not go."""
        self._trouble.say_error(error)

    def _ask(self) -> None:
        who = self._who.value()
        if who is None:
            self._trouble.say("还没选是谁")
            return
        self._trouble.say("")
        secret = self._new.secret()
        if secret:
            self.asked.emit(self._people[who], secret)


class SecretSheet(QWidget):
    """The old secret once more, and a new one. `asked` carries (old, new)."""

    asked = Signal(str, str)

    def __init__(self, *, is_stacked: bool = True) -> None:
        super().__init__()
        self._old, self._new, self._trouble = SecretField(), NewSecret(is_stacked=is_stacked), TroubleLine()
        self._old.entered.connect(lambda: self._new.setFocus(Qt.FocusReason.TabFocusReason))
        self._new.entered.connect(self._ask)
        change = Button("换成新密码", "tonal", size="large")
        change.clicked.connect(self._ask)
        _fill(self, LabelledField("现在的密码", self._old), self._new, self._trouble, line(change, None))
        self.setFocusProxy(self._old)

    def refuse(self, error: Exception) -> None:
        """Say why it did not go."""
        self._trouble.say_error(error)
        self._old.clear()
        self._old.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        if not self._old.value():
            self._trouble.say("还没填现在的密码")
            self._old.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._trouble.say("")
        secret = self._new.secret()
        if secret:
            self.asked.emit(self._old.value(), secret)


def _fill(sheet: QWidget, *parts: QWidget) -> None:
    inside = column(*parts, None, gap=12)
    sheet.setLayout(inside.layout())
