"""Phrases of the office's own: short texts a person saves once and puts into a record by a key.

A phrase never says how it ended: results are written anew each time, for these two people (DESIGN.md §1: no pre-filled
outcome). So what sounds like a result is refused unless it is a question, and none that comes with the program does.
"""

from __future__ import annotations

import re

from desktop.casework.desk import Desk
from desktop.casework.errors import NotAllowed

MOST_LETTERS = 120
MOST_PHRASES = 60
_SETTING = "phrases"
_FIRST = (
    "今天谈的都会记下来，谈完念给大家听，没记错再签字。",
    "一个一个说，都让说完。",
    "请说说事情的经过。",
    "您的要求是什么？",
    "这么说有什么凭据？",
    "还有没有要补充的？",
)
_RESULT = re.compile(
    "达成|谈成|谈妥|调解成功|调解不成|调解失败|未成|一致意见|无异议|没有异议|没意见|自愿|同意|和解|撤诉|撤回|放弃|不再追究|"
    "已经?(付清|履行|结清|赔|解决)|一次性|了结|满意|签字确认|移交|终止"
)


def phrases(desk: Desk) -> tuple[str, ...]:
    """The phrases of this desk, in the order they were saved; those that come with the program until some are."""
    kept = desk.store.setting(_SETTING)
    return tuple(str(one) for one in kept) if isinstance(kept, list) else _FIRST


def save(desk: Desk, text: str) -> tuple[str, ...]:
    """Keep a phrase; all of them. Raises NotAllowed for one that is too long, known, or says how it ended."""
    phrase, known = " ".join(text.split()), phrases(desk)
    if not phrase:
        raise NotAllowed("还没写字，没有存。先写一句，再存成常用语。")
    if len(phrase) > MOST_LETTERS:
        raise NotAllowed(f"这句有 {len(phrase)} 个字，常用语最多 {MOST_LETTERS} 个字，没存。写的都在。挑短的再存。")
    if _RESULT.search(phrase) and not phrase.endswith(("？", "?")):
        raise NotAllowed("这句说的是谈得怎么样，没有存成常用语。写的都在。结果每次都要现写，不能套用。")
    if phrase in known:
        raise NotAllowed("这句已经在常用语里了，没有再存。写的都在。按 Alt+Q 就能用。")
    if len(known) >= MOST_PHRASES:
        raise NotAllowed(f"常用语有 {MOST_PHRASES} 句了，没有再存。写的都在。先去掉用不着的。")
    return _keep(desk, (*known, phrase))


def drop(desk: Desk, phrase: str) -> tuple[str, ...]:
    """Let go of a phrase; those that are left."""
    return _keep(desk, tuple(one for one in phrases(desk) if one != phrase))


def _keep(desk: Desk, found: tuple[str, ...]) -> tuple[str, ...]:
    desk.store.set_setting(_SETTING, list(found))
    return found
