"""Workbooks: what is written is what is read back, safely, whole or not at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.papers.refusal import PaperRefused
from desktop.papers.workbook import Column, Sheet, write_workbook

COLUMNS = (
    Column("姓名", 12), Column("几个人", 8, "number"), Column("金额（元）", 12, "money"), Column("哪天", 12, "day"),
)  # fmt: skip


class Stopped(Exception):
    """The person asked to stop."""


def read(file: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_name(sheet).to_python()


def test_every_kind_of_cell_comes_back_as_itself(tmp_path: Path) -> None:
    file = tmp_path / "花所村 台账.xlsx"
    rows = [("马某甲", 3, 128050, date(2026, 3, 5)), ("𬱖䶮", None, None, None), ("", 0, 0, date(1999, 12, 31))]
    assert write_workbook(file, [Sheet("台账", COLUMNS, rows, "花所村台账")]) == 3
    found = read(file, "台账")
    assert found[0][0] == "花所村台账"
    assert found[1] == ["姓名", "几个人", "金额（元）", "哪天"]
    assert found[2] == ["马某甲", 3, 1280.5, date(2026, 3, 5)]
    assert found[3][0] == "𬱖䶮"


@pytest.mark.parametrize("text", ["=1+1", "+8613809352207", "@SUM(A1)", '=HYPERLINK("http://x")', "13809352207"])
def test_text_is_never_a_formula_nor_a_number(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.xlsx"
    write_workbook(file, [Sheet("人", (Column("电话"),), [(text,)])])
    assert read(file, "人")[1] == [text]


def test_a_row_that_cannot_come_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(b"old")

    def rows() -> Iterator[tuple[str]]:
        yield ("一",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_workbook(file, [Sheet("人", (Column("姓名"),), rows())])
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("台账.xlsx", b"old")]


def test_a_missing_folder_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(PaperRefused) as caught:
        write_workbook(tmp_path / "没有" / "a.xlsx", [])
    assert "没有" in caught.value.message


def test_a_place_that_takes_no_file_is_said_in_plain_words(tmp_path: Path) -> None:
    taken = tmp_path / "a.xlsx"
    taken.mkdir()
    (taken / "x").touch()
    with pytest.raises(PaperRefused) as caught:
        write_workbook(taken, [Sheet("人", (Column("姓名"),), [("一",)])])
    assert "没存成" in caught.value.message


def test_progress_is_told_and_can_stop_the_writing(tmp_path: Path) -> None:
    told: list[int] = []

    def stop(count: int) -> None:
        told.append(count)
        if count >= 1000:
            raise Stopped

    rows = (("一",) for _ in range(5000))
    with pytest.raises(Stopped):
        write_workbook(tmp_path / "a.xlsx", [Sheet("人", (Column("姓名"),), rows)], on_rows=stop)
    assert told == [500, 1000]
    assert list(tmp_path.iterdir()) == []
