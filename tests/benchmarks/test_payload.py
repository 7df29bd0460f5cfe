"""The payload of the comparison: the same for all and every time, valid, and no easier to compress than real text."""

from __future__ import annotations

from benchmarks.link.records import Office, Row, as_lines, squeezed
from sync.records import RECORD_TYPES


def stock(seed: int) -> list[Row]:
    return [row for dispute in Office(seed).disputes(20) for save in dispute for row in save]


def test_a_seed_always_gives_the_same_records() -> None:
    assert stock(3) == stock(3) != stock(4)


def test_every_field_is_declared_and_within_its_limit() -> None:
    for row in stock(5):
        declared = RECORD_TYPES[row.type].by_name
        for name, value in row.fields.items():
            field = declared[name]
            assert field.kind not in ("text", "long_text") or len(str(value)) <= field.limit, name


def test_a_day_edits_known_disputes_and_sends_them_whole_to_those_who_know_no_fields() -> None:
    office = Office(6)
    known = [row for dispute in office.disputes(10) for save in dispute for row in save]
    day = office.day(known, new=4, edited=3)
    assert len(day.rows) == len(day.whole) == 4 * 4 + 3
    edits = {row.id for row in day.rows} & {row.id for row in known}
    assert len(edits) == 3
    whole = {row.id: row.fields for row in day.whole}
    assert all("title" in whole[edit] for edit in edits)


def test_the_text_does_not_repeat_so_much_that_it_flatters_a_compressor() -> None:
    lines = as_lines(stock(7))
    assert len(squeezed(lines)) > len(lines) / 6
