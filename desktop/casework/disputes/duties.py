"""What the law asks because of what was told at intake, and because of the type (domain.md §1.2, §1.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.records import codes


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: which flag brings it, what to do, and by which law."""

    flag: str
    title: str
    sentence: str
    source: str


_DUTIES = (
    Duty(
        "flag_violence",
        "及时向公安机关报告",
        "动过手、有凶器或有人要寻短见的，先把人稳住，马上报公安机关。",
        "人民调解法第二十五条",
    ),
    Duty(
        "flag_dv",
        "不催着调解",
        "尊重受害人的意愿，替她保密。受害人说不出、做不了主的，要报公安机关。",
        "反家庭暴力法第五条、第十四条",
    ),
    Duty(
        "flag_minor",
        "发现侵害马上报告",
        "未成年人受到或可能受到侵害的，村委会要立即报公安等部门；谁也不能说出孩子是谁。",
        "未成年人保护法第十一条、第一百零三条",
    ),
    Duty(
        "flag_elsewhere",
        "可能不予受理",
        "法院、公安或行政机关已经受理或解决的，一般不再调解；他们委托来的除外。",
        "不予受理理由第三项",
    ),
)

FLAGS = tuple(duty.flag for duty in _DUTIES)
"""The four questions of intake, in the order they are asked."""


def duties(dispute: Mapping[str, Any]) -> tuple[Duty, ...]:
    """The duties that follow from the flags set on a dispute or a draft."""
    return tuple(duty for duty in _DUTIES if dispute.get(duty.flag) is True)


def oral_allowed(zz_type: str) -> bool:
    """Whether an oral agreement is lawful for this type: not for 0901 and 07xx (domain.md §1.11)."""
    return bool(_said_of(zz_type, "oral_allowed", True))


def confirm_bar(zz_type: str) -> str:
    """Why a court would likely not confirm such an agreement (CONFIRM_BAR); "" when nothing bars it (§1.7)."""
    return str(_said_of(zz_type, "confirm_bar", ""))


def _said_of(zz_type: str, name: str, otherwise: object) -> object:
    code = codes.table("ZZ_TYPE").items.get(zz_type)
    return otherwise if code is None else code.more.get(name, otherwise)
