"""One line of the completeness check (缺件检查)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["present", "missing", "not_needed"]

Fix: TypeAlias = Literal[
    "", "register", "accept", "tell", "parties", "attach", "session", "agreement", "perform", "follow_up", "confirm",
    "end", "filing", "return", "fetch",
]  # fmt: skip
"""Which act mends it: 改登记, 受理, 告知权利义务, 补当事人, 添附件, 记调解, 写协议, 记履行, 写回访, 申请司法确认,
结束并告知, 立卷, 反馈委托单位, 取回扫描件; "" nothing to do."""


@dataclass(frozen=True, slots=True)
class DossierPaper:
    """A paper and how it stands.

    key: unique in the dossier. name: of the paper (desktop.papers.kinds). title: 人民调解记录（第 2 次）.
    status: 必须 or 按需. state: there, missing, or not needed in this case. why: what is missing, "" when nothing.
    need: why it is needed, with its source. fix: the act that mends it. record: id of what it is about.
    scans: attachments that lie in it. unsigned: it needs a signature and no signed page has been scanned.
    """

    key: str
    name: str
    title: str
    status: Literal["必须", "按需"]
    state: State
    why: str = ""
    need: str = ""
    fix: Fix = ""
    record: str = ""
    scans: tuple[str, ...] = ()
    unsigned: bool = False
