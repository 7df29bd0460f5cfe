"""Every setting once: its key, kind, default, bounds and label. Values live in the local store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

Kind: TypeAlias = Literal["integer", "flag", "choice", "text", "folder"]
Value: TypeAlias = int | bool | str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `least` and `most` bound integers; `choices` are (value, label) pairs; `area` is its page."""

    key: str
    kind: Kind
    default: Value
    label: str
    area: str
    unit: str = ""
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""

    def accepts(self, value: Any) -> bool:
        """Whether `value` may be stored under this key."""
        if self.kind == "integer":
            return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
        if self.kind == "flag":
            return isinstance(value, bool)
        if self.kind == "choice":
            return value in {choice for choice, _ in self.choices}
        return isinstance(value, str)


def _days(key: str, default: int, label: str, *, most: int = 365, why: str = "") -> Setting:
    return Setting(key, "integer", default, label, "期限", unit="天", least=1, most=most, help=why)


_ALL = (
    _days("accept_days", 3, "几个工作日内决定受理不受理", most=30, why="按工作日算，法律没有写死"),
    _days("mediation_days", 30, "受理后多少天内调解完", most=180, why="当天不算，遇放假顺延"),
    _days("confirm_days", 30, "协议生效后多少天内可申请司法确认", most=90, why="人民调解法第三十三条：三十日"),
    _days("follow_up_after_days", 7, "该履行的日子过后几天回访"),
    _days("follow_up_close_days", 30, "办结后几天回访"),
    _days("soon_days", 7, "剩几天算快到期", most=60),
    Setting("idle_lock_minutes", "integer", 10, "多久不动就锁上", "安全", unit="分钟", least=1, most=60),
    Setting("text_size", "choice", "standard", "字号", "显示",
            choices=(("standard", "标准"), ("large", "大"), ("largest", "特大"))),
    Setting("theme", "choice", "system", "颜色", "显示",
            choices=(("system", "跟着系统"), ("light", "浅色"), ("dark", "深色"), ("contrast", "高对比"))),
    Setting("compact_rows", "flag", False, "列表行挤紧一点", "显示"),
    Setting("narrow_side", "flag", False, "左边只留图标", "显示"),
    Setting("attachment_mb", "integer", 20, "一张照片、一份扫描件最多多大", "附件", unit="MB", least=1, most=60),
    Setting("recording_mb", "integer", 60, "一段录音最多多大", "附件", unit="MB", least=1, most=60),
    Setting("photo_side_px", "integer", 2000, "照片存多大（长边）", "附件", unit="像素", least=800, most=6000),
    Setting("photo_quality", "integer", 80, "照片存多细", "附件", unit="%", least=40, most=95),
    Setting("scan_folder", "folder", "", "扫描仪存到哪个文件夹", "附件",
            help="新扫的会在附件和记录旁边问要不要添，不会自己添进来"),
    Setting("exchange_minutes", "integer", 5, "有网时多久自动传一次", "传送", unit="分钟", least=1, most=240),
    Setting("late_days", "integer", 3, "几天还没传到区里就提醒", "传送", unit="天", least=1, most=30,
            help="在左下角、今日和同步页上提醒，不耽误办事"),
)  # fmt: skip

SETTINGS: dict[str, Setting] = {setting.key: setting for setting in _ALL}
"""Key -> setting, in the order they are shown."""


class Settings:
    """The values in force. Held in memory, so that reading one never waits for the store."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self._values = dict(values or {})

    def load(self, read: Callable[[str], Any]) -> None:
        """Take every value from where they are kept; `read` brings one or None."""
        self._values = {key: read(key) for key in SETTINGS}

    def value(self, key: str) -> Value:
        """What was set where it fits, else the default. Raises KeyError for a key that is not declared."""
        setting = SETTINGS[key]
        stored: Any = self._values.get(key)
        fits = setting.accepts(stored)
        return cast("Value", stored) if fits else setting.default

    def number(self, key: str) -> int:
        """An integer setting's value."""
        return int(self.value(key))

    def change(self, key: str, value: Value, write: Callable[[str, Any], None]) -> None:
        """Keep a new value with `write` and use it from now on. Raises ValueError when it does not fit."""
        if not SETTINGS[key].accepts(value):
            raise ValueError(f"{key}={value!r}")
        write(key, value)
        self._values[key] = value
