"""The gallery's page of empty lists, errors, questions and notices (picture 09)."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.views import kit
from desktop.views.kit import Button, Card, Label, Paragraph
from desktop.views.kit.notice import Notice
from desktop.views.shell.pages import Page


class UnhappyPage(Page):
    """Drawing 09."""

    place = "today"

    def __init__(self) -> None:
        super().__init__()
        self.set_head(title="空的时候，出错的时候", fact="样张：六种情形", aside=QWidget())
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(14)
        for index, state in enumerate(self._states()):
            grid.addWidget(Card(padding=(18, 15)).add(state), index // 3, index % 3)
        notices = kit.column(self._done(), self._failed(), None, gap=12)
        below = QHBoxLayout()
        below.setSpacing(14)
        below.addWidget(self._question(), 560)
        below.addWidget(notices, 536)
        grid.addLayout(below, 2, 0, 1, 3)
        self.body.addWidget(kit.TrailingScroll(content))

    def _states(self) -> list[QWidget]:
        usb = Button("用U盘带去", icon="usb_stick")
        return [
            kit.EmptyState(
                "checkmark",
                "今天没有要办的",
                "下一件是 11月26日 周四的司法确认。没有新事也算一天，可以给各网格一次报平安。",
                kicker="空列表",
                tone="accent",
                actions=[Button("一次报平安", "primary"), Button("看往后一周", "text")],
            ),
            kit.EmptyState(
                "search",
                "没找到“wamf”",
                "试试只写姓，或电话后四位。这台电脑上只有青石镇的事，别的乡镇要向区里查。",
                kicker="没找到",
                actions=[Button("用这个名字登记"), Button("清空", "text")],
            ),
            kit.EmptyState(
                "wifi_warning",
                "区里现在连不上",
                "不耽误办事：照常登记、打印。这台电脑已存下 3 件，一连上就自动传。已经 2 天，可以用U盘带去。",
                kicker="没网",
                tone="slate",
                actions=[usb],
            ),
            kit.EmptyState(
                "hard_drive",
                "电脑快没地方存了",
                "D 盘只剩 180 MB。您刚写的都存好了；为了保住它们，先不收新照片。腾出 1 GB 就恢复。",
                kicker="出错",
                tone="red",
                actions=[Button("看哪些能删"), Button("换个盘存", "text")],
            ),
            kit.EmptyState(
                "shield_lock",
                "这件事关起门谈的",
                "只有经办人 李玉梅 和主持人能看内容。您能看到的是：石桥村，11月9日登记，办理中。",
                kicker="不能看",
                actions=[Button("请她给我看")],
            ),
            kit.EmptyState(
                "arrow_sync",
                "这份文件是新版本做的",
                "U盘上的文件来自新一点的程序，这台电脑还看不懂。没有动它，原样还在。更新后再读一次就行。",
                kicker="版本旧",
                tone="amber",
                actions=[Button("去更新")],
            ),
        ]

    def _question(self) -> QWidget:
        card = Card(padding=(22, 16))
        reason = kit.TextField("登记重了，与 85 号是同一件")
        reason.setAccessibleName("为什么作废")
        text = (
            "**张万财与张万库分家析产纠纷** 会从台账和报表里去掉。已有的 2 次调解记录留着，以后能恢复。请写明为什么。"
        )
        card.add(Label("真要作废这件登记吗？", "section"), Paragraph(text, tone="ink"), reason)
        act = Button("作废这件", "danger", size="large")
        return card.add(kit.line(None, act, Button("不作废", size="large", key="Esc"), gap=10))

    def _done(self) -> Notice:
        said = kit.Said("done", "已登记：青石调〔2026〕92 号", "存在本机 10:44，等有网传到区里")
        return Notice(said, actions=[("打开", lambda: None), ("撤回", lambda: None)])

    def _failed(self) -> Notice:
        said = kit.Said("error", "打印机没反应，没打出来", "协议还在。看看打印机电源，或先存成文件")
        return Notice(said, actions=[("再打一次", lambda: None)])
