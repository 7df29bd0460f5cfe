"""Today (pictures 01 and 10): the next act first, then what waits on others, then what is new."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.casework import today
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.lists import DueFilter, ListFilter
from desktop.casework.today import Today, TodayItem, Unfinished
from desktop.views import words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import Label, Segment, Segments, column
from desktop.views.look import theme
from desktop.views.shell.pages import Page
from desktop.views.today.lines import LineCard, awaited_line, news_line
from desktop.views.today.tasks import TaskCard
from desktop.views.today.unfinished import UnfinishedStrip

_SIDE_WIDE, _SIDE = 346, 300
_UNBOUNDED = 16_777_215


class TodayPage(Page):
    """The day of the person at this desk. `counted` tells how many things are late or for today."""

    place = "today"
    counted = Signal(int)

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._lanes, self._going = desk, lanes, going
        self._facts: Today | None = None
        self._strip = UnfinishedStrip()
        self.tasks = TaskCard()
        self.awaited = LineCard("在等回音", unit="件", nothing="没有在等别人的。", grows=False)
        self.news = LineCard("新来的", unit="条", nothing="没有新来的。", grows=True)
        self._part = Segments(
            [Segment("tasks", "要办的"), Segment("awaited", "在等回音"), Segment("news", "新来的")],
            name="看哪一块",
            filter_bar=True,
        )
        self._short = Label("", "small", tone="ink2")
        self._build()
        self._join()
        self._say_day()

    def enter(self) -> None:
        """Read the day anew."""
        self._say_day()
        self._lanes.submit("store", lambda: today.today(self._desk), self._show)

    def leave(self) -> None:
        """What is new has been seen."""
        self._lanes.submit("store", lambda: today.seen(self._desk))

    def focus_first(self) -> None:
        """The first line of what is to be done."""
        self.tasks.focus_first()

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar can do here."""
        return (PageAct("看往后所有到期的", lambda: self._see_all("any")),)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns' worth, two, or one with segments."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self._part)
        bar.addStretch(1)
        bar.addWidget(self._short)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(14)
        side.addWidget(self.awaited)
        side.addWidget(self.news, 1)
        side.addStretch(0)
        self._main = column(self.tasks, None)
        self._main.layout().setStretch(0, 1)
        self._main.layout().setStretch(1, 0)
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._row.addWidget(self._main, 1)
        self._row.addWidget(self._side)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._strip)
        self.body.addLayout(self._row, 1)
        self._part.set_value("tasks")

    def _join(self) -> None:
        self._part.changed.connect(lambda _value: self._arrange())
        self._strip.asked.connect(self._go_on)
        self.tasks.asked.connect(self._act)
        self.tasks.opened.connect(self._going.open_dispute)
        self.tasks.all_asked.connect(self._see_all)
        self.awaited.opened.connect(self._open_awaited)
        self.news.opened.connect(self._open_news)
        self._lanes.hub.changed.connect(self._read_again)

    def _read_again(self, _changes: object) -> None:
        if self.isVisible():
            self.enter()

    def _say_day(self) -> None:
        day = self._desk.today
        self.set_head(title=f"{day.month}月{day.day}日 {words.long_weekday(day)}")

    def _show(self, facts: Today) -> None:
        self._facts = facts
        late, now = len(facts.overdue), len(facts.today)
        parts = [f"今天 {now:,} 件"] if now else ["今天没有到期的"]
        parts += [f"超期 {late:,} 件"] if late else []
        self.set_head(fact="，".join(parts))
        self._short.setText(" · ".join(reversed(parts)))
        self.counted.emit(late + now)
        self._part.set_count("tasks", late + now + len(facts.soon))
        self._part.set_count("awaited", len(facts.awaited))
        self._part.set_count("news", len(facts.news))
        is_first = self.tasks.filled is None and not self.tasks.rows()
        self._arrange()
        if is_first and self.isVisible() and not isinstance(self.window().focusWidget(), QLineEdit):
            self.focus_first()

    def _arrange(self) -> None:
        look = theme.current()
        narrow = look.is_narrow(self.window().width())
        part = self._part.value() if narrow else ""
        self._bar.setVisible(narrow)
        self._main.setVisible(part in ("", "tasks"))
        self._side.setVisible(part != "tasks")
        self.awaited.setVisible(part in ("", "awaited"))
        self.news.setVisible(part in ("", "news"))
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_UNBOUNDED)
        else:
            self._side.setFixedWidth(look.px(_SIDE_WIDE if look.is_wide(self.window().width()) else _SIDE))
        self.awaited.setMaximumHeight(_UNBOUNDED if narrow else self.height() // 2)
        self.body.setSpacing(look.px(8 if narrow else 14))
        if self._facts:
            self._fill(self._facts, narrow=narrow)

    def _fill(self, facts: Today, *, narrow: bool) -> None:
        now = self._desk.now()
        if narrow:
            self.set_head(fact="")
        self._strip.show_items(facts.unfinished, now)
        self.tasks.show_facts(facts, narrow=narrow)
        self.filled = self.tasks.filled
        awaited = [awaited_line(one, facts.day) for one in facts.awaited]
        self.awaited.show_lines(awaited, titled=not narrow)
        foot = f"别处来的 {facts.received:,} 条，看过就不再提" if facts.received else ""
        self.news.show_lines([news_line(one, now) for one in facts.news], foot=foot, titled=not narrow)

    def _act(self, item: TodayItem) -> None:
        if item.act == "record_session":
            self._going.record_session(item.dispute_id)
        else:
            self._going.open_dispute(item.dispute_id, act=item.act, record=item.record, part=item.part)

    def _go_on(self, one: Unfinished) -> None:
        subject = one.key.split(":", 1)[1]
        if one.kind == "register":
            self._going.register(draft_key=one.key)
        elif one.kind == "session":
            self._going.record_session(subject)
        elif one.kind == "agreement":
            self._going.open_dispute(subject, act="write_agreement")
        else:
            self._lanes.submit(
                "store",
                lambda: cases.load_child(self._desk, "follow_up", subject)[0].id,
                lambda dispute: self._going.open_dispute(dispute, act="follow_up", record=subject),
            )

    def _open_awaited(self, number: int) -> None:
        if self._facts:
            self._going.open_dispute(self._facts.awaited[number].dispute_id)

    def _open_news(self, number: int) -> None:
        one = self._facts.news[number] if self._facts else None
        if one is None:
            return
        if one.kind == "clash":
            self._going.settle_clashes(one.target)
        elif one.kind == "refused" or not one.target:
            self._going.show_exchange()
        else:
            self._going.open_dispute(one.target)

    def _see_all(self, due: DueFilter) -> None:
        self._going.show_disputes(ListFilter(mine=True, due=due, sort="due"))
