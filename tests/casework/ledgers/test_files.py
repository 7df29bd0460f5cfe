"""Opening files: every format and encoding as it is, every other thing refused in plain words."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from desktop.casework.ledgers import LedgerRefused, Refusal, open_ledger
from desktop.casework.ledgers.grid import Cell
from tests import ledger_files

Maker = Callable[[Path, Random], Path]


def as_calamine(cell: Cell) -> object:
    return "" if cell is None else cell


@pytest.mark.parametrize(
    "make",
    [ledger_files.plain_xlsx, ledger_files.province_xlsx, ledger_files.merged_xlsx, ledger_files.old_xls,
     ledger_files.several_sheets_xlsx],
)  # fmt: skip
def test_the_cells_are_those_another_reader_finds(tmp_path: Path, random: Random, make: Maker) -> None:
    path = make(tmp_path, random)
    other = CalamineWorkbook.from_path(str(path))
    for sheet in open_ledger(path).sheets:
        found = other.get_sheet_by_name(sheet.name)
        expected = found.to_python(skip_empty_area=False)
        assert len(sheet.rows) == len(expected)
        for row, cells in zip(expected, sheet.rows, strict=True):
            assert [*map(as_calamine, cells)] + [""] * (len(row) - len(cells)) == row
        spans = [((m.top, m.left), (m.bottom, m.right)) for m in sheet.merges]
        assert spans == (found.merged_cell_ranges or [])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_every_encoding_and_with_every_sign(
    tmp_path: Path, random: Random, encoding: str, delimiter: str
) -> None:
    path = ledger_files.delimited(tmp_path, random, encoding=encoding, delimiter=delimiter)
    ledger = open_ledger(path)
    assert ledger.kind == "csv"
    assert ledger.sheets[0].rows[1] == list(ledger_files.LEDGER_HEADINGS)
    assert len(ledger.sheets[0].rows) == 14
    assert "第二行" in str(ledger.sheets[0].rows[4][9])


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (ledger_files.plain_xlsx, "其实是新的.xls", "xlsx"),
        (ledger_files.old_xls, "其实是老的.xlsx", "xls"),
        (ledger_files.old_xls, "金山表格.et", "xls"),
        (ledger_files.delimited, "其实是文本.xls", "csv"),
        (ledger_files.delimited, "台 账 2026.txt", "csv"),
    ],
)
def test_a_file_is_read_by_what_it_is(tmp_path: Path, random: Random, make: Maker, name: str, kind: str) -> None:
    path = tmp_path / name
    shutil.copy(make(tmp_path, random), path)
    assert open_ledger(path).kind == kind


CONTENTS = [
    ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(90), Refusal.NOT_A_LEDGER, "图片"),
    ("协议.xls", b"%PDF-1.7 ...", Refusal.NOT_A_LEDGER, "PDF"),
    ("网页.xls", "<html><table><tr><td>序号</td></tr></table>".encode("gbk"), Refusal.WEB_PAGE, "网页"),
    ("网页2.xls", b'\xef\xbb\xbf\r\n<?xml version="1.0"?><Workbook/>', Refusal.WEB_PAGE, "另存为 .xlsx"),
    ("空的.xlsx", b"", Refusal.EMPTY, "空的"),
    ("空的.csv", b"\xef\xbb\xbf\r\n \r\n", Refusal.EMPTY, "空的"),
    ("逗号.csv", b",,,\r\n,,,\r\n", Refusal.EMPTY, "空的"),
    ("程序.csv", bytes(range(256)) * 4, Refusal.NOT_A_LEDGER, "别的文件"),
    ("乱码.csv", "序号,当事人\n1,张".encode("gbk") + b"\xff\xff\n2,b\n3,c\n", Refusal.ENCODING, "读不出来"),
    ("~$台账.xlsx", b"whatever", Refusal.LOCK_FILE, "~$"),
    ("引号.csv", '序号,当事人,类型\n1,张三,"邻里\n2,李四,邻里\n3,王五,"邻里\n'.encode(), Refusal.QUOTES, "引号"),
    ("引号2.csv", '序号,当事人,类型\n1,张三,"邻里\n2,李四,邻里\n'.encode(), Refusal.QUOTES, "第 2 行"),
    ("断了.csv", "序号,当事人,类型\n1,张三,邻里\n2,李四,邻里\n3,王".encode(), Refusal.CUT_SHORT, "不完整"),
    ("断字.csv", "序号,当事人,类型\n1,张三,邻里".encode()[:-1], Refusal.CUT_SHORT, "不完整"),
]


@pytest.mark.parametrize(("name", "content", "code", "word"), CONTENTS, ids=[item[0] for item in CONTENTS])
def test_what_is_no_ledger_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes, code: Refusal, word: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(path)
    assert refused.value.code == code
    assert word in refused.value.message
    assert "本机的台账没有动" in refused.value.message


@pytest.mark.parametrize("make", [ledger_files.plain_xlsx, ledger_files.old_xls])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_file_cut_short_is_refused_as_such(tmp_path: Path, random: Random, make: Maker, share: float) -> None:
    path = make(tmp_path, random)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LedgerRefused) as refused:
        open_ledger(path)
    assert refused.value.code == Refusal.CUT_SHORT


def test_a_password_a_word_document_and_a_missing_file_are_told_apart(tmp_path: Path, random: Random) -> None:
    codes = {}
    for path in (
        ledger_files.protected_ole(tmp_path),
        ledger_files.docx(tmp_path),
        tmp_path / "没有.xlsx",
        tmp_path,
        ledger_files.circular_xls(tmp_path, random),
    ):
        with pytest.raises(LedgerRefused) as refused:
            open_ledger(path)
        codes[path.name] = refused.value.code
    assert list(codes.values()) == ["password", "not_a_ledger", "missing", "unreadable", "damaged"]


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="needs to step down from root")
def test_a_file_that_may_not_be_opened_is_called_locked(random: Random) -> None:
    folder = Path("/tmp") / f"ledger-{os.getpid()}"
    folder.mkdir(mode=0o755)
    path = ledger_files.plain_xlsx(folder, random, count=2)
    path.chmod(0o600)
    try:
        os.seteuid(65_534)
        with pytest.raises(LedgerRefused) as refused:
            open_ledger(path)
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)
    assert refused.value.code == Refusal.LOCKED
    assert "正在 Excel 或 WPS 里开着" in refused.value.message


def test_names_with_prefixes_and_parts_elsewhere_are_read(tmp_path: Path, random: Random) -> None:
    """Other programs write <x:row> and put the parts where they like."""
    source = ledger_files.plain_xlsx(tmp_path, random, count=2)
    plain = open_ledger(source).sheets[0].rows

    def prefixed(xml: bytes) -> bytes:
        for name in (b"worksheet", b"sheetData", b"row", b"c", b"v"):
            for end in (b" ", b">", b"/>"):
                xml = xml.replace(b"<" + name + end, b"<x:" + name + end).replace(
                    b"</" + name + end, b"</x:" + name + end
                )
        return xml.replace(b"xmlns=", b"xmlns:x=", 1)

    odd = ledger_files.edited(source, tmp_path / "别家.xlsx", {ledger_files.SHEET: prefixed})
    assert open_ledger(odd).sheets[0].rows == plain


def test_any_broken_byte_ends_in_an_answer(tmp_path: Path, random: Random) -> None:
    sources = [ledger_files.plain_xlsx(tmp_path, random, count=3), ledger_files.old_xls(tmp_path, random, count=4)]
    path, messages = tmp_path / "坏的", []
    for round_ in range(120):
        content = bytearray(sources[round_ % 2].read_bytes())
        for _ in range(random.choice((1, 5, 40))):
            content[random.randrange(len(content))] = random.randrange(256)
        path.write_bytes(content)
        try:
            open_ledger(path)
        except LedgerRefused as refused:
            messages.append(refused.message)
    assert len(messages) > 20
    assert all("本机的台账没有动" in message for message in messages)
