"""The 25 columns of a provincial mediation import file (domain.md §2.4): staff import instead of retyping.

What we do not hold (有无死亡, 案件属性) stays blank for the office to fill.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.papers.matter import Fields, Matter
from desktop.papers.values import Naming, code_name, day_cell, yes_no
from desktop.papers.workbook import Cell, Column, Sheet

NAME = "诉源事件批量导入模板"

COLUMNS = (
    Column("案件编码", 28), Column("调委会", 24), Column("调解工作室", 14), Column("受理员", 10),
    Column("受理时间", 12, "day"), Column("案件来源", 16), Column("案件难度级别", 12), Column("纠纷类别", 14),
    Column("行政划分", 22), Column("有无死亡", 9), Column("主办调解员", 11), Column("协办调解员", 14),
    Column("调解时间", 12, "day"), Column("调解书编号", 24), Column("调解结果", 14),
    Column("调解协议金(元)", 14, "money"), Column("协议履行情况", 12), Column("当事人", 20, "wrap"),
    Column("协议形式", 9), Column("纠纷简要情况", 48, "wrap"), Column("以奖代补评定", 12),
    Column("案件属性", 12), Column("涉及特殊群体情况", 18), Column("涉及农民工纠纷情况", 16),
    Column("纠纷转化情况", 18),
)  # fmt: skip


def province_sheet(matters: Iterable[Matter], naming: Naming) -> Sheet:
    """The import sheet of these matters."""
    return Sheet(NAME, COLUMNS, (_row(matter, naming) for matter in matters))


def _row(matter: Matter, naming: Naming) -> list[Cell]:
    dispute = matter.dispute
    agreement = matter.agreements[-1] if matter.agreements else {}
    return [
        dispute.get("matter_code"),
        *_body(matter, naming),
        naming("account", str(dispute.get("found_by") or "")),
        day_cell(dispute.get("accept_date")),
        code_name("CASE_SOURCE", dispute.get("source")),
        code_name("DIFFICULTY", dispute.get("difficulty")),
        code_name("RMTJ_TYPE", dispute.get("rmtj_type")),
        naming("place", str(dispute.get("place_code") or "")) or dispute.get("place_code"),
        None,
        naming("mediator", str(dispute.get("host_mediator_id") or "")),
        _names("mediator", dispute.get("co_mediator_ids"), naming),
        _mediated_on(matter),
        agreement.get("agreement_no"),
        _result(dispute),
        agreement.get("amount_cents"),
        code_name("PERFORMANCE", agreement.get("performance")),
        "、".join(matter.shown_names()),
        code_name("AGREEMENT_FORM", agreement.get("form")),
        matter.shown(dispute.get("summary")),
        dispute.get("subsidy_class"),
        None,
        _codes("SPECIAL_GROUP", dispute.get("special_groups")),
        yes_no(dispute.get("migrant_worker")),
        _codes("PREVENT", dispute.get("prevented")),
    ]


def _body(matter: Matter, naming: Naming) -> tuple[Cell, Cell]:
    """The committee and the studio: a personal studio is told with the unit that set it up."""
    name = naming("mediation_org", str(matter.dispute.get("org_id") or ""))
    is_studio = matter.org.get("kind") == "工作室"
    return (str(matter.org.get("host_unit") or ""), name) if is_studio else (name, None)


def _names(kind: str, ids: Any, naming: Naming) -> str:
    return "、".join(filter(None, (naming(kind, str(id_)) for id_ in ids or [])))


def _codes(table: str, values: Any) -> str:
    return "、".join(code_name(table, value) for value in values or [])


def _mediated_on(matter: Matter) -> Cell:
    starts = sorted(str(session["start_at"])[:10] for session in matter.sessions if session.get("start_at"))
    return day_cell(starts[-1]) if starts else None


def _result(dispute: Fields) -> str:
    """成功 or 不成功 only when somebody has said so; until then where the matter stands."""
    said = {True: "调解成功", False: "调解不成功"}.get(dispute.get("is_success"))  # type: ignore[arg-type]
    return said or code_name("CASE_STATUS", dispute.get("status"))
