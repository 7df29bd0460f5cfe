"""Drawing a number for a paper, offline, from what the district has lent this PC (domain.md §2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.store import Edit
from sync.records import numbering

PENDING = "（待编号）"
_NOT_ACCEPTED = "受理以后才编卷号，先印成（待编号），别的都不耽误。受理以后再印一次。"
_VOID = "作废的纠纷不再编卷号。别的都还在。"
_ELSEWHERE = "卷号归{org}编，先印成（待编号），别的都不耽误。那边编好、两边都和区里交换过，再印一次。"
_NONE_LEFT = "这台电脑上没有可用的卷号了，先印成（待编号），别的都不耽误。和区里交换一次，再印一次就有了。"
_NO_DOSSIER_NUMBER = "协议编号跟着卷号走。{why}"


@dataclass(frozen=True, slots=True)
class Number:
    """A number for a paper. text: "" when there is none yet; sentence: then why, and what to do."""

    text: str
    sentence: str = ""

    @property
    def printed(self) -> str:
        """What stands on the paper."""
        return self.text or PENDING


def draw(desk: Desk, dispute_id: str) -> Number:
    """The dispute's dossier number: the one it bears, or the next of this PC's block. Raises Gone."""
    case = cases.load(desk, dispute_id)
    if borne := case.dispute.get("dossier_no"):
        return Number(str(borne))
    if case.dispute.get("void_at") or case.status == "90":
        return Number("", _VOID)
    org = _org(desk, case.dispute)
    if org is None:
        return Number("", _NOT_ACCEPTED)
    year, short_name = desk.today.year, str(org["short_name"])
    drawn = desk.store.draw_number(
        dispute_id,
        (str(org["id"]), year),
        lambda number: numbering.text_of(year, short_name, number),
        desk.account.id,
    )
    if drawn:
        return Number(drawn)
    return Number("", _NONE_LEFT if org["place_code"] == desk.place else _ELSEWHERE.format(org=org["full_name"]))


def draw_agreement(desk: Desk, agreement_id: str) -> Number:
    """The agreement's number: the dossier's, with -2, -3 for further agreements of the same dispute. Raises Gone."""
    case, agreement = cases.load_child(desk, "agreement", agreement_id)
    if borne := agreement.get("agreement_no"):
        return Number(str(borne))
    dossier = draw(desk, case.id)
    if not dossier.text:
        return Number("", _NO_DOSSIER_NUMBER.format(why=dossier.sentence))
    given = {agreement.get("agreement_no") for agreement in case.children["agreement"]}
    number, further = dossier.text, 1
    while number in given:
        further += 1
        number = f"{dossier.text}-{further}"
    desk.save([Edit("agreement", agreement_id, {"agreement_no": number})])
    return Number(number)


def _org(desk: Desk, dispute: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The committee that accepted the dispute."""
    found = desk.store.record("mediation_org", str(dispute.get("org_id") or ""))
    return found if found and found.get("short_name") else None
