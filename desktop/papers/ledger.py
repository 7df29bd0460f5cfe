"""The office's ledger (矛盾纠纷排查调处台账), columns of domain.md §4.5. No ID number ever enters it."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.papers.matter import Fields, Matter
from desktop.papers.values import Naming, code_name, day_cell
from desktop.papers.workbook import Cell, Column, Sheet

NAME = "台账"
TITLE = "矛盾纠纷排查调处台账"

COLUMNS = (
    Column("序号", 6, "number"), Column("案件编码", 28), Column("排查日期", 12, "day"), Column("来源", 16),
    Column("所属乡镇/村/网格", 22), Column("纠纷名称（当事人）", 32, "wrap"), Column("类型", 18),
    Column("涉及人数", 9, "number"), Column("涉及金额（元）", 14, "money"), Column("简要情况", 48, "wrap"),
    Column("风险等级", 9), Column("难易", 8), Column("责任单位", 18), Column("责任人", 10),
    Column("包案领导", 10), Column("化解方式", 16), Column("化解时限", 12, "day"), Column("目前进展", 16),
    Column("化解情况", 40, "wrap"), Column("化解日期", 12, "day"), Column("是否回访/满意度", 18),
    Column("是否移交及去向", 20), Column("备注", 24, "wrap"),
)  # fmt: skip


def ledger_sheet(matters: Iterable[Matter], naming: Naming, *, title: str = TITLE) -> Sheet:
    """The ledger of these matters, numbered in the order they come."""
    return Sheet(NAME, COLUMNS, (_row(seq, matter, naming) for seq, matter in enumerate(matters, 1)), title)


def _row(seq: int, matter: Matter, naming: Naming) -> list[Cell]:
    dispute = matter.dispute
    return [
        seq,
        dispute.get("matter_code"),
        day_cell(dispute.get("found_date")),
        code_name("CASE_SOURCE", dispute.get("source")),
        _place(dispute, naming),
        _title(matter),
        code_name("ZZ_TYPE", dispute.get("zz_type")),
        dispute.get("people_count"),
        dispute.get("amount_cents"),
        matter.shown(dispute.get("summary")),
        code_name("RISK", dispute.get("risk")),
        code_name("DIFFICULTY", dispute.get("difficulty")),
        dispute.get("resp_unit"),
        dispute.get("resp_person"),
        dispute.get("leader_in_charge"),
        code_name("RESOLVE_WAY", dispute.get("resolve_way")),
        day_cell(dispute.get("extended_to") or dispute.get("deadline")),
        code_name("CASE_STATUS", dispute.get("status")),
        matter.shown(_outcome(matter)),
        day_cell(dispute.get("end_date")),
        _followed_up(matter),
        _handed_over(dispute),
        matter.shown(_remark(dispute)),
    ]


def _place(dispute: Fields, naming: Naming) -> str:
    code = str(dispute.get("place_code") or "")
    return " ".join(filter(None, (naming("place", code) or code, dispute.get("grid_id"))))


def _title(matter: Matter) -> str:
    title = matter.shown(matter.dispute.get("title"))
    others = [name for name in matter.shown_names() if name not in title]
    return f"{title}（{'、'.join(others)}）" if others else title


def _outcome(matter: Matter) -> str:
    """What came of it: the words at the end, else what was agreed."""
    lines = [line for agreement in matter.agreements for line in agreement.get("items") or []]
    return str(matter.dispute.get("end_note") or "\n".join(lines))


def _followed_up(matter: Matter) -> str:
    done = [visit for visit in matter.follow_ups if visit.get("done_date")]
    if not done:
        return ""
    answer = code_name("SATISFACTION", max(done, key=lambda visit: visit["done_date"]).get("satisfaction"))
    return f"已回访（{answer}）" if answer else "已回访"


def _handed_over(dispute: Fields) -> str:
    return f"已移交{dispute.get('resp_unit') or ''}" if dispute.get("status") == "50" else ""


def _remark(dispute: Fields) -> str:
    struck = f"作废：{dispute.get('void_reason') or ''}" if dispute.get("void_at") else ""
    return "；".join(filter(None, (struck, "不公开" if dispute.get("closed_session") else "")))
