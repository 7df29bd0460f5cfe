"""The page of an agreement: a new one, or one to be corrected; every letter kept, one act at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.agreements import Rules
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.errors import Lack, NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.agreement.form import AgreementForm
from desktop.views.disputes.agreement.judging import Judged, judge
from desktop.views.disputes.forms.binding import Setting
from desktop.views.disputes.forms.keeping import DraftKeeper
from desktop.views.disputes.forms.savedmark import SavedMark
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Button, Card, Choice
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page
from sync.records.agreement import AGREEMENT


@dataclass(frozen=True)
class Opening:
    """What the page needs: the case, the draft or the record, and what the law says of such an agreement."""

    case: Case
    draft: dict[str, Any]
    rules: Rules
    kept_at: datetime | None


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
        self._lacks: Sequence[Lack] = ()
        self._keeper: DraftKeeper[Judged] | None = None
        self.form: AgreementForm | None = None
        self.saved = SavedMark()
        self._card = Card(padding=(2, 6))
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self._card, 1)
        self._make_footer()
        title = "改协议" if agreement else "写协议"
        self.set_head(title=title, fact="没标“选填”的都要填", back="返回", aside=self.saved)
        lanes.submit("store", self._open, self._begin, self._trouble)

    def leave(self) -> None:
        """Write down the last letters."""
        if self._keeper:
            self._keeper.flush()

    def focus_first(self) -> None:
        """协议形式."""
        if self.form:
            self.form.fields.jump("form")

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (
            PageAct("协议写好了", self._save, "Ctrl+Enter"),
            PageAct("去填还差的那一项", self._go_to_first),
        )

    def _make_footer(self) -> None:
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
        kept_at = moment_of(desk, kept.saved_ms) if kept else None
        return Opening(case, draft, agreements.rules(case.dispute), kept_at)

    def _begin(self, opening: Opening) -> None:
        self._draft = opening.draft
        self.set_head(second=opening.case.title)
        people = [Choice(str(p["id"]), str(p.get("name"))) for p in opening.case.parties]
        self.form = form = AgreementForm(
            Setting(self._desk, {"party_id": people}),
            opening.rules,
            names=[one.words for one in people],
            is_known=bool(self._agreement),
        )
        form.fill(opening.draft)
        form.form_chosen.connect(self._form_chosen)
        if opening.kept_at:
            self.saved.say_kept(opening.kept_at)
        self._card.body.addWidget(FoldScroll(form))
        desk, dispute = self._desk, self._dispute
        self._keeper = keeper = DraftKeeper(
            desk,
            self._lanes,
            self._gather,
            lambda draft: judge(desk, dispute, draft),
            key=lambda _: self._key(),
            parent=self,
        )
        keeper.kept.connect(self.saved.say_kept)
        keeper.failed.connect(self.saved.say_failed)
        keeper.judged.connect(self._show_judged)
        form.fields.typed.connect(lambda _key: keeper.touch())
        form.fields.settled.connect(lambda _key: keeper.touch())
        keeper.look()
        self.focus_first()

    def _gather(self) -> dict[str, Any]:
        return {**self._draft, **(self.form.values() if self.form else {})}

    def _form_chosen(self, form: str) -> None:
        """What is known already is not typed again."""
        desk, dispute, draft = self._desk, self._dispute, self._gather()

        def show(known: dict[str, Any]) -> None:
            if self.form and self._keeper and self.form.fields.value("form") == form:
                self.form.fill_empty(known)
                self._keeper.touch()

        if not self._agreement:
            self._lanes.submit("store", lambda: agreements.with_form(desk, dispute, draft, form), show, self._trouble)

    def _show_judged(self, judged: Judged) -> None:
        self._lacks = lacks = judged.lacks
        self._left_out.say(f"还差 {len(lacks)} 项" if lacks else "都填好了")
        self._left_out.setEnabled(bool(lacks))
        self._left_out.setToolTip("、".join(lack.label for lack in lacks))
        if self.form:
            self.form.fields.forgive(lacks)
            self.form.say_hints(judged.hints, judged.words)

    def _go_to_first(self) -> None:
        if self.form and self._lacks and not self.form.fields.jump(self._lacks[0].target):
            self._going.notices.tell(self._lacks[0].message, kind="warning")

    def _save(self) -> None:
        if self.form is None or self.filled is None:
            return
        self.filled.setEnabled(False)
        desk, draft = self._desk, {**self._draft, **self.form.agreed()}
        known = {name: value for name, value in draft.items() if name in AGREEMENT.by_name}

        def save() -> object:
            if self._agreement:
                return agreements.change(desk, self._agreement, known)
            return agreements.save(desk, self._dispute, draft)

        self._lanes.submit("store", save, self._saved, self._refused)

    def _saved(self, _changes: object) -> None:
        if self._keeper:
            self._keeper.stop()
        store, key = self._desk.store, self._key()
        self._lanes.submit("store", lambda: store.drop_draft(key))
        going, dispute = self._going, self._dispute
        going.back()
        print_it = ("打印协议", lambda: going.open_dispute(dispute, act="print_agreement", record=self._agreement))
        said = f"存在本机 {self._desk.now():%H:%M}，该履行的日子到了会提醒回访"
        going.notices.tell("协议记下了", said, actions=[print_it])

    def _refused(self, error: Exception) -> None:
        if self.filled:
            self.filled.setEnabled(True)
        if isinstance(error, NotYet) and self.form:
            self.form.fields.say_lacks(error.lacks)
            self._lacks = error.lacks
            self._go_to_first()
        else:
            troubles.tell(self._going.notices, error)

    def _key(self) -> str:
        return (
            f"sheet:agreement:{self._agreement}" if self._agreement else agreements.draft_key(self._dispute)
        )

    def _trouble(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)
