"""The screen that asks who is there: a name, a secret; or the printed recovery code and a new secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.kit import Button, Card, Choice, Combo, Label, LabelledField, Paragraph, TextField, line
from desktop.views.unlock.door import Door, Visitor
from desktop.views.unlock.ground import CARD, Ground, TroubleLine
from desktop.views.unlock.secret import NewSecret, SecretField

_WIDE = 580


class UnlockCover(Ground):
    """`opened` carries what the door opened."""

    opened = Signal(object)
    _reported = Signal(int, int)

    def __init__(self, door: Door, lanes: Lanes, now: Callable[[], datetime]) -> None:
        super().__init__(door.place_name)
        self._door, self._lanes, self._now = door, lanes, now
        self.setAccessibleName("开锁")
        self._lanes.submit("store", door.visitors, self._greet, self._cannot_greet)

    def show_unlock(self) -> None:
        """Ask for the secret."""
        card = UnlockCard(self._visitors, self._now())
        card.asked.connect(self._unlock)
        card.restore_asked.connect(self._restore)
        card.other_way.connect(self.show_recovery)
        self._hold_card(card, width=CARD)

    def show_recovery(self) -> None:
        """Ask for the recovery code and a new secret."""
        card = RecoveryCard(self._visitors)
        card.asked.connect(self._recover)
        card.other_way.connect(self.show_unlock)
        self._hold_card(card, width=_WIDE)

    def focusInEvent(self, event: object) -> None:
        """The keyboard belongs to the card."""
        if self._held:
            self._held.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on the recovery code goes back to the secret."""
        if event.key() == Qt.Key.Key_Escape and isinstance(self._held, RecoveryCard):
            self.show_unlock()
        else:
            super().keyPressEvent(event)

    def _greet(self, visitors: Sequence[Visitor]) -> None:
        self._visitors = visitors
        self.show_unlock()

    def _cannot_greet(self, error: Exception) -> None:
        card = Card("打不开", padding=(26, 22))
        card.add(Paragraph(str(error) if troubles.is_spoken(error) else troubles.words_of(error).rest))
        self.hold(card)

    def _hold_card(self, card: UnlockCard | RecoveryCard, *, width: int) -> None:
        self._reported.connect(card.report)
        self.hold(card, width=width)
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock(self, account: str, secret: str) -> None:
        self._run(lambda: self._door.unlock(account, secret, self._reported.emit))

    def _recover(self, code: str, account: str, secret: str) -> None:
        self._run(lambda: self._door.recover(code, account, secret, self._reported.emit))

    def _restore(self, account: str, secret: str) -> None:
        self._run(lambda: self._door.restore(account, secret, self._reported.emit))

    def _run(self, way: Callable[[], object]) -> None:
        self._lanes.submit("store", way, self.opened.emit, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(self._held, UnlockCard | RecoveryCard):
            self._held.refuse(error, can_restore=self._door.is_restorable(error))


class UnlockCard(Card):
    """Name and secret. `asked` carries (account, secret)."""

    asked = Signal(str, str)
    other_way = Signal()
    restore_asked = Signal(str, str)

    def __init__(self, visitors: Sequence[Visitor], now: datetime) -> None:
        super().__init__(padding=(26, 22))
        self._visitors, self._now = visitors, now
        self._who = Combo([Choice(one.account, one.name) for one in visitors])
        self._who.set_value(visitors[0].account)
        self._who.chosen.connect(lambda _account: self._say_locked())
        self._secret = SecretField()
        self._secret.entered.connect(self._ask)
        self._trouble = TroubleLine()
        self._open = Button("开锁", "primary", size="large", icon="lock_open")
        self._open.clicked.connect(self._ask)
        forgot = Button("忘了密码，用恢复码开", "link", size="row")
        forgot.clicked.connect(self.other_way)
        self._restore = Button("从备份恢复", "plain", size="large")
        self._restore.hide()
        self._restore.clicked.connect(lambda: self.restore_asked.emit(self._account(), self._secret.value()))
        self.body.setSpacing(14)
        self.add(Label("开锁", "title"))
        if len(visitors) > 1:
            self.add(LabelledField("您是哪一位", self._who))
        secret_label = "开锁密码" if len(visitors) > 1 else f"{visitors[0].name} 的开锁密码"
        self.add(LabelledField(secret_label, self._secret), self._trouble)
        self.add(line(self._open, self._restore, None, forgot, gap=10))
        self.setFocusProxy(self._secret)
        self._say_locked()

    def refuse(self, error: Exception, *, can_restore: bool) -> None:
        """Say why it did not open; the secret is typed anew."""
        self._rest(False)
        self._trouble.say_error(error)
        self._restore.setVisible(can_restore)
        if not can_restore:
            self._secret.clear()
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def report(self, done: int, total: int) -> None:
        """Say how far putting in order is, after an update."""
        self._open.say(f"更新后整理一遍，{words.count(done)} / {words.count(total)}")

    def _account(self) -> str:
        return self._who.value() or self._visitors[0].account

    def _ask(self) -> None:
        if not self._secret.value():
            self._trouble.say("还没填密码")
            return
        self._trouble.say("")
        self._rest(True)
        self.asked.emit(self._account(), self._secret.value())

    def _rest(self, resting: bool) -> None:
        self._open.setEnabled(not resting)
        self._open.say("正在打开…" if resting else "开锁")

    def _say_locked(self) -> None:
        one = next(one for one in self._visitors if one.account == self._account())
        if one.locked_until and one.locked_until > self._now:
            when = words.exact_moment(one.locked_until, self._now)
            self._trouble.say(f"密码错了好几次，先锁上了。东西都在。{when}以后再试，或用恢复码打开。")
        else:
            self._trouble.say("")


class RecoveryCard(Card):
    """The printed code, and a new secret. `asked` carries (code, account, secret)."""

    asked = Signal(str, str, str)
    other_way = Signal()

    def __init__(self, visitors: Sequence[Visitor]) -> None:
        super().__init__(padding=(26, 20))
        self._visitors = visitors
        self._code = TextField(placeholder="一组四个，照纸上的填，横线可以不填")
        self._who = Combo([Choice(one.account, one.name) for one in visitors])
        self._who.set_value(visitors[0].account)
        self._new = NewSecret()
        self._new.entered.connect(self._ask)
        self._trouble = TroubleLine()
        self._open = Button("换密码并打开", "primary", size="large")
        self._open.clicked.connect(self._ask)
        back = Button("回去用密码开", "text", size="large", key="Esc")
        back.clicked.connect(self.other_way)
        self.body.setSpacing(12)
        self.add(Label("用恢复码打开", "title"))
        self.add(LabelledField("恢复码", self._code))
        if len(visitors) > 1:
            self.add(LabelledField("给谁换密码", self._who))
        self.add(self._new, self._trouble, line(self._open, back, None, gap=10))
        self.setFocusProxy(self._code)

    def refuse(self, error: Exception, *, can_restore: bool) -> None:
        """Say why it did not open; what was typed stays to be looked over."""
        self._open.setEnabled(True)
        self._trouble.say_error(error)
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def report(self, done: int, total: int) -> None:
        """Say how far putting in order is, after an update."""
        self._open.say(f"更新后整理一遍，{words.count(done)} / {words.count(total)}")

    def _ask(self) -> None:
        if not self._code.value():
            self._trouble.say("还没填恢复码。它在刚开始用的时候打印或抄下来的那张纸上。")
            self._code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        secret = self._new.secret()
        if secret:
            self._trouble.say("")
            self._open.setEnabled(False)
            self.asked.emit(self._code.value(), self._who.value() or self._visitors[0].account, secret)
