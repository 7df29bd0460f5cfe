"""Ledgers that were read become disputes and parties: each row once, every row accounted for."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from desktop.casework.desk import Desk
from desktop.casework.ledgers import read
from desktop.casework.ledgers.report import ImportReport, Outcome
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.casework.portable.exporting import export_ledger
from desktop.casework.portable.gathering import Gathering
from sync.records import Record
from tests import ledger_files
from tests.portable.conftest import MEDIATOR, ORG, TOWNSHIP, VILLAGE, MakeDesk

HEAD = [
    "序号", "排查日期", "所属村", "当事人", "类型", "涉及人数", "涉及金额", "简要情况", "目前进展", "化解日期", "备注",
]  # fmt: skip


def ledger(path: Path, *rows: list[Any], head: list[str] = HEAD) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, len(head) - 1, "花所镇2026年矛盾纠纷排查调处台账")
        for line, row in enumerate([head, *rows], 1):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(line, column, cell)
    return path


def row(seq: int, **more: Any) -> list[Any]:
    cells = {
        "序号": seq, "排查日期": "2026.3.5", "所属村": "花所村", "类型": "邻里纠纷",
        "当事人": f"马某{'甲乙丙丁戊己庚辛壬癸'[seq % 10]}、安某某", "涉及人数": 2, "涉及金额": 1200,
        "简要情况": f"因第{seq}处地边争吵", "目前进展": "正在调解",
    }  # fmt: skip
    return [({**cells, **more}).get(name) for name in HEAD]


def taken(desk: Desk, path: Path, **how: Any) -> ImportReport:
    return take(desk, read(path, ledger_context(desk)), **how)


def only(desk: Desk) -> Record:
    [record] = desk.store.records("dispute")
    return record


def test_a_row_becomes_a_dispute_with_its_parties_and_where_it_came_from(desk: Desk, tmp_path: Path) -> None:
    report = taken(desk, ledger(tmp_path / "三月 台账.xlsx", row(1)))
    assert report.counts()[Outcome.IMPORTED] == 1
    record = only(desk)
    assert (record["found_date"], record["place_code"], record["amount_cents"]) == ("2026-03-05", VILLAGE, 120000)
    assert (record["zz_type"], record["rmtj_type"], record["status"]) == ("02", "02", "30")
    assert (record["origin_file"], record["origin_sheet"], record["origin_row"]) == ("三月 台账.xlsx", "台账", 3)
    assert record["matter_code"].startswith(f"{VILLAGE}20261123007")
    assert [(p["seq"], p["side"], p["name"]) for p in desk.store.children("party", str(record["id"]))] == [
        (1, "甲", "马某乙"), (2, "乙", "安某某"),
    ]  # fmt: skip


def test_nothing_the_ledger_does_not_say_is_made_up(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1, 目前进展=None)))
    record = only(desk)
    assert record["status"] == "10"
    assert not {"risk", "difficulty", "scale", "flag_dv", "end_date", "resolve_way", "found_by"} & record.keys()


def test_what_was_settled_is_closed_as_far_as_the_file_says(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1, 目前进展="已化解", 化解日期="2026年3月9日")))
    record = only(desk)
    assert (record["status"], record["end_date"]) == ("70", "2026-03-09")
    assert "end_reason" not in record


@pytest.mark.parametrize(
    ("words", "status"), [("不予受理", "10"), ("已归档", "70"), ("调解不成", "71"), ("已移交", "50")]
)
def test_a_step_is_held_only_as_far_as_the_ledger_can_bear_it(
    desk: Desk, tmp_path: Path, words: str, status: str
) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1, 目前进展=words)))
    record = only(desk)
    assert record["status"] == status
    assert status in ("71", "50") or "目前进展：" in str(record["summary"])


def test_remarks_are_kept_beside_the_story(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1, 备注="下回带尺子去")))
    assert only(desk)["summary"] == "因第1处地边争吵\n备注：下回带尺子去"


def test_a_name_that_is_one_persons_becomes_a_reference(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD[:-1], "调委会", "主办调解员"]
    cells = [*row(1)[:-1], "花所村人民调解委员会", "安秉义"]
    other = [*row(2)[:-1], "别处调委会", "没听过"]
    taken(desk, ledger(tmp_path / "a.xlsx", cells, other, head=head))
    known, unknown = sorted(desk.store.records("dispute"), key=lambda r: int(str(r["origin_row"])))
    assert (known["org_id"], known["host_mediator_id"]) == (ORG, MEDIATOR)
    assert "安秉义" not in str(known["summary"])
    assert "host_mediator_id" not in unknown
    assert "没听过" in str(unknown["summary"])


def test_every_row_of_the_file_is_accounted_for(desk: Desk, tmp_path: Path) -> None:
    rows = [row(1), row(2), [], row(2), row(3, 类型="没见过的类型"), ["合计", None, None, None, None, 6]]
    file = ledger(tmp_path / "a.xlsx", *rows)
    report = taken(desk, file)
    counts = report.counts()
    assert sum(counts.values()) == report.to_json()["rows"]
    assert counts == {
        Outcome.TITLE: 1, Outcome.HEADER: 1, Outcome.IMPORTED: 2, Outcome.REPEAT: 1, Outcome.REFUSED: 1,
        Outcome.TOTAL: 1, Outcome.BLANK: 1,
    }  # fmt: skip


def test_the_same_file_under_another_name_brings_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1), row(2)))
    report = taken(desk, ledger(tmp_path / "b.xlsx", row(2), row(1), row(3)))
    assert (report.counts()[Outcome.IMPORTED], report.counts()[Outcome.REPEAT]) == (1, 2)
    assert len(desk.store.records("dispute")) == 3


def test_next_months_state_of_the_same_matter_is_known_again(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "3月.xlsx", row(1)))
    report = taken(desk, ledger(tmp_path / "4月.xlsx", row(1, 目前进展="已化解", 化解日期="2026.4.2")))
    assert report.counts()[Outcome.REPEAT] == 1


def test_rows_that_look_alike_but_are_not_equal_are_all_taken_and_known_again(desk: Desk, tmp_path: Path) -> None:
    file = ledger(tmp_path / "a.xlsx", row(1), row(1, 涉及金额=99), row(1, 涉及金额=5))
    assert taken(desk, file).counts()[Outcome.IMPORTED] == 3
    assert taken(desk, file).counts()[Outcome.REPEAT] == 3


def test_the_desks_own_ledger_brings_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1), row(2)))
    export_ledger(Gathering(desk), tmp_path / "台账.xlsx")
    report = taken(desk, tmp_path / "台账.xlsx")
    assert (report.counts()[Outcome.REPEAT], report.counts()[Outcome.REFUSED]) == (2, 0)


def test_rows_of_another_village_are_refused_at_a_village_and_taken_at_the_township(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    file = ledger(tmp_path / "a.xlsx", row(1), row(2, 所属村="段沟村"))
    report = taken(make_desk(), file)
    assert (report.counts()[Outcome.IMPORTED], report.counts()[Outcome.REFUSED]) == (1, 1)
    assert "地界" in report.to_json()["troubles"][-1]["reason"]
    township = make_desk("花所镇 电脑", place=TOWNSHIP, roles=("township",))
    assert taken(township, file).counts()[Outcome.IMPORTED] == 2


def test_a_role_that_may_not_register_takes_no_row(make_desk: MakeDesk, tmp_path: Path) -> None:
    report = taken(make_desk(roles=("auditor",)), ledger(tmp_path / "a.xlsx", row(1)))
    assert report.counts()[Outcome.REFUSED] == 1


def test_a_trial_stores_nothing_and_counts_the_same(desk: Desk, tmp_path: Path) -> None:
    file = ledger(tmp_path / "a.xlsx", row(1), row(2))
    assert taken(desk, file, keep=False).counts() == taken(desk, file).counts()


def test_a_cancel_keeps_what_is_in_and_the_next_run_takes_the_rest(desk: Desk, tmp_path: Path) -> None:
    file = ledger(tmp_path / "a.xlsx", *(row(n) for n in range(450)))
    asked = iter([False, False, True])
    report = taken(desk, file, cancelled=lambda: next(asked))
    counts = report.counts()
    assert (counts[Outcome.IMPORTED], counts[Outcome.NOT_REACHED]) == (400, 50)
    assert report.to_json()["cancelled"]
    again = taken(desk, file).counts()
    assert (again[Outcome.IMPORTED], again[Outcome.REPEAT]) == (50, 400)
    codes = [record["matter_code"] for record in desk.store.records("dispute")]
    assert len(set(codes)) == 450


def test_a_child_among_the_parties_is_known_as_one(desk: Desk, tmp_path: Path) -> None:
    taken(desk, ledger(tmp_path / "a.xlsx", row(1, 当事人="马某丙（12岁）、安某某")))
    found = {p["name"]: p["is_minor"] for p in desk.store.children("party", str(only(desk)["id"]))}
    assert found == {"马某丙": True, "安某某": False}


def test_a_running_number_is_no_matter_code(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD[:-1], "案件编码"]
    march = ledger(tmp_path / "3月.xlsx", [*row(1)[:-1], "2026-001"], head=head)
    april = ledger(tmp_path / "4月.xlsx", [*row(2)[:-1], "2026-001"], head=head)
    assert taken(desk, march).counts()[Outcome.IMPORTED] == 1
    assert taken(desk, april).counts()[Outcome.IMPORTED] == 1
    first, second = desk.store.records("dispute")
    assert first["matter_code"] != second["matter_code"]
    assert "原编码：2026-001" in str(first["summary"])


def test_a_real_matter_code_is_one_matter(desk: Desk, tmp_path: Path) -> None:
    head = [*HEAD[:-1], "案件编码"]
    code = "62080210720420260305001001"
    file = ledger(tmp_path / "a.xlsx", [*row(1)[:-1], code], [*row(2)[:-1], code], head=head)
    counts = taken(desk, file).counts()
    assert (counts[Outcome.IMPORTED], counts[Outcome.REPEAT]) == (1, 1)
    assert only(desk)["matter_code"] == code


@pytest.mark.parametrize(
    "make",
    [
        ledger_files.plain_xlsx, ledger_files.province_xlsx, ledger_files.merged_xlsx, ledger_files.several_sheets_xlsx,
        ledger_files.old_xls,
    ],
)  # fmt: skip
def test_every_shape_of_ledger_goes_in_once_and_adds_up(
    make: Callable[[Path, Random], Path], desk: Desk, tmp_path: Path
) -> None:
    file = make(tmp_path, Random(11))
    first, second = taken(desk, file), taken(desk, file)
    for report in (first, second):
        assert sum(report.counts().values()) == report.to_json()["rows"]
    assert first.counts()[Outcome.IMPORTED] == len(desk.store.records("dispute")) > 0
    assert second.counts()[Outcome.IMPORTED] == 0
    assert second.counts()[Outcome.REPEAT] == first.counts()[Outcome.IMPORTED] + first.counts()[Outcome.REPEAT]
