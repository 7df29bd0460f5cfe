"""How a dossier and each of its papers read on the screen: shape, sentence, and the act that mends a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.casework.dossier.entries import DossierPaper, Fix
from desktop.papers.kinds import KINDS
from desktop.views.look import shapes
from desktop.views.look.shapes import Shape

MENDS: Mapping[Fix, str] = {
    "register": "改登记", "accept": "去办受理", "tell": "讲明权利义务", "parties": "补当事人", "attach": "添附件",
    "session": "记一次调解", "agreement": "写协议", "perform": "记履行", "follow_up": "写回访",
    "confirm": "写司法确认", "end": "办结", "filing": "写情况说明", "return": "记反馈", "fetch": "取回来",
}  # fmt: skip
"""What the button that mends a gap is called."""

_MISSING = Shape("filled triangle with !", "amberMark")
_UNSIGNED = Shape("empty ring", "ink3")
_NOTE = "卷宗情况说明"
UNSIGNED = "签了名的页还没扫进来"


@dataclass(frozen=True)
class Standing:
    """How far the dossier is. fact: one line; text: what follows from it; is_complete: it is to be bound now."""

    fact: str
    text: str
    is_complete: bool = False


def standing(papers: Sequence[DossierPaper], *, is_over: bool) -> Standing:
    """Empty, lacking, all there so far, or complete. is_over: the case has ended, so nothing more will come."""
    inside = [paper for paper in papers if paper.state == "present" and KINDS[paper.name].numbered]
    missing = [paper for paper in papers if paper.state == "missing"]
    unsigned = sum(paper.unsigned for paper in inside)
    left = f"还有 {unsigned} 样{UNSIGNED}，不扫也能订。" if unsigned else "签了名的页也都在。"
    if not inside:
        return Standing("卷里还没有东西", "登记、谈话、写协议，材料自己进来，不用另外抄。")
    if missing:
        return _lacking(len(inside), len(missing), is_over and any(paper.name == _NOTE for paper in inside))
    if not is_over:
        return Standing(f"到现在该有的都有了，{len(inside)} 样", f"往后办到哪一步，添到哪一步。{left}")
    return Standing(f"齐了，{len(inside)} 样", f"可以订成一卷了。{left}", is_complete=True)


def _lacking(inside: int, missing: int, is_explained: bool) -> Standing:
    """What is missing and was explained in writing does not hold the dossier up (卷宗情况说明)."""
    fact = f"有 {inside} 样，还缺 {missing} 样"
    if is_explained:
        return Standing(fact, "缺的在情况说明里写明了，可以订成一卷。", is_complete=True)
    return Standing(fact, "缺的写明了为什么要、去哪补。补不上的，写进卷宗情况说明。")


def numbered(papers: Sequence[DossierPaper]) -> list[tuple[DossierPaper, int]]:
    """The papers this case has or must have, in dossier order, with their numbers. Covers make themselves."""
    needed = [paper for paper in papers if paper.state != "not_needed" and KINDS[paper.name].numbered]
    return [(paper, number) for number, paper in enumerate(needed, 1)]


def left_out(papers: Sequence[DossierPaper]) -> str:
    """What is not in the list: covers, and what this case does not need."""
    unneeded = sum(paper.state == "not_needed" for paper in papers)
    covers = "封面、目录、封底订卷的时候自动做好。"
    return f"{covers}另外 {unneeded} 样这件用不着。" if unneeded else covers


def shape(paper: DossierPaper) -> Shape:
    """A triangle for what is missing, a ring for what waits for a signature, a tick for what is there."""
    if paper.state == "missing":
        return _MISSING
    return _UNSIGNED if paper.unsigned else shapes.of_state("办结")


def sentence(paper: DossierPaper) -> str:
    """有了 · 签了名的页还没扫进来; 还缺：还没有回访."""
    if paper.state == "missing":
        return paper.why if paper.why.startswith("缺") else f"还缺：{paper.why}"
    scanned = f"扫了 {len(paper.scans)} 份" if paper.scans else ""
    return " · ".join(part for part in ("有了", scanned, UNSIGNED if paper.unsigned else "") if part)


def need(paper: DossierPaper) -> str:
    """Why a missing paper is wanted: 人民调解法第三十一条：要了解履行情况."""
    return paper.need if paper.state == "missing" else ""


def mend(paper: DossierPaper) -> str:
    """What its button is called, "" for none: the gap's act, or bringing the signed page in."""
    if paper.state == "missing":
        return MENDS.get(paper.fix, "")
    return "扫进来" if paper.unsigned else ""
