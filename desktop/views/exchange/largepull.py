"""The question before the district takes many records away, whichever road it comes by."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views import words
from desktop.views.kit import Confirm


class LargePull(Confirm):
    """`agreed` when the person lets the district take `leaving` of `held` records."""

    def __init__(self, parent: QWidget, leaving: int, held: int) -> None:
        text = (
            f"区里要从这台电脑收走 **{words.count(leaving)} 件**（这里一共 {words.count(held)} 件），先停下了。"
            "还没传上去的不会被收走。拿不准就先给区里打个电话。"
        )
        super().__init__(parent, "真让区里收走这么多吗？", text, act="让区里收走", keep="先不收")
