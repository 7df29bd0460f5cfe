"""The ledger for the printer, read back from the PDF: every row once, headings on every page, long rows whole."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from desktop.papers.refusal import PaperRefused
from desktop.papers.sheet_pdf import write_pdf
from desktop.papers.workbook import Cell, Column, Sheet

AT = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))
COLUMNS = (Column("序号", 6, "number"), Column("案件编码", 12), Column("纠纷名称", 30, "wrap"),
           Column("涉及金额（元）", 14, "money", summed=True), Column("登记", 12, "day"))  # fmt: skip


def row(number: int, title: str = "宅基地纠纷") -> list[Cell]:
    return [number, f"编{number:05d}", title, 150_050, AT.date()]


def texts(file: Path) -> list[str]:
    with closing(pdfium.PdfDocument(file)) as book:
        return [page.get_textpage().get_text_range() for page in book]


def numbers(pages: list[str]) -> list[int]:
    return [int(found) for page in pages for found in re.findall(r"编(\d{5})", re.sub(r"\s", "", page))]


def test_every_row_stands_on_one_page_once_and_in_order(tmp_path: Path) -> None:
    told: list[int] = []
    file = tmp_path / "花所镇 台账.pdf"
    rows = (row(n) for n in range(1, 901))
    sheet = Sheet("台账", COLUMNS, rows, "排查调处台账", totals=True, note="花所镇 马秀兰 制")
    assert write_pdf(file, sheet, at=AT, on_rows=told.append) == 900
    pages = texts(file)
    assert numbers(pages) == [*range(1, 901)]
    assert all("纠纷名称" in page and f"第 {n} 页" in page for n, page in enumerate(pages, 1))
    assert ("排查调处台账" in pages[0], "排查调处台账" in pages[1]) == (True, False)
    assert "花所镇 马秀兰 制" in pages[0]
    assert "合计" in pages[-1]
    assert "1,350,450.00" in pages[-1]
    assert min(len(numbers([page])) for page in pages[:-1]) > 25, "no page is left half empty between portions"
    assert told == sorted(told)
    assert told[-1] == 900


def test_portions_leave_no_half_empty_page_and_rows_of_many_pages_are_whole(tmp_path: Path) -> None:
    long = "地界说不清。" * 1_500
    rows = [row(n, f"始{long}终" if n in (398, 399, 640) else "水渠纠纷") for n in range(1, 821)]
    write_pdf(tmp_path / "a.pdf", Sheet("台账", COLUMNS, rows), at=AT)
    pages = texts(tmp_path / "a.pdf")
    assert numbers(pages) == [*range(1, 821)]
    words = re.sub(r"\s", "", "".join(pages))
    assert words.count("始") == words.count("终") == 3
    assert min(len(numbers([page])) for page in pages[:8]) > 25


def test_an_empty_ledger_a_long_number_and_odd_signs_are_printed(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", Sheet("台账", COLUMNS, [], "台账", totals=True), at=AT)
    assert "合计" in texts(tmp_path / "a.pdf")[0]
    odd = 'a"b\\c #d [e] $f$ @g <h> *i* _j_ //k'
    rows: list[list[Cell]] = [[1, "6208021072042026112300700" * 2, odd, None, None], [2, "x" * 300, "䶮", 0, None]]
    write_pdf(tmp_path / "b.pdf", Sheet("台账", COLUMNS, rows), at=AT)
    found = "".join(texts(tmp_path / "b.pdf")).replace("\r\n", "")
    assert odd.replace(" ", "") in found.replace(" ", "")
    assert "6208021072042026112300700" * 2 in found
    assert "䶮" in found


def test_who_stops_it_finds_no_file_and_the_former_one_untouched(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"former")

    def stop(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pdf(file, Sheet("台账", COLUMNS, map(row, range(900))), at=AT, on_rows=stop)
    assert file.read_bytes() == b"former"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    with pytest.raises(PaperRefused):
        write_pdf(tmp_path / "没有" / "a.pdf", Sheet("台账", COLUMNS, []), at=AT)


def test_rows_are_read_as_they_are_printed_not_all_at_once(tmp_path: Path) -> None:
    read: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(1200):
            read.append(number)
            yield row(number)

    seen: list[int] = []
    write_pdf(tmp_path / "a.pdf", Sheet("台账", COLUMNS, rows()), at=AT, on_rows=lambda _: seen.append(len(read)))
    assert seen[0] < 1200
