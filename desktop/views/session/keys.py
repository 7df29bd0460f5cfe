"""F1 in the recorder: the keys that keep the hands off the mouse while people talk."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.kit import Heading, Label
from desktop.views.kit.overlay import Overlay
from desktop.views.look import theme

_TALK = (
    ("Alt+1 … 9，Alt+0", "换人说"),
    ("Enter", "这句完了，接着说"),
    ("Shift+Enter", "这句里另起一行"),
    ("Alt+B", "记休息"),
    ("Alt+T", "记下现在几点"),
    ("Alt+Q，Ctrl+J", "常用语"),
    ("Alt+R", "录音开始、停一停"),
    ("Ctrl+V", "贴字；贴图就添进附件"),
    ("Ctrl+Enter", "结束，写结果"),
    ("Esc", "先离开，写的都在"),
)
_ASK = (("Enter", "问完换答，答完换问"), ("Alt+1，Alt+2", "改成问，改成答"))


def show_keys(anchor: QWidget, *, is_inquiry: bool) -> Overlay:
    """Show them over the page; Esc or a click elsewhere closes."""
    shown = (*_ASK, *_TALK[2:]) if is_inquiry else _TALK
    overlay = Overlay(anchor, name="这里的键")
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(14, 8, 14, 10)
    grid.setHorizontalSpacing(18)
    grid.addWidget(Heading("不用鼠标"), 0, 0, 1, 2)
    for row, (keys, what) in enumerate(shown, 1):
        grid.addWidget(Label(keys, "small", tone="ink2"), row, 0)
        grid.addWidget(Label(what, "small"), row, 1)
    overlay.body.addWidget(content)
    overlay.closed.connect(overlay.deleteLater)
    look = theme.current()
    overlay.open_below(QSize(look.px(380), (len(shown) + 1) * look.px(28) + look.px(20)))
    return overlay
