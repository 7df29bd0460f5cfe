"""A small form beside the page: some declared fields under each other, a sentence above, one act below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes.change_log import moment_of
from desktop.casework.errors import Lack
from desktop.views.background import Lanes
from desktop.views.disputes.forms import taborder
from desktop.views.disputes.forms.binding import Setting, bind, tick
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.keeping import DraftKeeper
from desktop.views.disputes.forms.savedmark import SavedMark
from desktop.views.kit import Button, Choice, Label, Paragraph, Rule, ShapeMark, column, line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme
from desktop.views.look.shapes import Shape
from sync.records.field import Field, Value
from sync.records.party import PARTY

_DOUBT = Shape("filled triangle with !", "amberMark")
TOLD = "told"


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet shows. `fields` in their order; `needed` names those that are not 选填; `told` adds what acceptance
    asks of the parties. `key`: under which the draft is kept. `second` is a quieter act. `choices`: what can be
    chosen in this form, by field name. `says`: the sentences that follow from what is filled (the lawful ways for a
    ground, where a deadline moves to); they stand under the fields and follow every answer."""

    fields: Sequence[Field]
    act: str
    key: str
    sentence: str = ""
    needed: frozenset[str] = frozenset()
    values: dict[str, Value] | None = None
    doubts: Sequence[Lack] = ()
    told: bool = False
    is_grave: bool = False
    second: str = ""
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    says: Callable[[Mapping[str, Any]], Sequence[str]] | None = None


class FormSheet(QWidget):
    """The form. `acted` carries the values when the button is pressed; the page does the act and answers with
    `say_lacks` or lets the sheet go with `finish`."""

    acted = Signal(dict)
    second_asked = Signal()

    def __init__(
        self, facts: SheetFacts, setting: Setting, lanes: Lanes, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        setting = Setting(setting.desk, {**setting.choices, **facts.choices})
        self._facts, self._desk, self._lanes = facts, setting.desk, lanes
        self.fields = FieldSet(self)
        self.saved = SavedMark()
        self.act_button = Button(
            facts.act, "danger" if facts.is_grave else "primary", size="large", key="Ctrl+Enter"
        )
        self.act_button.clicked.connect(lambda: self.acted.emit(self.values()))
        self._keeper = DraftKeeper[None](
            setting.desk, lanes, self._gather, lambda _: None, key=lambda _: facts.key, parent=self
        )
        self._keeper.kept.connect(self.saved.say_kept)
        self._keeper.failed.connect(self.saved.say_failed)
        self._said, self._said_now = column(Rule(), gap=6), tuple[str, ...]()
        self._build(setting)
        self.fields.fill(facts.values or {})
        self.fields.typed.connect(lambda _key: self._keeper.touch())
        self.fields.settled.connect(lambda _key: self._keeper.touch())
        self.fields.typed.connect(lambda _key: self._say())
        self.fields.settled.connect(lambda _key: self._say())
        self._say()
        lanes.submit("store", lambda: setting.desk.store.draft(facts.key), self._continue)

    def values(self) -> dict[str, Any]:
        """What is filled, by field name; with `told` what the parties were told."""
        values = self.fields.values()
        own = {key: value for key, value in values.items() if not key.startswith("told.")}
        if self._facts.told:
            own[TOLD] = {
                key.removeprefix("told."): value for key, value in values.items() if key.startswith("told.")
            }
        return own

    def say_lacks(self, lacks: Sequence[Lack]) -> None:
        """Say what is missing and go there. What has no field here is said by the page."""
        self.act_button.setEnabled(True)
        self.fields.say_lacks(lacks)
        next((lack for lack in lacks if self.fields.jump(lack.target)), None)

    def leave(self) -> None:
        """Write down the last letters."""
        self._keeper.flush()

    def finish(self) -> None:
        """It has been done: the draft goes."""
        self._keeper.stop()
        key, store = self._facts.key, self._desk.store
        self._lanes.submit("store", lambda: store.drop_draft(key))

    def focus_first(self) -> None:
        """The first field, or the act when there is none."""
        keys = self.fields.keys()
        if not keys or not self.fields.jump(keys[0]):
            self.act_button.setFocus()

    def _build(self, setting: Setting) -> None:
        content = self._content(setting)
        second = Button(self._facts.second, "text")
        second.clicked.connect(self.second_asked)
        acts = line(self.act_button, second, None)
        second.setVisible(bool(self._facts.second))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.current().px(8), 0)
        layout.setSpacing(8)
        # The act stands still below what scrolls.
        layout.addWidget(FoldScroll(content), 1)
        layout.addWidget(acts)
        layout.addWidget(self.saved)
        taborder.chain(content, acts)

    def _content(self, setting: Setting) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, theme.current().px(8), 0)
        layout.setSpacing(10)
        if self._facts.sentence:
            layout.addWidget(Paragraph(self._facts.sentence, "small"))
        for doubt in self._facts.doubts:
            layout.addWidget(
                line(ShapeMark(_DOUBT, size=15), Paragraph(doubt.message, "small", tone="amber"))
            )
        for asked in self._facts.fields:
            layout.addWidget(self._frame(asked, setting))
        if self._facts.told:
            layout.addWidget(self._told(setting))
        layout.addWidget(self._said)
        layout.addStretch(1)
        return content

    def said(self) -> tuple[str, ...]:
        """The sentences that follow from what is filled."""
        return self._said_now

    def _say(self) -> None:
        said = tuple(self._facts.says(self.values())) if self._facts.says else ()
        self._said.setVisible(bool(said))
        if said == self._said_now:
            return
        self._said_now = said
        rows = self._said.layout()
        assert isinstance(rows, QVBoxLayout)
        while rows.count() > 1 and (item := rows.takeAt(1)):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for sentence in said:
            rows.addWidget(Paragraph(sentence, "small", tone="ink2"))

    def _frame(self, asked: Field, setting: Setting) -> QWidget:
        optional = asked.name not in self._facts.needed
        return self.fields.add(asked.name, asked.label, bind(asked, setting), optional=optional)

    def _told(self, setting: Setting) -> QWidget:
        consent = self.fields.add_bare("told.consent", tick("双方都同意调解"))
        form = bind(PARTY.by_name["rights_told_form"], setting)
        return column(
            consent,
            Label("权利义务怎么讲明的", "small", tone="ink2"),
            self.fields.add_bare("told.form", form),
        )

    def _gather(self) -> dict[str, Any]:
        return {"by": self._desk.account.id, **self.values()}

    def _continue(self, kept: Any) -> None:
        """Go on with what was left half-written."""
        if kept is None:
            return
        body = dict(kept.body)
        told = {f"told.{name}": value for name, value in (body.pop(TOLD, None) or {}).items()}
        self.fields.fill({**body, **told})
        self._say()
        self.saved.say_kept(moment_of(self._desk, kept.saved_ms))
