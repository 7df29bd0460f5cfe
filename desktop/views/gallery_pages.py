"""The sample screens of the gallery: the drawings 13, 09, 02 and 03 rebuilt with the kit. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import kit
from desktop.views.gallery_list import ListPage
from desktop.views.gallery_unhappy import UnhappyPage
from desktop.views.kit import Button, Card, Chip, Heading, Label, Paragraph
from desktop.views.look import theme
from desktop.views.look.shapes import Shape
from desktop.views.shell.exchange_card import ExchangeFacts
from desktop.views.shell.footer import Footer
from desktop.views.shell.hits import Group, Hit
from desktop.views.shell.pages import Page
from desktop.views.shell.window import MainWindow

TODAY = date(2026, 11, 23)
FACTS = ExchangeFacts("waiting", "3 件待传到区里", "最早的等了 2 小时", "今天 09:42 对账一致", "3 件待传", "09:42 一致")


class GalleryWindow(MainWindow):
    """A main window around one sample page; `prepare` brings it into the state of the drawing."""

    def __init__(self, page: Page, *, prepare: Callable[[GalleryWindow], None] | None = None) -> None:
        super().__init__(lambda _key: page, FACTS, person="马秀兰", place_name="青石镇综治中心")
        self._prepare = prepare
        self.side.set_count("today", 4)
        self.show_place(page.place)

    def prepare(self) -> None:
        """Called once the window is shown."""
        if self._prepare:
            self._prepare(self)


def weekend_marks(day: date) -> str:
    """休 on weekends, for the drawing only: the program asks the holiday table."""
    return "休" if day.weekday() >= 5 else ""


class ControlsPage(Page):
    """Drawing 13."""

    place = "today"

    def __init__(self) -> None:
        super().__init__()
        self.set_head(title="控件样张", fact="日历和下拉用同一份样式", aside=QWidget())
        states = Card(padding=(15, 12))
        words = ("登记", "待受理", "调解中", "待履行", "待回访", "办结", "调解不成", "中止", "已移交")
        late = [Chip.deadline("overdue", "超期 2 天"), Chip.deadline("soon", "剩 3 天")]
        states.add(kit.FittingRow([Chip.state(word) for word in words], late, gap=10))
        self._cards = QHBoxLayout()
        self._cards.setSpacing(14)
        self._cards.addWidget(self._calendar(), 379)
        self._cards.addWidget(self._choice(), 270)
        self._cards.addWidget(self._buttons(), 433)
        scrolled = QWidget()
        column = QVBoxLayout(scrolled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(states)
        column.addLayout(self._cards, 1)
        self.body.addWidget(kit.TrailingScroll(scrolled))

    def set_margin(self, margin: int) -> None:
        """Three cards beside each other only where there is room."""
        super().set_margin(margin)
        is_wide = theme.current().is_wide(self.window().width())
        direction = QHBoxLayout.Direction.LeftToRight if is_wide else QHBoxLayout.Direction.TopToBottom
        self._cards.setDirection(direction)

    def _calendar(self) -> Card:
        card = Card()
        calendar = kit.Calendar(today=TODAY, marks=weekend_marks, chosen=date(2026, 11, 30))
        card.add(_titles("选日子", "直接打 30 也行"))
        card.body.addWidget(calendar, 1)
        return card.rule().add(Heading("11月30日 周一", "29 日是周日，顺延", fact_role="caption"))

    def _choice(self) -> Card:
        card = Card()
        combo = kit.Combo(["当事人口头申请", "当事人书面申请", "调委会主动调解", "网格员排查"])
        combo.set_value("当事人口头申请")
        villages = kit.SearchChoice([kit.Choice("y", "杨家沟村", "yjgc"), kit.Choice("s", "石桥村", "sqc")])
        villages.set_value("y")
        when = kit.DateField(today=lambda: TODAY, marks=weekend_marks)
        when.set_day(TODAY)
        money = kit.NumberField("元", decimals=2)
        money.set_number(240000)
        card.add(_titles("选一个", "超过 12 项改用可搜索的选单"))
        card.add(kit.LabelledField("怎么来的", combo), kit.LabelledField("哪个村", villages))
        card.add(kit.LabelledField("哪天登记的", when), kit.LabelledField("争的金额", money, optional=True))
        card.add(kit.LabelledField("牵涉几个人", kit.NumberField("人")))
        card.body.addStretch(1)
        return card

    def _buttons(self) -> Card:
        card = Card()
        focused = Button("登记并受理", "primary", size="large")
        plain = Button("只登记", size="large")
        for button in (focused, plain):
            button.shows_focus = True
        card.add(_titles("按钮", "一屏只有一个实心的"))
        rest = [Button("登记并受理", "primary", size="large"), Button("只登记", size="large")]
        card.add(kit.line(*rest, Button("先放着", "text", size="large"), None, gap=10))
        card.add(kit.line(focused, plain, Button("作废这件", "danger", size="large"), None, gap=10))
        card.add(Label("第二行：用键盘走到时的样子", "caption", tone="ink2")).rule()
        ticked = kit.CheckBox("家庭暴力")
        ticked.setChecked(True)
        card.add(_titles("勾选和分段", "默认不替人选"))
        card.add(kit.line(ticked, kit.CheckBox("牵涉未成年人"), None, gap=24))
        card.add(kit.line(kit.Segments(["满意", "基本满意", "不满意", "未表态"], name="满意吗"), None)).rule()
        progress = kit.ProgressLine("正在打印卷宗")
        progress.set_progress(12, 31, "第 12 页，共 31 页")
        card.add(_titles("进展", "有数就用数"), progress)
        card.body.addStretch(1)
        return card


class FormPage(Page):
    """Drawing 03, the upper part: fields of every kind, one with a warning, one with an error."""

    place = "disputes"

    def __init__(self) -> None:
        super().__init__()
        saved = kit.line(
            kit.ShapeMark(Shape("filled disc with tick", "accent")),
            Label("每个字都已存在本机 10:42:07", "small", tone="ink2"),
        )
        self.set_head(title="登记纠纷", fact="没标“选填”的都要填", back="纠纷", aside=saved)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 0, 10, 0)
        column.setSpacing(10)
        for part in self._parts():
            column.addWidget(part)
        column.addStretch(1)
        card = Card(padding=(18, 12))
        card.body.addWidget(kit.TrailingScroll(content))
        self.body.addWidget(card, 1)
        self.filled = Button("登记并受理", "primary", size="large", key="Ctrl+Enter")
        missing = Label("还差 3 项", "small", tone="ink2")
        self.footer = Footer(
            [Button("先放着", "text", size="large", key="Esc")], [missing, Button("只登记", size="large"), self.filled]
        )

    def _parts(self) -> list[QWidget]:
        combo = kit.Combo(["当事人口头申请", "网格员排查"])
        combo.set_value("当事人口头申请")
        when = kit.DateField(today=lambda: TODAY, marks=weekend_marks)
        when.set_day(TODAY)
        story = kit.TextBox(placeholder="用自己的话写", rows=3)
        story.set_value(
            "11月20日上午，马秉义在杨家沟村二组放羊，羊群进了周铁柱的冬麦地，啃坏青苗约 2 亩。周铁柱要求赔偿 2,400 元，"
            "马秉义认为没有那么多，两人在地头争吵，被村民劝开，没有动手。村组长让两家先把羊和地看住，约好今天到镇上来谈。"
        )
        phone = kit.LabelledField("电话", kit.TextField("139 9331 40"), optional=True)
        phone.warn("乙方电话只有 9 位，手机号是 11 位。可以先这样存，问清了再补。")
        name = kit.LabelledField("乙方姓名", kit.TextField())
        name.fail("还没写乙方是谁，先登记可以不写，受理要写")
        village = kit.SearchChoice([kit.Choice("y", "杨家沟村", "yjgc")])
        village.set_value("y")
        money = kit.NumberField("元", decimals=2)
        money.set_number(240000)
        return [
            Heading("一、什么事", role="section"),
            kit.line(
                kit.LabelledField("怎么来的", combo),
                kit.LabelledField("哪天登记的", when),
                kit.LabelledField("哪个村", village),
                gap=14,
            ),
            kit.LabelledField("简单说说经过", story),
            kit.line(
                kit.LabelledField("牵涉几个人", kit.NumberField("人")),
                kit.LabelledField("争的金额", money, optional=True),
                kit.LabelledField("风险", kit.risk_segments()),
                None,
                gap=14,
            ),
            kit.Rule(),
            Heading("二、双方是谁", "单位、合作社也可以填", role="section", fact_role="caption"),
            kit.line(name, phone, gap=14),
            kit.LabelledField(
                "下次什么时候谈", kit.MomentField(today=lambda: TODAY, marks=weekend_marks), hint="写了就会提前一天提醒"
            ),
        ]


def _titles(title: str, fact: str) -> QWidget:
    return kit.column(Label(title, "heading"), Label(fact, "caption", tone="ink2"), gap=0)


def _search(window: GalleryWindow) -> None:
    window.top.search.summon()
    window.top.search.setText("wyf")
    mine = ((0, 3),)
    window.top.search.show_results(
        "wyf",
        [
            Group(
                "人",
                (
                    Hit("p1", "王有福  石桥村四组", "138****2207 ・ 2 件纠纷，1 件在办", "person", mine),
                    Hit("p2", "吴玉芬  南塬村一组", "139****8816 ・ 1 件纠纷，已办结", "person", mine),
                ),
            ),
            Group(
                "纠纷",
                (
                    Hit(
                        "d1",
                        "王有福与李建军宅基地排水纠纷",
                        "调解中 ・ 剩 7 天 ・ 青石调〔2026〕87 号",
                        "people_chat",
                        mine,
                    ),
                    Hit("d2", "王有福与村委会机动地租金纠纷", "办结 ・ 2024年5月", "people_chat", mine),
                ),
            ),
        ],
    )


def _peek(window: GalleryWindow) -> None:
    page = window.stack.page()
    assert isinstance(page, ListPage)
    facts = kit.column(
        kit.line(Chip.state("调解中"), Chip.risk("高"), None),
        Paragraph("石桥村 ・ 宅基地使用 ・ 10月30日受理。上次卡在**工料钱谁出**。"),
        Button("打开", "primary"),
        None,
        gap=10,
    )
    page.beside.show_sheet("王有福与李建军宅基地排水纠纷", facts)
    window.notices.tell(
        "已登记：青石调〔2026〕92 号", "存在本机 10:44，等有网传到区里", actions=[("撤回", lambda: None)]
    )
    window.notices.tell(
        "打印机没反应，没打出来",
        "协议还在。看看打印机电源，或先存成文件",
        kind="error",
        actions=[("再打一次", lambda: None)],
    )


def _open_date(window: GalleryWindow) -> None:
    window.findChildren(kit.DateField)[0].open_calendar()


def _open_choice(window: GalleryWindow) -> None:
    field = window.findChildren(kit.SearchChoice)[0]
    field.offer(
        [kit.Choice(str(i), word, "") for i, word in enumerate(("杨家沟村", "石桥村", "上河村", "南塬村", "柳树湾村"))]
    )
    field.setFocus()
    field._search("")


SCREENS: dict[str, Callable[[], GalleryWindow]] = {
    "13-controls": lambda: GalleryWindow(ControlsPage()),
    "09-unhappy": lambda: GalleryWindow(UnhappyPage()),
    "02b-list": lambda: GalleryWindow(ListPage()),
    "02-search": lambda: GalleryWindow(ListPage(), prepare=_search),
    "02-sheet": lambda: GalleryWindow(ListPage(), prepare=_peek),
    "03-form": lambda: GalleryWindow(FormPage()),
    "13-calendar": lambda: GalleryWindow(FormPage(), prepare=_open_date),
    "13-choice": lambda: GalleryWindow(FormPage(), prepare=_open_choice),
}
