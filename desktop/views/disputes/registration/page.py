"""Registering a dispute (picture 03): keyboard alone, every field saves itself, one act at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import register
from desktop.casework.disputes.register import Registered
from desktop.casework.errors import NotYet
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.forms.binding import Setting
from desktop.views.disputes.forms.keeping import DraftKeeper
from desktop.views.disputes.forms.savedmark import SavedMark
from desktop.views.disputes.going import Going, PageAct
from desktop.views.disputes.registration.form import RegistrationForm
from desktop.views.disputes.registration.judging import Judged, Opening, judge, open_draft
from desktop.views.disputes.registration.side import FollowsCard, LookAlikeCard, MissingCard
from desktop.views.kit import Button, Card, column
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme
from desktop.views.shell.footer import Footer
from desktop.views.shell.pages import Page

_SIDE = 270


class RegistrationPage(Page):
    """A new registration, one left half-written (`draft_key`), or one that begins with a name (`party_name`)."""

    place = "disputes"

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        going: Going,
        *,
        draft_key: str = "",
        party_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._party_name = party_name
        self._judged: Judged | None = None
        self._keeper: DraftKeeper[Judged] | None = None
        self.form: RegistrationForm | None = None
        self.saved = SavedMark()
        self.missing, self.look_alike, self.follows = MissingCard(), LookAlikeCard(), FollowsCard()
        self.set_head(title="登记纠纷", fact="没标“选填”的都要填", back="返回", aside=self.saved)
        self._build()
        self._make_footer()
        lanes.submit("store", lambda: open_draft(desk, draft_key, party_name), self._begin, self._trouble)

    def leave(self) -> None:
        """Write down the last letters."""
        if self._keeper:
            self._keeper.flush()

    def focus_first(self) -> None:
        """The first field that is missing."""
        if self.form:
            lacks = self._judged.to_accept if self._judged else ()
            self.form.fields.jump(lacks[0].target if lacks else "source")

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (
            PageAct("登记并受理", self.filled.click, "Ctrl+Enter")
            if self.filled
            else PageAct("先放着", self._going.back),
            PageAct("只登记，先不受理", self._register_only.click),
            PageAct("去填还差的那一项", self._go_to_first),
            PageAct("这份登记不要了", self._throw_away),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side folds into the footer below 1180 logical pixels."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._card = Card(padding=(2, 6))
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._beside = column(self.missing, self.look_alike, self.follows, None, gap=12)
        self._side = FoldScroll(self._beside, ground="canvas")
        self._side.setFixedWidth(theme.current().px(_SIDE))
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._row.addWidget(self._card, 1)
        self._row.addWidget(self._side)
        self.body.addLayout(self._row, 1)
        self.missing.asked.connect(self._jump)
        self.look_alike.opened.connect(self._going.open_dispute)

    def _make_footer(self) -> None:
        later = Button("先放着", "text", key="Esc")
        later.clicked.connect(self.back_asked)
        self._left_out = Button("", "text")
        self._left_out.clicked.connect(self._go_to_first)
        self._register_only = Button("只登记", size="large")
        self._register_only.clicked.connect(lambda: self._register(accept=False))
        self.filled = Button("登记并受理", "primary", size="large", key="Ctrl+Enter")
        self.filled.clicked.connect(lambda: self._register(accept=True))
        self.footer = Footer([later], [self._left_out, self._register_only, self.filled])

    def _begin(self, opening: Opening) -> None:
        choices = {"place_code": opening.places, "zz_type": opening.types, "host_mediator_id": opening.hosts}
        self.form = form = RegistrationForm(
            Setting(self._desk, dict(choices)), host_hint="不选，就由您主持" if opening.may_host else ""
        )
        form.fill(opening.draft)
        if opening.kept_at:
            self.saved.say_kept(opening.kept_at)
        self._card.body.addWidget(FoldScroll(form))
        desk = self._desk
        self._keeper = keeper = DraftKeeper(
            desk,
            self._lanes,
            form.draft,
            lambda draft: judge(desk, draft),
            key=register.draft_key,
            parent=self,
        )
        keeper.kept.connect(self.saved.say_kept)
        keeper.failed.connect(self.saved.say_failed)
        keeper.judged.connect(self._show)
        form.typed.connect(lambda _key: keeper.touch())
        form.settled.connect(lambda _key: keeper.touch())
        keeper.judged.connect(lambda _judged: self.focus_first(), Qt.ConnectionType.SingleShotConnection)
        keeper.touch() if self._party_name else keeper.look()

    def _show(self, judged: Judged) -> None:
        if self.form is None:
            return
        judged = replace(judged, to_accept=self.form.in_order(judged.to_accept))
        self._judged = judged
        self.missing.show_lacks(judged.to_accept)
        self.look_alike.show_found(judged.found)
        self.follows.show_follows(judged.follows)
        self.form.suggest_title(judged.title)
        self.form.say_doubts(judged.doubts)
        self.form.fields.forgive(judged.to_accept)
        left = len(judged.to_accept)
        self._left_out.say(f"还差 {left} 项" if left else "都填好了")
        self._left_out.setEnabled(bool(left))
        self._arrange()

    def _arrange(self) -> None:
        wide = theme.current().is_wide(self.window().width())
        self._side.setVisible(wide)
        beside = self._beside.layout()
        self.look_alike.set_flat(not wide)
        if wide and self.look_alike.parent() is not self._beside:
            beside.insertWidget(1, self.look_alike)  # type: ignore[attr-defined]
        elif not wide and self.look_alike.parent() is self._beside:
            self.body.insertWidget(0, self.look_alike)

    def _jump(self, key: str) -> None:
        if self.form and not self.form.fields.jump(key) and self._judged:
            lack = next((one for one in self._judged.to_accept if one.target == key), None)
            self._going.notices.tell(lack.message if lack else key, kind="warning")

    def _go_to_first(self) -> None:
        if self._judged and self._judged.to_accept:
            self._jump(self._judged.to_accept[0].target)

    def _register(self, *, accept: bool) -> None:
        if self.form is None or not (self.filled and self.filled.isEnabled()):
            return
        draft = self.form.draft()
        self._set_acting(True)
        self._lanes.submit(
            "store",
            lambda: register.register(self._desk, draft, accept=accept),
            self._registered,
            self._refused,
        )

    def _registered(self, done: Registered) -> None:
        if self._keeper:
            self._keeper.stop()
        self._going.back()
        at = self._desk.now()
        self._going.notices.tell(
            f"已登记：{done.title}",
            f"{done.matter_code}，存在本机 {at:%H:%M}，等有网传到区里",
            actions=[("打开", lambda: self._going.open_dispute(done.id))],
        )

    def _refused(self, error: Exception) -> None:
        self._set_acting(False)
        if isinstance(error, NotYet) and self.form:
            lacks = self.form.in_order(error.lacks)
            self.form.fields.say_lacks(lacks)
            self._jump(lacks[0].target)
        else:
            troubles.tell(self._going.notices, error)

    def _set_acting(self, acting: bool) -> None:
        for button in (self.filled, self._register_only):
            if button:
                button.setEnabled(not acting)

    def _throw_away(self) -> None:
        """The draft goes, and can be fetched back for as long as the notice stands."""
        if self.form is None or self._keeper is None:
            return
        draft, key = self.form.draft(), register.draft_key(self.form.draft())
        self._keeper.stop()
        self._lanes.submit("store", lambda: self._desk.store.drop_draft(key))
        self._going.back()
        self._going.notices.tell(
            "这份登记不要了", "还没登记的字都清掉了", actions=[("撤回", lambda: self._fetch_back(key, draft))]
        )

    def _fetch_back(self, key: str, draft: dict[str, Any]) -> None:
        going, desk = self._going, self._desk
        self._lanes.submit(
            "store", lambda: desk.store.write_draft(key, draft), lambda _none: going.register(draft_key=key)
        )

    def _trouble(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)
