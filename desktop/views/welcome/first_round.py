"""Step 5: the first exchange brings what belongs to this desk; work may begin before it ends."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import Qt, Signal

from desktop.casework.exchange.rounds import RoundResult
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.kit import Button, Card, Label, Paragraph, ShapeMark, line
from desktop.views.look import shapes

_TEXT = "村名、人员、这里办着的纠纷，都从区里取回来。断了会接着来，收下的不用重传。"


class FirstRoundStep(Card):
    """Runs the round at once; `entered` is sent when the person goes to work."""

    entered = Signal()

    def __init__(self, run: Callable[[Callable[[], bool]], RoundResult], lanes: Lanes) -> None:
        super().__init__(padding=(26, 22))
        self._run, self._lanes, self._stop = run, lanes, Event()
        self._received = 0
        self._shape = ShapeMark(shapes.of_exchange("waiting"), size=18)
        self._state = Label("正在从区里取…", bold=True)
        self._detail = Paragraph(_TEXT)
        self._again = Button("再传一次", "plain", size="large", icon="arrow_sync")
        self._again.clicked.connect(self.begin)
        self._enter = Button("先进去用", "plain", size="large")
        self._enter.clicked.connect(self._go)
        self.body.setSpacing(14)
        self.add(Label("第一次和区里传", "title"), line(self._shape, self._state, None, gap=10), self._detail)
        self.add(line(self._enter, self._again, None, gap=10))
        self.setFocusProxy(self._enter)
        self.filled = self._enter
        lanes.hub.changed.connect(self._count)

    def begin(self) -> None:
        """Run the round."""
        self._again.hide()
        self._shape.set_shape(shapes.of_exchange("waiting"))
        self._state.setText("正在从区里取…")
        self._lanes.submit("district", lambda: self._run(self._stop.is_set), self._done, self._failed)

    def _count(self, changes: object) -> None:
        self._received += sum(len(ids) for ids in getattr(changes, "records", {}).values())
        self._state.setText(f"正在从区里取… 已收进 {words.count(self._received)} 条")

    def _done(self, result: RoundResult) -> None:
        agreed = result.state == "agreed"
        self._shape.set_shape(shapes.of_exchange("allAgreed" if agreed else "trouble"))
        self._state.setText("取完了，两边一致" if agreed else "还没取完")
        self._detail.say(
            result.sentence if agreed else f"{result.sentence}也可以先进去用，有网会自动接着传。"
        )
        self._again.setVisible(not agreed)
        self._enter.say("开始用" if agreed else "先进去用")
        self._enter.set_kind("primary")
        self._enter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._shape.set_shape(shapes.of_exchange("trouble"))
        self._state.setText("还没取完")
        self._detail.say(troubles.spoken(error))
        self._again.show()

    def _go(self) -> None:
        self._stop.set()
        self.entered.emit()
