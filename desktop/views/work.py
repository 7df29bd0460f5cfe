"""The work of one person at the open desk: pages made and joined, ways between them, rounds, search, notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.casework.attachments import recordings
from desktop.casework.attachments.recordings import LeftOver
from desktop.casework.desk import Desk
from desktop.casework.disputes.lists import ListFilter
from desktop.casework.disputes.room import MEDIATION
from desktop.casework.disputes.search import Line
from desktop.casework.exchange import status
from desktop.casework.exchange.rounds import RoundResult
from desktop.casework.exchange.status import ExchangeCard
from desktop.sound.ports import Sound
from desktop.views import words
from desktop.views.background import Lanes
from desktop.views.clash.page import ClashPage
from desktop.views.disputes.going import PageAct
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.registration.page import RegistrationPage
from desktop.views.exchange import facts
from desktop.views.exchange.courier import Courier, Rounds
from desktop.views.exchange.page import ExchangePage
from desktop.views.information.page import InformationPage
from desktop.views.kit import Notices
from desktop.views.ledger.page import LedgerPage
from desktop.views.ledgers.page import LedgersPage
from desktop.views.look import appearance
from desktop.views.organisations.page import OrganisationsPage
from desktop.views.papers.blanks import BlankFormsPage
from desktop.views.seeking import Seeking
from desktop.views.session.page import SessionPage
from desktop.views.settings.house import House
from desktop.views.settings.page import SettingsPage
from desktop.views.shell.pages import Page
from desktop.views.shell.window import MainWindow
from desktop.views.today.page import TodayPage

_MINUTE_MS = 60_000


class Work(QObject):
    """Everything between coming in and leaving. It is the `Going` of all pages."""

    lock_asked = Signal()
    restore_asked = Signal(object)
    setting_changed = Signal(str)
    account_came = Signal()
    rejoined = Signal(str)

    def __init__(
        self, desk: Desk, rounds: Rounds, house: House, lanes: Lanes, window: MainWindow, sound: Sound
    ) -> None:
        super().__init__(window)
        self.desk, self.window, self.sound = desk, window, sound
        self._house, self._lanes = house, lanes
        self.courier = Courier(rounds, lanes, desk.now, parent=self)
        self._is_hushed = False
        self._card: ExchangeCard | None = None
        desk.store.changed.append(self._heard)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._say_exchange)
        self._seeking = Seeking(window.top.search, desk, lanes, ways=self._ways(), acts=self._acts_here)
        self._join()

    def begin(self) -> None:
        """Show today, begin the rounds; lists, counts and checks come behind."""
        self.window.top.set_person(self.desk.account.name)
        self.window.side.set_place_name(self.desk.directory.place_name(self.desk.place))
        self.window.prefer_rail(bool(self.desk.settings.value("narrow_side")))
        self.window.show_place("today")
        self._read_exchange()
        self._minute.start()
        self.courier.begin()
        self._lanes.submit("store", self.desk.store.check_clock)
        self._lanes.submit("store", lambda: recordings.left_over(self.desk), self._offer_recordings)

    def close(self) -> None:
        """Write down what was typed; no more rounds, no more news from the store."""
        page = self.window.stack.page()
        if page is not None:
            page.leave()
        self._minute.stop()
        self.courier.close()
        if self._heard in self.desk.store.changed:
            self.desk.store.changed.remove(self._heard)

    def hush(self, is_hushed: bool) -> None:
        """Say nothing over a locked screen: notices hold names."""
        self._is_hushed = is_hushed
        for notice in self.notices.shown():
            notice.setVisible(not is_hushed)

    # -- going --------------------------------------------------------------------------------------------------

    @property
    def notices(self) -> Notices:
        """What is said at the lower right."""
        return self.window.notices

    def open(self, page: Page) -> None:
        """Open a page over the one shown."""
        self.window.open(page)

    def back(self) -> None:
        """Return to the page below."""
        self.window.back()

    def open_dispute(self, dispute_id: str, *, act: str = "", record: str = "", part: str = "") -> None:
        """The page of one dispute, with an act begun at once."""
        page = DisputePage(
            self.desk, self._lanes, self, dispute_id=dispute_id, act=act, record=record, part=part
        )
        self.open(page)

    def register(self, *, draft_key: str = "", party_name: str = "") -> None:
        """The registration."""
        self.open(RegistrationPage(self.desk, self._lanes, self, draft_key=draft_key, party_name=party_name))

    def record_session(self, dispute_id: str, *, kind: str = MEDIATION) -> None:
        """The recorder of a session."""
        self.open(SessionPage(self.desk, self._lanes, self, dispute_id=dispute_id, kind=kind))

    def settle_clashes(self, dispute_id: str) -> None:
        """Where two differing texts are decided."""
        self.open(ClashPage(self.desk, self._lanes, self, dispute_id=dispute_id))

    def show_disputes(self, chosen: ListFilter) -> None:
        """The list of disputes, filtered."""
        self.window.show_place("disputes")
        page = self.window.stack.page()
        if isinstance(page, DisputesPage):
            page.show_filter(chosen)

    def show_exchange(self) -> None:
        """The page of the exchange."""
        if not isinstance(self.window.stack.page(), ExchangePage):
            page = ExchangePage(self.desk, self._lanes, self, self.courier, self._house.rejoin)
            page.rejoined.connect(self.rejoined)
            self.open(page)

    def show_blanks(self) -> None:
        """The empty forms."""
        page = self.window.stack.page()
        self.open(BlankFormsPage(self.desk, self._lanes, self, place=page.place if page else "today"))

    def show_information(self) -> None:
        """What is held about a person who asks."""
        self.open(InformationPage(self.desk, self._lanes, self))

    def fetch_files(self) -> None:
        """Files a person asked for come after a round, so that records never wait for them."""
        self.courier.run_now()

    def make_page(self, key: str) -> Page:
        """The page of a place of the navigation."""
        if key == "today":
            today = TodayPage(self.desk, self._lanes, self)
            today.counted.connect(lambda count: self.window.side.set_count("today", count))
            return today
        if key == "disputes":
            return DisputesPage(self.desk, self._lanes, self)
        if key == "imports":
            return LedgerPage(self.desk, self._lanes, self)
        if key == "ledgers":
            return LedgersPage(self.desk, self._lanes, self)
        if key == "orgs":
            return OrganisationsPage(self.desk, self._lanes, self)
        settings = SettingsPage(self.desk, self._lanes, self, self._house)
        settings.restore_asked.connect(self.restore_asked)
        settings.changed.connect(self._follow)
        return settings

    # -- joining ------------------------------------------------------------------------------------------------

    def _join(self) -> None:
        window = self.window
        window.register_asked.connect(self.register)
        window.exchange_asked.connect(self.show_exchange)
        window.lock_asked.connect(self.lock_asked)
        window.text_size_asked.connect(self._change_size)
        window.top.search.register_asked.connect(lambda name: self.register(party_name=name))
        self._lanes.hub.changed.connect(self._changed)
        self.courier.finished.connect(self._round_done)

    def _heard(self, changes: object) -> None:
        """Called in whichever thread wrote; the signal carries it to the pages on the main thread."""
        self._lanes.hub.changed.emit(changes)

    def _changed(self, changes: Any) -> None:
        self._read_exchange()
        if not self.desk.account.roles and self.desk.account.id in changes.of("account"):
            # Somebody went to work before the first round had brought what they may do.
            self.account_came.emit()

    def _offer_recordings(self, left: list[LeftOver]) -> None:
        """What was being recorded when the power went, or the page was left: it is all there up to then."""
        for one in left:
            go_on = ("接着记", lambda dispute=one.dispute_id: self.record_session(dispute))
            when = words.exact_moment(one.begun_at.astimezone(self.desk.now().tzinfo), self.desk.now())
            said = f"{one.title}，{when}起，{words.minutes(one.seconds)}，断以前的都在"
            self.notices.tell("有一段录音还没收尾", said, kind="warning", actions=[go_on])

    def _read_exchange(self) -> None:
        self._lanes.submit("store", lambda: status.card(self.desk), self._show_exchange)

    def _show_exchange(self, card: ExchangeCard) -> None:
        self._card = card
        self._say_exchange()

    def _say_exchange(self) -> None:
        if self._card:
            self.window.side.set_exchange(facts.card_facts(self._card, self.desk.now()))

    def _round_done(self, result: RoundResult) -> None:
        self._read_exchange()
        if self._is_hushed:
            return
        if result.clashes:
            look = ("看今日", lambda: self.window.show_place("today"))
            self.notices.tell("有两边改得不一样的，要您定", "两边写的都还在", kind="warning", actions=[look])
        elif result.refused and not isinstance(self.window.stack.page(), ExchangePage):
            look = ("看一看", self.show_exchange)
            self.notices.tell("有区里没收下的，其余照常", "您写的都还在", kind="warning", actions=[look])

    def _follow(self, key: str) -> None:
        if key == "narrow_side":
            self.window.prefer_rail(bool(self.desk.settings.value(key)))
        self.setting_changed.emit(key)

    def _change_size(self, words: str) -> None:
        self.desk.settings.change("text_size", appearance.size_key(words), self.desk.store.set_setting)
        appearance.use(self.desk.settings)
        self._follow("text_size")

    def _ways(self) -> dict[str, Callable[[Line], object]]:
        """What each act of a found line does; 帮助 comes with the manual."""
        window = self.window
        return {
            "open_dispute": lambda line: self.open_dispute(line.target),
            "search_person": lambda line: self._search_again(line.target),
            "register": lambda _line: self.register(),
            "today": lambda _line: window.show_place("today"),
            "disputes": lambda _line: window.show_place("disputes"),
            "settings": lambda _line: window.show_place("settings"),
            "exchange": lambda _line: self.show_exchange(),
            "exchange_now": lambda _line: self.courier.run_now(),
            "lock": lambda _line: self.lock_asked.emit(),
            "backup": lambda _line: self._back_up(),
        }

    def _acts_here(self) -> Sequence[PageAct]:
        page = self.window.stack.page()
        own = page.acts() if page is not None and hasattr(page, "acts") else ()
        return (
            *own,
            PageAct("空白表", self.show_blanks, "空着的官方表格，到现场手写"),
            PageAct("台账导入", lambda: self.window.show_place("imports"), "把旧台账拿进来，Ctrl+3"),
            PageAct("台账", lambda: self.window.show_place("ledgers"), "选列、存成表格、给省平台，Ctrl+4"),
            PageAct("组织", lambda: self.window.show_place("orgs"), "调解组织、调解员、一案一补，Ctrl+5"),
            PageAct("我的信息", self.show_information, "本人来查这里有什么"),
        )

    def _back_up(self) -> None:
        self._lanes.submit(
            "files",
            self._house.back_up,
            lambda made: self.notices.tell("备份好了，也读过一遍", made.path.name),
        )

    def _search_again(self, name: str) -> None:
        search = self.window.top.search
        self.window.top.summon_search()
        search.setText(name)
        search.asked.emit(name)
