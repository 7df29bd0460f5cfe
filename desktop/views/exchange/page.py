"""The page of the exchange (picture 07): a sentence, then trouble, then rounds, then what waits with its age."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes.change_log import ChangeLine, waiting_log
from desktop.casework.exchange import carrier, status
from desktop.casework.exchange.carrier import CarrierFacts
from desktop.casework.exchange.rounds import RoundResult
from desktop.casework.exchange.status import ExchangePage as Facts
from desktop.casework.exchange.status import RefusedLine, WaitingLine
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.carrier.page import CarrierPage
from desktop.views.disputes.going import Going, PageAct
from desktop.views.exchange.courier import Courier
from desktop.views.exchange.headline import Headline
from desktop.views.exchange.largepull import LargePull
from desktop.views.exchange.left import LeftPanel
from desktop.views.exchange.preview import Preview
from desktop.views.exchange.refused import RefusedPanel
from desktop.views.exchange.rejoin import RejoinPanel
from desktop.views.exchange.rounds import RoundsPanel
from desktop.views.exchange.stick import StickPanel
from desktop.views.exchange.waiting import WaitingPanel
from desktop.views.kit import Confirm, Segment, Segments
from desktop.views.kit.sheet import SideSheet
from desktop.views.look import theme
from desktop.views.shell.pages import Page

_ACTS: dict[str, Callable[[Desk, RefusedLine], None]] = {
    "again": status.send_again,
    "ask": status.ask_district,
    "hand": status.hand_over,
    "keep": status.keep_here,
}
_SAID = {
    "again": "又排进去等着传了",
    "ask": "问题记下了，下次传的时候带给区里",
    "hand": "排着队了，传的时候交给现在管的单位",
    "keep": "不传了，内容留在这台电脑上",
}
_PANELS = (
    Segment("refused", "没收下的"),
    Segment("waiting", "等着传的"),
    Segment("rounds", "近来几次"),
    Segment("stick", "U盘"),
)


class ExchangePage(Page):
    """What waits, what was not taken, when both sides last agreed; 现在就传.

    `rejoin(code)` joins a PC the district has forgotten anew; `rejoined` carries the place it then stands at.
    """

    place = "exchange"
    rejoined = Signal(str)

    def __init__(
        self, desk: Desk, lanes: Lanes, going: Going, courier: Courier, rejoin: Callable[[str], str]
    ) -> None:
        super().__init__()
        self._do_rejoin = rejoin
        self._desk, self._lanes, self._going, self._courier = desk, lanes, going, courier
        self._facts: Facts | None = None
        self.set_head(title="与区里同步")
        self._headline = Headline()
        self.filled = self._headline.button
        self._segments = Segments(_PANELS, name="看哪一块", filter_bar=True)
        self._refused, self._rounds, self._rejoin = RefusedPanel(), RoundsPanel(), RejoinPanel()
        self._rejoin.hide()
        self._waiting, self._left_desk, self._stick = WaitingPanel(), LeftPanel(), StickPanel()
        self._left = _stack(self._refused, self._rounds)
        self._right = _stack(self._left_desk, self._waiting, self._stick)
        self._sheet, self._looked_into = SideSheet(), ""
        self._columns = QHBoxLayout()
        self._build()
        self._join()

    def enter(self) -> None:
        """Read the facts anew."""
        self._show_running()
        self._read()

    def leave(self) -> None:
        """What was looked into is read anew the next time."""
        self._sheet.hide()

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        return (
            PageAct("现在就传", self._courier.run_now, "Ctrl+Enter"),
            PageAct("用U盘往来", self._open_carrier, "没有网的时候"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one panel at a time below 1000 logical px."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._sheet.hide()
        self._columns.setSpacing(theme.current().px(16))
        self._columns.addWidget(self._left, 4)
        self._columns.addWidget(self._sheet, 4)
        self._columns.addWidget(self._right, 3)
        self._segments.hide()
        self.body.addWidget(self._headline)
        self.body.addWidget(self._rejoin)
        self.body.addWidget(self._segments, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._columns, 1)
        self.body.addStretch(0)

    def _join(self) -> None:
        self._headline.run_asked.connect(self._courier.run_now)
        self._headline.stick_asked.connect(self._open_carrier)
        self._stick.opened.connect(self._open_carrier)
        self._rejoin.retry_asked.connect(self._courier.run_now)
        self._rejoin.asked.connect(lambda code: self._courier.when_quiet(lambda: self._join_again(code)))
        self._headline.pause_asked.connect(self._courier.pause)
        self._segments.changed.connect(lambda _value: self._sheet.hide())
        self._segments.changed.connect(lambda _value: self._arrange())
        self._refused.chosen.connect(self._deal_with)
        self._waiting.asked.connect(self._look_into)
        self._sheet.closed.connect(self._close_preview)
        self._courier.started.connect(self._show_running)
        self._courier.finished.connect(self._round_done)
        self._lanes.hub.changed.connect(self._read)

    def _arrange(self) -> None:
        facts, narrow = self._facts, theme.current().is_narrow(self.window().width())
        if facts is None:
            return
        is_alone = narrow and facts.is_forgotten  # in a low window there is room for the way back in only
        self._segments.setVisible(narrow and not is_alone)
        chosen = self._segments.value() or (
            "refused" if facts.refused else "waiting" if facts.waiting else "rounds"
        )
        if narrow:
            self._segments.set_value(chosen)
        self._refused.setVisible(bool(facts.refused) and (not narrow or chosen == "refused"))
        self._waiting.setVisible(bool(facts.waiting) and (not narrow or chosen == "waiting"))
        self._left_desk.setVisible(bool(facts.left) and (not narrow or chosen == "waiting"))
        self._rounds.setVisible(not narrow or chosen == "rounds")
        self._stick.setVisible(not narrow or chosen == "stick")
        is_looking = not self._sheet.isHidden()
        self._left.setVisible(not is_alone and not is_looking and (not narrow or chosen in ("refused", "rounds")))
        self._right.setVisible(
            not is_alone and (not narrow or (not is_looking and chosen in ("waiting", "stick")))
        )

    def _read(self) -> None:
        self._lanes.submit("store", lambda: status.page(self._desk), self._show)
        self._lanes.submit("store", lambda: carrier.facts(self._desk), self._show_carrier)

    def _show_carrier(self, facts: CarrierFacts) -> None:
        self._stick.say(facts)

    def _open_carrier(self) -> None:
        self._going.open(CarrierPage(self._desk, self._lanes, self._going, self._courier))

    def _show(self, facts: Facts) -> None:
        now, self._facts = self._desk.now(), facts
        self._headline.say(facts)
        self._rejoin.setVisible(facts.is_forgotten)
        self._rejoin.say(facts.card.waiting)
        self._headline.setVisible(not facts.is_forgotten)
        self.filled = self._rejoin.button if facts.is_forgotten else self._headline.button
        self._refused.say(facts.refused, now)
        self._rounds.say(facts.rounds, now)
        self._waiting.say(facts, now)
        self._left_desk.say(facts.left)
        if self._looked_into not in {one.record for one in facts.waiting}:
            self._sheet.hide()
        self._segments.set_count("refused", len(facts.refused))
        self._segments.set_count("waiting", facts.card.waiting)
        self._arrange()

    def _join_again(self, code: str) -> None:
        do = self._do_rejoin
        self._lanes.submit("district", lambda: do(code), self.rejoined.emit, self._rejoin.refuse)

    def _show_running(self) -> None:
        self._headline.set_running(self._courier.is_running)

    def _round_done(self, result: RoundResult) -> None:
        self._show_running()
        self._read()
        if result.pull_too_large:
            self._ask_large_pull(*result.pull_too_large)
        if result.many_struck:
            self._ask_struck(*result.many_struck)

    def _ask_large_pull(self, leaving: int, held: int) -> None:
        question = LargePull(self.window(), leaving, held)
        question.agreed.connect(lambda _reason: self._courier.agree_to_large_pull())
        question.open()

    def _ask_struck(self, struck: int, held: int) -> None:
        text = (
            f"这里一次作废了 **{words.count(struck)} 件**（一共 {words.count(held)} 件），先停下了。"
            "作废的内容都在，能一件件恢复。不是有意的，就先别传。"
        )
        question = Confirm(self.window(), "真有这么多要作废吗？", text, act="照样传", keep="先不传")
        question.agreed.connect(lambda _reason: self._courier.agree_to_struck())
        question.open()

    def _deal_with(self, way: str, line: RefusedLine) -> None:
        if way == "look":
            self._going.open_dispute(line.dispute_id)
            return
        act = _ACTS[way]
        self._lanes.submit("store", lambda: act(self._desk, line), lambda _none: self._dealt(way, line))

    def _look_into(self, line: WaitingLine) -> None:
        desk = self._desk
        self._lanes.submit(
            "store",
            lambda: waiting_log(desk, line.dispute_id, line.record),
            lambda changes: self._show_preview(line, changes),
            lambda error: troubles.tell(self._going.notices, error),
        )

    def _show_preview(self, line: WaitingLine, changes: tuple[ChangeLine, ...]) -> None:
        preview = Preview(line, changes, self._desk.now())
        preview.opened.connect(self._going.open_dispute)
        self._looked_into = line.record
        self._sheet.hold(line.title, preview)
        self._sheet.show()
        self._arrange()
        preview.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_preview(self) -> None:
        self._sheet.hide()
        self._arrange()
        self._waiting.return_to_row()

    def _dealt(self, way: str, line: RefusedLine) -> None:
        self._going.notices.tell(_SAID[way], line.title)
        self._headline.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()


def _stack(*panels: QWidget) -> QWidget:
    stack = QWidget()
    layout = QVBoxLayout(stack)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.current().px(14))
    for panel in panels:
        layout.addWidget(panel)
    layout.addStretch(0)
    return stack
