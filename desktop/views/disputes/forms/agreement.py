"""Writing an agreement: what was agreed, who does what until when, who signed and when. Nothing is signed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.agreements import Rules
from desktop.casework.disputes.case import Case
from desktop.casework.errors import Lack, NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.forms import taborder
from desktop.views.disputes.forms.binding import Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.keeping import DraftKeeper
from desktop.views.disputes.forms.savedmark import SavedMark
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Card, Choice, Heading, Paragraph, Rule, ShapeMark, line
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look.shapes import Shape
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page
from sync.records.agreement import AGREEMENT

_DOUBT = Shape("filled triangle with !", "amberMark")
_WRITTEN_ONLY = ("facts", "issues", "liability", "copies", "party_marks", "mediator_mark_date", "seal_date")
_COURT = ("confirm_state", "court", "confirm_applied_at", "confirm_ruled_at", "ruling_no")
Row = tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True)
class Opening:
    """What the page needs: the case, the draft or the record, and what the law says of such an agreement."""

    case: Case
    draft: dict[str, Any]
    rules: Rules


class AgreementPage(Page):
    """A new agreement of a dispute, or one that is corrected (`agreement`: its id)."""

    place = "disputes"

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        going: Going,
        *,
        dispute_id: str,
        agreement: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._dispute, self._agreement = dispute_id, agreement
        self._draft: dict[str, Any] = {}
        self._keeper: DraftKeeper[tuple[Lack, ...]] | None = None
        self._lacks: Sequence[Lack] = ()
        self.fields = FieldSet(self)
        self.saved = SavedMark()
        title = "改协议" if agreement else "写协议"
        self.set_head(title=title, fact="没标“选填”的都要填", back="这件纠纷", aside=self.saved)
        self._card = Card(padding=(2, 6))
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self._card, 1)
        self._make_footer(title)
        lanes.submit("store", self._open, self._begin, self._trouble)

    def leave(self) -> None:
        """Write down the last letters."""
        if self._keeper:
            self._keeper.flush()

    def focus_first(self) -> None:
        """The form of the agreement."""
        self.fields.jump("form")

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (PageAct("写好协议，存下", self._save, "Ctrl+Enter"), PageAct("去填还差的那一项", self._go_to_first))

    def _make_footer(self, title: str) -> None:
        later = Button("先放着", "text", key="Esc")
        later.clicked.connect(self.back_asked)
        self._left_out = Button("", "text")
        self._left_out.clicked.connect(self._go_to_first)
        words = "改好了" if self._agreement else "协议写好了"
        self.filled = Button(words, "primary", size="large", key="Ctrl+Enter")
        self.filled.clicked.connect(self._save)
        self.footer = Footer([later], [self._left_out, self.filled])

    def _open(self) -> Opening:
        desk, case = self._desk, cases.load(self._desk, self._dispute)
        kept = desk.store.draft(self._key())
        if self._agreement:
            record = next(one for one in case.agreements if one["id"] == self._agreement)
            draft = {**record, **(kept.body if kept else {})}
        else:
            draft = dict(kept.body) if kept else agreements.blank(desk, self._dispute)
        return Opening(case, draft, agreements.rules(case.dispute))

    def _begin(self, opening: Opening) -> None:
        self._draft = opening.draft
        self.set_head(second=opening.case.title)
        people = [Choice(str(p["id"]), str(p.get("name"))) for p in opening.case.parties]
        setting = Setting(self._desk, {"party_id": people})
        form = QWidget()
        self._layout = QVBoxLayout(form)
        self._layout.setContentsMargins(20, 6, 14, 12)
        self._layout.setSpacing(10)
        self._build(setting, opening.rules)
        self.fields.fill(opening.draft)
        self._follow("form")
        self._follow("confirm_state")
        taborder.chain(form)
        self._card.body.addWidget(FoldScroll(form))
        self._join(form)
        self.focus_first()

    def _join(self, form: QWidget) -> None:
        self._keeper = keeper = DraftKeeper(
            self._desk, self._lanes, self._gather, self._judge, key=lambda _: self._key()
        )
        keeper.kept.connect(self.saved.say_kept)
        keeper.failed.connect(self.saved.say_failed)
        keeper.judged.connect(self._show_lacks)

        def touched(key: str) -> None:
            self._follow(key)
            keeper.touch()

        def settled(key: str) -> None:
            touched(key)
            taborder.chain(form)

        self.fields.typed.connect(touched)
        self.fields.settled.connect(settled)
        keeper.look()

    def _build(self, setting: Setting, rules: Rules) -> None:
        for said in (rules.written_because, rules.bar_sentence):
            if said:
                self._layout.addWidget(line(ShapeMark(_DOUBT, size=15), Paragraph(said, "small", tone="amber")))
        self._section("一、谈成了什么", "")
        self._row(setting, (("form", 150, False), ("agreed_on", 176, False), ("agreement_no", 200, True)))
        self._row(setting, (("items", 300, True),))
        self._row(setting, (("amount_cents", 160, False), ("performance", 200, False), ("copies", 120, False)))
        self._section("二、要履行的", "谁、给谁、做什么、哪天前；到期会提醒回访")
        self._row(setting, (("obligations", 300, True),))
        self._written = QWidget()
        outer, self._layout = self._layout, QVBoxLayout(self._written)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._section("三、书面协议还要写明", "")
        for name in ("facts", "issues", "liability"):
            self._row(setting, ((name, 300, True),))
        self._section("四、签章", "在纸上签了、盖了再填；都齐了协议才生效")
        self._row(setting, (("party_marks", 300, True),))
        self._row(setting, (("mediator_mark_date", 176, False), ("seal_date", 176, False)))
        self._section("五、司法确认", "双方一起申请，生效后三十天内")
        self._row(setting, (("confirm_state", 160, False), ("court", 200, True), ("confirm_applied_at", 160, False)))
        self._row(setting, (("confirm_ruled_at", 160, False), ("ruling_no", 200, True)))
        self._layout = outer
        self._layout.addWidget(self._written)
        self._layout.addStretch(1)

    def _section(self, title: str, fact: str) -> None:
        if self._layout.count():
            self._layout.addSpacing(4)
            self._layout.addWidget(Rule())
        self._layout.addWidget(Heading(title, fact, role="section"))

    def _row(self, setting: Setting, names: Row) -> None:
        frames = []
        for name, width, grows in names:
            field = AGREEMENT.by_name[name]
            optional = field.is_optional or name == "performance"
            frames.append((self.fields.add(name, field.label, bind(field, setting), optional=optional), width, grows))
        self._layout.addWidget(WrapRow(frames))

    def _follow(self, key: str) -> None:
        """What only a written agreement has stands there only for one; 哪天谈成的 only for an oral one."""
        if key == "form":
            form = self.fields.value("form")
            self._written.setVisible(form == "书面")
            for name, shown in (("agreed_on", form == "口头"), ("copies", form == "书面")):
                if frame := self.fields.frame(name):
                    frame.setVisible(shown)
        elif key == "confirm_state":
            applied = self.fields.value("confirm_state") not in (None, "未申请")
            for name in _COURT[1:]:
                if frame := self.fields.frame(name):
                    frame.setVisible(applied)

    def _gather(self) -> dict[str, Any]:
        values = self.fields.values()
        if values.get("form") == "口头":
            values |= dict.fromkeys(_WRITTEN_ONLY)
        return {
            **self._draft,
            **values,
            "items": values.get("items") or [],
            "obligations": values.get("obligations") or [],
        }

    def _judge(self, draft: dict[str, Any]) -> tuple[Lack, ...]:
        return agreements.missing(self._desk, self._dispute, draft)

    def _show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        self._lacks = lacks
        self._left_out.say(f"还差 {len(lacks)} 项" if lacks else "都填好了")
        self._left_out.setEnabled(bool(lacks))
        self._left_out.setToolTip("、".join(lack.label for lack in lacks))
        self.fields.forgive(lacks)

    def _go_to_first(self) -> None:
        if self._lacks and not self.fields.jump(self._lacks[0].target):
            self._going.notices.tell(self._lacks[0].message, kind="warning")

    def _save(self) -> None:
        draft, desk = self._gather(), self._desk
        if self.filled:
            self.filled.setEnabled(False)
        if self._agreement:
            known = {name: value for name, value in draft.items() if name in AGREEMENT.by_name}
            self._lanes.submit(
                "store", lambda: agreements.change(desk, self._agreement, known), self._saved, self._refused
            )
        else:
            self._lanes.submit("store", lambda: agreements.save(desk, self._dispute, draft), self._saved, self._refused)

    def _saved(self, _changes: object) -> None:
        if self._keeper:
            self._keeper.stop()
        store, key = self._desk.store, self._key()
        self._lanes.submit("store", lambda: store.drop_draft(key))
        self._going.back()
        self._going.notices.tell("协议记下了", f"存在本机 {self._desk.now():%H:%M}，该履行的日子到了会提醒回访")

    def _refused(self, error: Exception) -> None:
        if self.filled:
            self.filled.setEnabled(True)
        if isinstance(error, NotYet):
            self.fields.say_lacks(error.lacks)
            self._lacks = error.lacks
            self._go_to_first()
        else:
            troubles.tell(self._going.notices, error)

    def _key(self) -> str:
        return f"sheet:agreement:{self._agreement}" if self._agreement else agreements.draft_key(self._dispute)

    def _trouble(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)
