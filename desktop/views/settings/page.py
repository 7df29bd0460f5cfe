"""设置: everything a person may set about this PC, in six tabs; every change is kept at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.casework.desk import Desk
from desktop.casework.looked_at import Look, looks
from desktop.settings import SETTINGS, Value
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Beside, Card, Confirm, Label, Paragraph, Tab, TabLine, column, line
from desktop.views.kit.pagescroll import PageScroll
from desktop.views.look import appearance, theme
from desktop.views.settings.care import BackupCard, CheckCard, folder_card
from desktop.views.settings.house import BackupFacts, House
from desktop.views.settings.looked_at import LookedAtCard
from desktop.views.settings.people import AddPersonSheet, PeopleCard, SecretSheet
from desktop.views.settings.rows import SettingRow
from desktop.views.shell.pages import Page
from desktop.views.unlock.door import Visitor
from desktop.views.welcome.arrival import Newcomer
from desktop.views.welcome.recovery import CodeSheet, CodeStep

_TABS = (
    Tab("显示", "显示"),
    Tab("期限", "期限"),
    Tab("安全", "人和密码"),
    Tab("附件", "附件"),
    Tab("传送", "传送"),
    Tab("备份", "备份和检查"),
)


class SettingsPage(Page):
    """`restore_asked` carries the `BackupFacts` the person agreed to go back to; `changed` the key of a setting."""

    place = "settings"
    restore_asked = Signal(object)
    changed = Signal(str)

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, house: House) -> None:
        super().__init__()
        self._desk, self._lanes, self._going, self._house = desk, lanes, going, house
        self.set_head(title="设置", fact="改了就存，不用再点")
        self._tabs = TabLine(_TABS, name="设置")
        self._people, self._backups, self._check = PeopleCard(desk.account.id), BackupCard(), CheckCard()
        self._looked = LookedAtCard()
        self._stack = QStackedWidget()
        self._beside = Beside(self._stack)
        self._build()
        self._join()

    def enter(self) -> None:
        """Read anew who can come in, who looked at what, and which backups there are."""
        self._lanes.submit("store", self._house.people, self._people.show_people)
        self._lanes.submit("store", lambda: looks(self._desk), self._show_looks)
        self._read_backups()

    def leave(self) -> None:
        """A sheet with a half-typed secret does not stay open."""
        self._beside.hide_sheet()

    def show_tab(self, key: str) -> None:
        """Go to a tab by its key."""
        self._tabs.choose(key)

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        return (
            PageAct("换我的密码", self._change_secret),
            PageAct("加一个人", self._ask_candidates),
            PageAct("检查一遍", self._verify),
        )

    # -- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._rows: dict[str, list[QWidget]] = {tab.key: [] for tab in _TABS}
        look, terms = self._setting_card("显示"), self._setting_card("期限")
        safety, line_ = self._setting_card("安全"), self._setting_card("传送")
        pages = {
            "显示": [look],
            "期限": [terms],
            "安全": [self._people, safety, self._looked],
            "附件": [self._setting_card("附件")],
            "传送": [self._desk_card(), line_],
            "备份": [self._backups, self._check, folder_card(str(self._house.folder))],
        }
        for tab in _TABS:
            content = column(*pages[tab.key], None, gap=14)
            blocks = [*pages[tab.key], *self._rows[tab.key]]
            self._stack.addWidget(PageScroll(content, blocks=lambda blocks=blocks: blocks))
        self._tabs.chosen.connect(lambda key: self._show(key))
        self.body.setSpacing(theme.current().px(14))
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._beside, 1)

    def _setting_card(self, area: str) -> Card:
        card = Card()
        for setting in SETTINGS.values():
            if setting.area == area:
                row = SettingRow(setting, self._desk.settings.value(setting.key), self._keep)
                self._rows[area].append(row)
                card.add(row)
        return card

    def _desk_card(self) -> Card:
        here = self._desk.store.desk()
        card = Card("这台电脑在区里的登记")
        for label, value in (
            ("地方", here.place_name),
            ("编号", str(here.number)),
            ("区里的服务器", here.hub_url),
        ):
            name = Label(label, "small", tone="ink2")
            name.setFixedWidth(theme.current().px(120))
            card.add(line(name, Label(value), None, gap=12))
        return card

    def _show(self, key: str) -> None:
        self._beside.hide_sheet()
        self._stack.setCurrentIndex([tab.key for tab in _TABS].index(key))

    def _join(self) -> None:
        self._people.add_asked.connect(self._ask_candidates)
        self._people.secret_asked.connect(self._change_secret)
        self._people.code_asked.connect(self._ask_new_code)
        self._people.remove_asked.connect(self._ask_remove)
        self._backups.back_up_asked.connect(self._back_up)
        self._backups.restore_asked.connect(self._ask_restore)
        self._check.check_asked.connect(self._verify)
        self._check.details_asked.connect(self._show_faults)

    def _keep(self, key: str, value: Value) -> None:
        self._lanes.submit(
            "store",
            lambda: self._desk.settings.change(key, value, self._desk.store.set_setting),
            lambda _none: self._kept(key),
        )

    def _kept(self, key: str) -> None:
        if SETTINGS[key].area == "显示":
            appearance.use(self._desk.settings)
        if SETTINGS[key].area == "期限":
            self._lanes.submit("files", self._desk.store.resummarise)
        self.changed.emit(key)

    # -- people -------------------------------------------------------------------------------------------------

    def _ask_candidates(self) -> None:
        self.show_tab("安全")
        self._lanes.submit("store", self._house.candidates, self._show_candidates)

    def _show_candidates(self, people: list[Newcomer]) -> None:
        sheet = AddPersonSheet(people, is_stacked=self._is_sheet_slim())
        sheet.asked.connect(
            lambda who, secret: self._do(
                lambda: self._house.add_person(who, secret), f"{who.name} 可以打开这台电脑了", sheet.refuse
            )
        )
        self._open_sheet("加一个人", sheet)

    def _change_secret(self) -> None:
        self.show_tab("安全")
        sheet = SecretSheet(is_stacked=self._is_sheet_slim())
        sheet.asked.connect(
            lambda old, new: self._do(
                lambda: self._house.change_secret(old, new), "密码换好了，下次用新的", sheet.refuse
            )
        )
        self._open_sheet("换我的密码", sheet)

    def _ask_new_code(self) -> None:
        text = "新的一张会显示一次，要打印或抄下来。**原来那张从此打不开这台电脑**，拿到新的就销毁旧的。"
        question = Confirm(self.window(), "换一张恢复码吗？", text, act="换一张", keep="不换")
        question.agreed.connect(
            lambda _reason: self._lanes.submit("store", self._house.new_recovery_code, self._show_code)
        )
        question.open()

    def _show_code(self, code: str) -> None:
        place = self._desk.directory.place_name(self._desk.place)
        sheet = CodeSheet(code, person=self._desk.account.name, place_name=place, day=self._desk.today)
        step = CodeStep(sheet, is_narrow=True)
        step.kept.connect(self._beside.hide_sheet)
        self._open_sheet("新的恢复码", step)

    def _ask_remove(self, one: Visitor) -> None:
        text = f"**{one.name}** 以后不能打开这台电脑。写过的都留着。以后还能再加回来。"
        question = Confirm(self.window(), f"不让 {one.name} 再进吗？", text, act="不让再进", keep="照旧")
        question.agreed.connect(
            lambda _reason: self._do(lambda: self._house.remove_person(one.account), f"{one.name} 不能再进了")
        )
        question.open()

    def _is_sheet_slim(self) -> bool:
        """Beside the page a sheet is slim; over it there is room for two fields in a row."""
        return theme.current().is_wide(self.window().width())

    def _open_sheet(self, title: str, sheet: QWidget) -> None:
        self._beside.show_sheet(title, column(sheet, None))
        sheet.setFocus()

    def _do(
        self, act: Callable[[], None], said: str, refused: Callable[[Exception], None] | None = None
    ) -> None:
        def done(_none: None) -> None:
            self._beside.hide_sheet()
            self._going.notices.tell(said)
            self.enter()

        self._lanes.submit("store", act, done, refused)

    def _show_looks(self, found: tuple[Look, ...]) -> None:
        self._looked.show_looks(found, self._desk.now())

    # -- care ---------------------------------------------------------------------------------------------------

    def _read_backups(self) -> None:
        self._lanes.submit(
            "files", self._house.backups, lambda found: self._backups.show_backups(found, self._desk.now())
        )

    def _back_up(self) -> None:
        self._backups.set_working(True)
        self._lanes.submit("files", self._house.back_up, self._backed_up, self._not_backed_up)

    def _backed_up(self, made: BackupFacts) -> None:
        self._backups.set_working(False)
        self._going.notices.tell("备份好了，也读过一遍", words.bytes_size(made.size_bytes))
        self._read_backups()

    def _not_backed_up(self, error: Exception) -> None:
        self._backups.set_working(False)
        troubles.tell(self._going.notices, error)

    def _ask_restore(self, chosen: BackupFacts) -> None:
        self._lanes.submit("store", self._desk.store.unsent, lambda unsent: self._confirm(chosen, unsent))

    def _confirm(self, chosen: BackupFacts, unsent: int) -> None:
        when = words.exact_moment(chosen.made_at.astimezone(self._desk.now().tzinfo), self._desk.now())
        lost = (
            f"现在有 **{words.count(unsent)} 处还没传到区里**，最好先传完再恢复。"
            if unsent
            else "现在没有等着传的。"
        )
        text = (
            f"这台电脑回到 **{when}** 的样子，那以后传给区里的会再取回来。{lost}"
            "现在的这份挪到备份文件夹里留着，不会删。"
        )
        question = Confirm(
            self.window(), "恢复到这份备份吗？", text, act="恢复", keep="不恢复", reason="为什么恢复"
        )
        question.agreed.connect(lambda _reason: self.restore_asked.emit(chosen))
        question.open()

    def _verify(self) -> None:
        self.show_tab("备份")
        self._check.set_working()
        self._lanes.submit("files", self._house.verify, self._check.say)

    def _show_faults(self, faults: tuple[str, ...]) -> None:
        text = Paragraph("\n".join(faults), "small")
        self._beside.show_sheet("检查出来的", column(text, None))
