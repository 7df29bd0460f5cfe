"""The gallery's list of disputes (pictures 02 and 02b), with invented people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.views import kit
from desktop.views.kit import Button, Cell, Column, Label, Row, Segment
from desktop.views.look import shapes, theme
from desktop.views.look.shapes import Shape
from desktop.views.shell.pages import Page

_COLUMNS = (
    Column("state", "办到哪一步", 110, tone="ink"),
    Column("title", "纠纷", None, tone="ink"),
    Column("village", "村（社区）", 104, needs_width=1000),
    Column("kind", "类型", 134, needs_width=1180),
    Column("amount", "金额（元）", 106, right=True, tone="ink", needs_width=1000),
    Column("deadline", "期限", 128),
    Column("person", "经办", 78, needs_width=1000),
    Column("touched", "更新", 104, needs_width=1180),
)
_SAMPLE = (
    (
        "调解中",
        "高",
        "王有福与李建军宅基地排水纠纷",
        "石桥村",
        "宅基地使用",
        "3,600",
        "soon",
        "剩 7 天",
        "马秀兰",
        "今天 09:42",
    ),
    (
        "调解中",
        "中",
        "马龑与沈家祥土地承包经营纠纷",
        "上河村",
        "土地承包经营",
        "12,000",
        "soon",
        "剩 7 天",
        "马秀兰",
        "昨天 17:10",
    ),
    (
        "待受理",
        "中",
        "古丽努尔·阿卜杜热合曼与柳树湾村兴农果蔬种植农民专业合作社劳务工资纠纷",
        "柳树湾村",
        "劳动合同",
        "28,460",
        "soon",
        "今天满",
        "赵文博",
        "11月18日",
    ),
    (
        "已移交",
        "高",
        "石桥村四组十一户与宏远建筑公司危房邻墙开裂纠纷",
        "石桥村",
        "城乡规划及拆违",
        "130,000",
        "later",
        "等区住建局",
        "马秀兰",
        "11月10日",
    ),
    (
        "调解中",
        "低",
        "何秀英与何建国赡养纠纷",
        "南塬村",
        "抚养赡养监护",
        "9,600",
        "later",
        "剩 16 天",
        "李玉梅",
        "11月9日",
    ),
    ("中止", "中", "张万财与张万库分家析产纠纷", "上河村", "分家与继承", "", "later", "等鉴定", "赵文博", "11月8日"),
    (
        "待回访",
        "低",
        "赵桂芳与孙大庆邻里通行纠纷",
        "柳树湾村",
        "相邻通行",
        "",
        "overdue",
        "超期 2 天",
        "马秀兰",
        "11月7日",
    ),
    (
        "待履行",
        "低",
        "陈立本与青山合作社土地流转合同纠纷",
        "杨家沟村",
        "房产买卖租赁",
        "46,800",
        "soon",
        "剩 3 天",
        "赵文博",
        "11月6日",
    ),
    (
        "调解中",
        "低",
        "刘玉兰与马成林民间借款纠纷",
        "南塬村",
        "借贷及担保",
        "30,000",
        "later",
        "剩 19 天",
        "马秀兰",
        "11月5日",
    ),
    (
        "待履行",
        "低",
        "苏万年与田有才果树剪枝损害赔偿纠纷",
        "杨家沟村",
        "侵权其他",
        "1,800",
        "later",
        "剩 22 天",
        "李玉梅",
        "11月3日",
    ),
    (
        "待回访",
        "低",
        "田桂花与邻户杨栓牢滴水檐纠纷",
        "石桥村",
        "相邻建筑",
        "500",
        "later",
        "剩 24 天",
        "马秀兰",
        "11月2日",
    ),
)


def sample_row(number: int) -> Row:
    """The sample row at a place; the samples repeat."""
    state, risk, title, village, kind, amount, due, left, person, touched = _SAMPLE[number % len(_SAMPLE)]
    deadline = theme.current().tokens.deadlines[due]
    cells = (
        Cell(state, shapes.of_state(state)),
        Cell(title, shapes.of_risk(risk)),
        Cell(village),
        Cell(kind),
        Cell(amount, tone="" if amount else "ink3"),
        Cell(left, shapes.of_deadline(due), deadline.text_tone or deadline.tone, due == "overdue"),
        Cell(person),
        Cell(touched),
    )
    return Row(f"dispute-{number}", cells, bold=number < 2)


class ListPage(Page):
    """Drawing 02b."""

    place = "disputes"

    def __init__(self) -> None:
        super().__init__()
        self.set_head(title="纠纷", fact="共 1,284 件")
        model = kit.PagedRows(_COLUMNS, self._fetch)
        self.table = kit.Table(model, name="纠纷")
        card = kit.TableCard(self.table)
        card.say("在办 29 件，新动过的在前")
        card.foot.addWidget(_counted(shapes.of_deadline("overdue"), "超期 1"))
        card.foot.addWidget(_counted(shapes.of_deadline("soon"), "7 天内到期 5"))
        segments = kit.Segments(
            [
                Segment("open", "在办", 29),
                Segment("away", "已移交", 4),
                Segment("done", "办结", 1251),
                Segment("all", "全部", 1284),
            ],
            name="办到哪里",
            filter_bar=True,
        )
        segments.set_value("open")
        filters: Sequence[QWidget] = [
            Button("经办：我和我村", "tonal", size="row", trailing="dismiss"),
            Button("村：全部", size="row", trailing="chevron_down"),
            Button("类型：全部", size="row", trailing="chevron_down"),
        ]
        self.body.setSpacing(12)
        export = Button("导出台账", size="row", icon="arrow_download")
        self.body.addWidget(kit.FittingRow([segments, *filters], [export]))
        self.beside = kit.Beside(card)
        self.body.addWidget(self.beside, 1)
        model.reload()
        model.set_total(1284)

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, first: int, count: int, deliver: kit.rows.Deliver) -> None:
        deliver([sample_row(number) for number in range(first, min(first + count, 1284))])


def _counted(shape: Shape | None, words: str) -> QWidget:
    assert shape
    return kit.line(kit.ShapeMark(shape, size=13), Label(words, "caption", tone="ink2"), gap=4)
