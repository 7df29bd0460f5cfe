"""What can go wrong with the local store. Every error says what happened, that nothing is lost, what to do.

StoreError
├── LockError            the door
│   ├── WrongSecret      `left` tries remain
│   ├── LockedOut        until `until_ms`
│   ├── WrongRecoveryCode
│   └── OtherComputer    the keys were made on another PC: only the recovery code opens
├── OpenError            the file
│   ├── NotAStore        no keys, or not our file
│   ├── Damaged          the file does not read as it should
│   ├── NewerVersion     `found` is newer than the `known` one
│   └── InUse            another window of this program has it open
├── WriteError           the disk
│   ├── ReadOnly
│   └── NoSpace          `free_mb` left
├── NotEnrolled          this PC has not met its district yet (also a LookupError)
├── ManyStruck           `struck` of `held` disputes wait to be struck out; a person must say so first
└── ClockDoubt           the wall clock is behind what was already written here
"""

from __future__ import annotations


class StoreError(Exception):
    """Anything the local store refuses to do; `str()` is what a person reads."""


class LockError(StoreError):
    """The store stays closed."""


class WrongSecret(LockError):
    """The secret does not fit; `left` tries before the door locks for a while."""

    def __init__(self, left: int) -> None:
        super().__init__(f"密码不对，没打开。东西都在。再试一次，还能试 {left} 次。")
        self.left = left


class LockedOut(LockError):
    """Too many wrong tries; open again at `until_ms` (wall clock)."""

    def __init__(self, until_ms: int, now_ms: int) -> None:
        minutes = max(1, -(-(until_ms - now_ms) // 60_000))
        super().__init__(f"密码错了好几次，先锁上了。东西都在。等 {minutes} 分钟再试，或用恢复码打开。")
        self.until_ms = until_ms


class WrongRecoveryCode(LockError):
    """The recovery code does not fit, or was mistyped."""

    def __init__(self) -> None:
        super().__init__("恢复码不对，没打开。东西都在。对着打印的那张纸，再核对一遍。")


class OtherComputer(LockError):
    """The keys are bound to the Windows account they were made under."""

    def __init__(self) -> None:
        super().__init__("这些文件是从别的电脑或别的 Windows 账号拷来的，密码在这里打不开。东西都在。用恢复码打开。")


class OpenError(StoreError):
    """The file cannot be used as it is. Nothing was changed in it."""


class NotAStore(OpenError):
    """There is no store in this folder, or its keys are missing."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("这个文件夹里没有完整的资料库。什么也没有动。看看选的文件夹对不对，或从备份恢复。")
        self.detail = detail


class Damaged(OpenError):
    """The file does not read as it should; `detail` is for support."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("资料库的文件坏了，读不全。原文件没有动，备份还在。从备份恢复，再和区里对一次。")
        self.detail = detail


class NewerVersion(OpenError):
    """The file was written by a newer program."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__("这些资料是新版程序写的，这个版本打不开。资料好好的，没有动。把程序更新到新版再打开。")
        self.found = found
        self.known = known


class InUse(OpenError):
    """Another process holds the store."""

    def __init__(self) -> None:
        super().__init__("程序已经开着一个窗口了，不能再开一个。东西都在。看看任务栏里已经打开的那个。")


class WriteError(StoreError):
    """A write did not happen; everything is as it was before."""


class ReadOnly(WriteError):
    """The folder or file does not take writes."""

    def __init__(self) -> None:
        super().__init__("这个文件夹不让写，没存上。原来的都在。看看磁盘是不是设成了只读，或换个文件夹。")


class NoSpace(WriteError):
    """The disk is full; `free_mb` megabytes are left."""

    def __init__(self, free_mb: int) -> None:
        super().__init__(f"磁盘快满了，只剩 {free_mb} MB，没存上。原来的都在。清理一下磁盘再试。")
        self.free_mb = free_mb


class NotEnrolled(StoreError, LookupError):
    """This PC has no identity yet."""

    def __init__(self) -> None:
        super().__init__("这台电脑还没有接入区里。已登记的都在本机。用区里给的入网码接入。")


class ManyStruck(StoreError):
    """Much of what is here waits to be struck out: `struck` of `held` disputes."""

    def __init__(self, struck: int, held: int) -> None:
        super().__init__(f"这里一次作废了 {struck} 件（一共 {held} 件），先没传。一件也没少，能恢复。看清楚了再传。")
        self.struck = struck
        self.held = held


class ClockDoubt(StoreError):
    """The wall clock lies before what was already written here, by `behind_ms`."""

    def __init__(self, behind_ms: int) -> None:
        super().__init__("电脑的时间不对，比上次用的时候还早。东西都在，照样能登记。把电脑的日期和时间调准。")
        self.behind_ms = behind_ms
