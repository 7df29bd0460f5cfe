"""How the session ended: nothing is chosen beforehand; what each ending needs stands there only for that ending."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.disputes.sessions import Outcome
from desktop.views.disputes.forms import taborder
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Card, Heading, Label
from desktop.views.kit.foldscroll import FoldScroll
from sync.records import kinds
from sync.records.dispute import DISPUTE
from sync.records.session import SESSION

_CLOSING = kinds.long_text("closing", "谈成的是什么，或者卡在哪里", 400)
_SENTENCES = {
    "达成": "存下以后，这件到“待履行”，接着写协议。",
    "未达成": "这一次没谈成，纠纷还在调解里。",
    "择日": "改日再谈，到时候会在今日里提醒。",
    "移交": "存下以后，这件算移交出去，首问责任还在这里。",
}


class ResultForm(Card):
    """The form of the result. `typed` after every letter."""

    typed = Signal()

    def __init__(self, setting: Setting, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(2, 8), parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.fields = FieldSet(self)
        form = QWidget()
        layout = QVBoxLayout(form)
        layout.setContentsMargins(20, 6, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(Heading("这一次谈得怎么样", role="section"))
        layout.addWidget(WrapRow([(self._frame("result", SESSION.by_name["result"], setting), 320, False)]))
        self._said = Label("", "small", tone="ink2")
        layout.addWidget(self._said)
        layout.addWidget(WrapRow([(self._frame("closing", _CLOSING, setting, optional=True), 300, True)]))
        self._next = WrapRow([
            (self._frame("next_at", SESSION.by_name["next_at"], setting), 300, False),
            (self._frame("next_place", SESSION.by_name["next_place"], setting, optional=True), 200, True),
        ])  # fmt: skip
        self._handed = WrapRow([(self._frame("handed_to", DISPUTE.by_name["resp_unit"], setting), 300, True)])
        layout.addWidget(self._next)
        layout.addWidget(self._handed)
        layout.addStretch(1)
        taborder.chain(form)
        self.body.addWidget(FoldScroll(form))
        self.fields.typed.connect(self._tell)
        self.fields.settled.connect(self._tell)
        self._follow()

    def values(self) -> dict[str, Any]:
        """What is filled, for the draft."""
        return self.fields.values()

    def fill(self, values: dict[str, Any]) -> None:
        """Show what was written before the person was called away."""
        self.fields.fill(values)
        self._follow()

    def outcome(self) -> Outcome:
        """The ending as it stands; fields of another ending do not count."""
        values = self.fields.values()
        result = str(values["result"] or "")
        again, handed = result == "择日", result == "移交"
        next_at = values["next_at"] if again else None
        return Outcome(
            result=result,
            closing=str(values["closing"] or ""),
            next_at=datetime.fromisoformat(str(next_at)) if next_at else None,
            next_place=str(values["next_place"] or "") if again else "",
            handed_to=str(values["handed_to"] or "") if handed else "",
        )

    def _frame(self, key: str, field: Any, setting: Setting, *, optional: bool = False) -> QWidget:
        return self.fields.add(key, field.label, bind(field, setting), optional=optional)

    def _tell(self, key: str) -> None:
        if key == "result":
            self._follow()
        self.typed.emit()

    def _follow(self) -> None:
        result = str(self.fields.value("result") or "")
        self._next.setVisible(result == "择日")
        self._handed.setVisible(result == "移交")
        self._said.setText(_SENTENCES.get(result, ""))
        self._said.setVisible(bool(result))
