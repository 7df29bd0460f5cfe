"""The official papers by name, in the order of a dossier (domain.md §2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["case", "session", "agreement", "follow_up", "party"]
"""What a paper is about: the whole case, or one session, agreement, follow-up or party."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One official paper. numbered: its pages carry the dossier's numbers. local: not in the national set, so a
    district says whether it goes into the dossier; used: whether it does while the district has not said."""

    name: str
    scope: Scope = "case"
    numbered: bool = True
    local: bool = False
    used: bool = True


_ALL = (
    PaperKind("卷宗封面", numbered=False),
    PaperKind("卷内目录", numbered=False),
    PaperKind("人民调解申请书"),
    PaperKind("人民调解受理登记表"),
    PaperKind("不予受理告知书"),
    PaperKind("人民调解当事人权利义务告知书", local=True),
    PaperKind("个人信息告知单", local=True),
    PaperKind("当事人身份证明", local=True),
    PaperKind("授权委托书", "party"),
    PaperKind("人民调解调查记录", "session"),
    PaperKind("人民调解证据材料"),
    PaperKind("人民调解记录", "session"),
    PaperKind("人民调解协议书", "agreement"),
    PaperKind("人民调解口头协议登记表", "agreement"),
    PaperKind("终止调解告知书"),
    PaperKind("履行凭证", local=True),
    PaperKind("人民调解回访记录", "follow_up"),
    PaperKind("司法确认申请书", "agreement"),
    PaperKind("委托调解结果反馈函"),
    PaperKind("结案报告表", local=True, used=False),
    PaperKind("卷宗情况说明"),
    PaperKind("封底", numbered=False),
)

KINDS: Mapping[str, PaperKind] = {kind.name: kind for kind in _ALL}
"""Name → paper, in dossier order."""
