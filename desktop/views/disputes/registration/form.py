"""The form of a registration: what happened, who, what must be asked, what acceptance needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes import duties, referral
from desktop.casework.errors import Lack
from desktop.views.disputes.forms import taborder
from desktop.views.disputes.forms.binding import Setting, bind, tick
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.disputes.registration.circumstances import Circumstances
from desktop.views.disputes.registration.parties import Parties
from desktop.views.kit import Button, Heading, Label, Rule, column, line
from sync.records.dispute import DISPUTE
from sync.records.field import Field
from sync.records.party import PARTY

_PLACEHOLDERS = {
    "summary": "哪天、在哪里、谁和谁、为了什么、现在怎么样",
    "claims": "当事人想怎么解决，一行一条",
    "place_text": "哪条路、哪块地",
}
_WRITTEN = "11"
Row = tuple[tuple[str, int, bool], ...]
_ROWS: tuple[Row, ...] = (
    (("source", 176, True), ("found_date", 176, True), ("place_code", 176, True), ("zz_type", 176, True)),
    (("summary", 300, True),),
    (("claims", 300, True),),
    (
        ("people_count", 140, False),
        ("amount_cents", 150, False),
        ("risk", 205, False),
        ("difficulty", 205, False),
    ),
)
_SENT: Row = (("referred_by", 176, True), ("referral_no", 176, True), ("referred_on", 176, False))
_LETTER = "一般要有；没有的，问委托单位补一份"
_MORE: Row = (("happen_date", 176, True), ("place_text", 176, True), ("unit_involved", 176, True))


class RegistrationForm(QWidget):
    """All parts under each other. `typed` and `settled` carry the key of a field, "" when a party came or went."""

    typed = Signal(str)
    settled = Signal(str)

    def __init__(self, setting: Setting, *, host_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = FieldSet(self)
        self._host_hint = host_hint
        self._setting, self._draft = setting, dict[str, Any]()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 6, 14, 12)
        self._layout.setSpacing(10)
        self._build()
        self.fields.typed.connect(self._follow)
        self.fields.typed.connect(self.typed)
        self.fields.settled.connect(self.settled)
        self._parties.changed.connect(self._parties_changed)

    def fill(self, draft: dict[str, Any]) -> None:
        """Show a draft."""
        self._draft = dict(draft)
        own = {name: value for name, value in draft.items() if name in DISPUTE.by_name}
        told = {f"told.{name}": value for name, value in (draft.get("told") or {}).items()}
        self.fields.fill({**own, **told})
        self._parties.fill(list(draft.get("parties") or []))
        self._circumstances.follow()
        self._follow("source")
        taborder.chain(self)

    def draft(self) -> dict[str, Any]:
        """The draft as it stands: nested, in wire form."""
        values = self.fields.values()
        own = {name: value for name, value in values.items() if name in DISPUTE.by_name}
        own["closed_session"] = own.get("closed_session") is True
        asked = referral.asked_fields(str(own.get("source") or ""))
        own |= {name: None for name in referral.FIELDS if name not in asked}
        told = {key.removeprefix("told."): value for key, value in values.items() if key.startswith("told.")}
        return {**self._draft, **own, "told": told, "parties": self._parties.values()}

    def in_order(self, lacks: Sequence[Lack]) -> tuple[Lack, ...]:
        """What is missing, as the eye meets it."""
        parts = ("parties.", *duties.FLAGS, "told.", "host_mediator_id", "org_id")
        seen = [name for row in _ROWS for name, _, _ in row]

        def place(lack: Lack) -> tuple[int, int]:
            part = next((n for n, prefix in enumerate(parts, 1) if lack.target.startswith(prefix)), 0)
            return part, seen.index(lack.target) if lack.target in seen else len(seen)

        return tuple(sorted(lacks, key=place))

    def say_doubts(self, doubts: Sequence[Lack]) -> None:
        """Warn under the fields that were left; of a crowd under all parties."""
        self.fields.say_doubts(doubts)
        self._parties.say([lack.message for lack in doubts if lack.target not in self.fields])

    def suggest_title(self, title: str) -> None:
        """Show what the dispute will be called when nobody writes another name."""
        field = self.fields.control("title")
        field.setPlaceholderText(title or "双方和类别填好就有了")  # type: ignore[attr-defined]

    def _build(self) -> None:
        self._layout.addWidget(Heading("一、什么事", role="section"))
        rows = [self._row(row) for row in _ROWS]
        self._claims, self._sent = rows[2], self._row(_SENT)
        rows.insert(1, self._sent)
        for row in rows:
            self._layout.addWidget(row)
        self._scale = self._row((("scale", 320, False),))
        self._layout.addWidget(self._scale)
        self._add_more()
        self._section("二、双方是谁", "单位、合作社也可以填")
        self._parties = Parties(self.fields, self._setting)
        self._layout.addWidget(self._parties)
        self._layout.addWidget(self._row((("title", 300, True),)))
        self._section("三、有没有这些情形", "有一项就会提示该告诉谁，四项都要问到")
        self._circumstances = Circumstances(self.fields, self._setting)
        self._layout.addWidget(self._circumstances)
        closed = tick(
            DISPUTE.by_name["closed_session"].label, hint="当事人要求不公开时选，只有经办人能看内容"
        )
        self._layout.addWidget(line(self.fields.add_bare("closed_session", closed), None))
        self._section("四、受理要有的", "只登记，可以先空着")
        self._layout.addWidget(self._acceptance())
        self._layout.addStretch(1)

    def _parties_changed(self) -> None:
        taborder.chain(self)
        self.typed.emit("")

    def _section(self, title: str, fact: str) -> None:
        self._layout.addSpacing(4)
        self._layout.addWidget(Rule())
        self._layout.addSpacing(2)
        self._layout.addWidget(Heading(title, fact, role="section"))

    def _add_more(self) -> None:
        more = self._row(_MORE)
        more.hide()
        button = Button("再填发生日期、具体地点、涉及单位", "link", size="row")

        def show() -> None:
            more.show()
            button.hide()

        button.clicked.connect(show)
        self._layout.addWidget(line(button, None))
        self._layout.addWidget(more)

    def _acceptance(self) -> QWidget:
        told = PARTY.by_name["rights_told_form"]
        consent = self.fields.add_bare("told.consent", tick("双方都同意调解"))
        form = bind(told, self._setting)
        words = Label("权利义务怎么讲明的")
        told_row = line(words, self.fields.add_bare("told.form", form), None, gap=12)
        host = self.fields.add(
            "host_mediator_id", DISPUTE.by_name["host_mediator_id"].label,
            bind(DISPUTE.by_name["host_mediator_id"], self._setting), hint=self._host_hint,
        )  # fmt: skip
        return column(line(consent, None), told_row, WrapRow([(host, 220, False)]), gap=10)

    def _row(self, names: Row) -> WrapRow:
        return WrapRow([(self._frame(DISPUTE.by_name[name]), width, grows) for name, width, grows in names])

    def _frame(self, field: Field) -> QWidget:
        binding = bind(field, self._setting, placeholder=_PLACEHOLDERS.get(field.name, ""))
        optional = field.is_optional or field.name == "title"
        label = "这件叫什么" if field.name == "title" else field.label
        hint = _LETTER if field.name == "referral_no" else ""
        return self.fields.add(field.name, label, binding, optional=optional, hint=hint)

    def _follow(self, key: str) -> None:
        """What a written application, or a body that sent the matter, asks for stands there only when there is one."""
        if key == "source":
            source = str(self.fields.value("source") or "")
            self._claims.setVisible(source == _WRITTEN)
            asked = referral.asked_fields(source)
            self._sent.setVisible(bool(asked))
            if letter := self.fields.frame("referral_no"):
                letter.setVisible("referral_no" in asked)
            taborder.chain(self)
