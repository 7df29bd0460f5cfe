"""A JSON Lines file is read line by line, whatever is in it."""

from pathlib import Path

import pytest

from desktop.casework.portable.lines import LINE_BYTES, FileRefused, RecordLine, Trouble, lines, open_lines, read_line

GOOD = b'{"type":"dispute","id":"d-1","title":"\xe9\xa9\xac","rev":7,"created_at":"x","updated_at":"y"}'


def reasons(raw: bytes | None) -> str:
    found = read_line(3, raw)
    assert isinstance(found, Trouble)
    assert found.line == 3
    return found.reason


def test_a_line_is_a_record_and_what_only_export_writes_is_left_out() -> None:
    found = read_line(1, GOOD)
    assert isinstance(found, RecordLine)
    assert (found.kind.name, found.id, found.fields) == ("dispute", "d-1", {"title": "马"})


@pytest.mark.parametrize("raw", [b"\n", b"   \r\n", b"\t\n"])
def test_a_blank_line_is_nothing(raw: bytes) -> None:
    assert read_line(1, raw) is None


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("{\"type\":\"dispute\",\"title\":\"马\"}".encode("gb18030"), "UTF-8"),
        (b'{"type":"dispute","id":"d-1"', "完整"),
        (b"[" * 1_000_000, "完整"),
        (b'{"a":' * 1_000_000, "完整"),
        (b'{"type":"dispute","id":"d-1","title":"\\ud800"}', "完整"),
        (b'{"type":"dispute","id":"d-1","people_count":NaN}', "完整"),
        (GOOD + GOOD, "完整"),
        (b"[1]", "一条记录"),
        (b'"x"', "一条记录"),
        (b'{"id":"d-1"}', "没有“None”"),
        (b'{"type":"watchlist","id":"d-1"}', "没有“watchlist”"),
        (b'{"type":["dispute"],"id":"d-1"}', "没有"),
        (b'{"type":"dispute"}', "编号"),
        (b'{"type":"dispute","id":7}', "编号"),
    ],
)
def test_what_is_no_record_is_said_and_the_reading_goes_on(raw: bytes, word: str) -> None:
    assert word in reasons(raw)


def test_a_line_without_end_costs_bounded_memory_and_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD + b"\n" + b"x" * (3 * LINE_BYTES) + b"\n" + GOOD)
    with open_lines(file) as opened:
        found = list(lines(opened))
    assert [(number, offset, raw and len(raw)) for number, offset, raw in found] == [
        (1, 0, len(GOOD) + 1),
        (2, len(GOOD) + 1, None),
        (3, len(GOOD) + 3 * LINE_BYTES + 2, len(GOOD)),
    ]
    assert "太长" in reasons(None)


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD)
    with open_lines(file) as opened:
        assert [read_line(n, raw) for n, _, raw in lines(opened)] == [read_line(1, GOOD)]


@pytest.mark.parametrize("head", [b"\xff\xfe", b"\xfe\xff"])
def test_a_utf_16_file_is_refused_as_a_whole(tmp_path: Path, head: bytes) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(head + b"x")
    with pytest.raises(FileRefused, match="UTF-8"):
        open_lines(file)


def test_a_missing_file_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="读不了"):
        open_lines(tmp_path / "没有.jsonl")
