"""What is taken out can be read back: into the same desk nothing changes, into another field for field."""

import json
from pathlib import Path

from desktop.casework.desk import Desk
from desktop.casework.portable.exporting import export_lines
from desktop.casework.portable.gathering import Gathering
from desktop.casework.portable.importing import import_lines
from desktop.casework.portable.lines import RESERVED
from sync.records import RECORD_TYPES
from tests.portable.conftest import MakeDesk
from tests.portable.feeding import feed, lines_of, matter


def test_a_program_can_feed_a_desk_and_read_it_back_field_for_field(desk: Desk, tmp_path: Path) -> None:
    told = matter(desk)
    report = import_lines(desk, feed(tmp_path / "喂 进去.jsonl", told))
    assert (report.created, report.refused, report.troubles) == (len(told), 0, [])
    exported = tmp_path / "取 出来.jsonl"
    export_lines(Gathering(desk), exported)
    back = {line["id"]: line for line in lines_of(exported)}
    for line in told:
        assert {name: back[line["id"]].get(name) for name in line} == line
    made_elsewhere = {"device", "centre", "attachment", "keeping_rule", "supplement"}
    made_elsewhere |= {"holiday_year", "paper_template", "subsidy_rate", "number_lease"}
    assert {line["type"] for line in back.values()} == RECORD_TYPES.keys() - made_elsewhere


def test_importing_an_export_back_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    import_lines(desk, feed(tmp_path / "a.jsonl", matter(desk)))
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    export_lines(Gathering(desk), first)
    waiting = desk.store.waiting()
    report = import_lines(desk, first)
    assert (report.same, report.created, report.changed, report.refused) == (report.lines, 0, 0, 0)
    assert desk.store.waiting() == waiting
    export_lines(Gathering(desk), second)
    assert first.read_bytes() == second.read_bytes()


def test_another_desk_of_the_place_takes_what_the_first_gave(make_desk: MakeDesk, tmp_path: Path) -> None:
    one, other = make_desk("一号 电脑"), make_desk("二号 电脑")
    import_lines(one, feed(tmp_path / "a.jsonl", matter(one)))
    export_lines(Gathering(one), tmp_path / "b.jsonl")
    report = import_lines(other, tmp_path / "b.jsonl")
    assert report.troubles == []
    export_lines(Gathering(other), tmp_path / "c.jsonl")
    assert [_plain(line) for line in lines_of(tmp_path / "b.jsonl")] == [
        _plain(line) for line in lines_of(tmp_path / "c.jsonl")
    ]


def test_a_change_to_one_field_is_one_change_in_the_log(desk: Desk, tmp_path: Path) -> None:
    told = matter(desk)
    import_lines(desk, feed(tmp_path / "a.jsonl", told))
    patch = {"type": "dispute", "id": told[0]["id"], "risk": "高", "people_count": told[0]["people_count"]}
    report = import_lines(desk, feed(tmp_path / "b.jsonl", [patch]))
    assert report.changed == 1
    newest = desk.store.history([told[0]["id"]])[0]
    assert (newest.set, newest.was, newest.by) == ({"risk": "高"}, {"risk": "低"}, desk.account.id)


def test_null_clears_a_field_and_silence_leaves_it(desk: Desk, tmp_path: Path) -> None:
    told = matter(desk)
    import_lines(desk, feed(tmp_path / "a.jsonl", told))
    import_lines(desk, feed(tmp_path / "b.jsonl", [{"type": "dispute", "id": told[0]["id"], "amount_cents": None}]))
    record = desk.store.record("dispute", told[0]["id"])
    assert record is not None
    assert "amount_cents" not in record
    assert record["summary"] == told[0]["summary"]


def test_the_export_says_when_a_record_was_made_and_changed(desk: Desk, tmp_path: Path) -> None:
    told = matter(desk)
    import_lines(desk, feed(tmp_path / "a.jsonl", told))
    export_lines(Gathering(desk, kinds=("dispute",)), tmp_path / "b.jsonl")
    [line] = lines_of(tmp_path / "b.jsonl")
    assert line["rev"] == 0
    assert line["created_at"] <= line["updated_at"]
    assert line["created_at"].startswith("2026-11-23T09:00:")


def _plain(line: dict[str, object]) -> str:
    return json.dumps({name: value for name, value in line.items() if name not in RESERVED - {"type", "id"}})
