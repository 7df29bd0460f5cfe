"""Ledger files of every kind an office may hand over, sound and damaged, made from invented disputes.

Each maker takes a folder and a seeded `random.Random` and answers the path; what a right reading must
find is known from the invented disputes, made with the same seed.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import xlsxwriter
import xlwt

from desktop.demo.ledger import INVENTED, InventedDispute, full_width, invented_disputes

LEDGER_HEADINGS = (
    "序号", "案件编码", "排查日期", "来源", "所属乡镇/村/网格", "纠纷名称（当事人）", "类型", "涉及人数",
    "涉及金额", "简要情况", "风险等级", "难易", "责任单位", "责任人", "包案领导", "化解方式", "化解时限",
    "目前进展", "化解情况", "化解日期", "是否回访/满意度", "是否移交及去向", "备注",
)  # fmt: skip
"""The columns of domain.md §4.5."""

PROVINCE_HEADINGS = (
    "案件编码", "调委会", "调解工作室", "受理员", "受理时间", "案件来源", "案件难度级别", "纠纷类别",
    "行政划分", "有无死亡", "主办调解员", "协办调解员", "调解时间", "调解书编号", "调解结果", "调解协议金(元)",
    "协议履行情况", "当事人", "协议形式", "纠纷简要情况", "以奖代补评定", "案件属性", "涉及特殊群体情况",
    "涉及农民工纠纷情况", "纠纷转化情况",
)  # fmt: skip
"""The 25 columns of domain.md §2.4."""

PROVINCE_TYPES = {"0902": "房屋宅基地", "02": "邻里", "07": "劳动争议", "0102": "婚姻家庭", "0804": "合同"}


def ledger_row(number: int, dispute: InventedDispute) -> list[object]:
    """A dispute in the columns of §4.5, cleanly written."""
    return [
        number, f"样{dispute.found:%Y%m%d}{number:05d}", f"{dispute.found:%Y-%m-%d}", dispute.source, "花所镇花所村",
        f"{dispute.first}与{dispute.second}纠纷", f"{dispute.type_words}纠纷", dispute.people, dispute.amount_yuan,
        dispute.story, "低", "简单", "花所村调委会", "村主任", "包村干部", "人民调解", "", dispute.status,
        dispute.ending, dispute.ended.strftime("%Y.%m.%d") if dispute.ended else "", "", "", f"样例{number}",
    ]  # fmt: skip


def province_row(number: int, dispute: InventedDispute) -> list[object]:
    """A dispute in the 25 provincial columns."""
    settled = dispute.ended is not None
    return [
        f"样P{number:05d}", "花所村人民调解委员会", "", "受理员某", dispute.found.strftime("%Y-%m-%d"),
        "当事人口头申请", "简单",
        PROVINCE_TYPES.get(dispute.zz_type, dispute.type_words), "崆峒区花所镇花所村", "无", "主办某", "协办某",
        dispute.found.strftime("%Y-%m-%d"), f"（2026）花人调字第{number}号" if settled else "",
        "调解成功" if settled else "正在调解", dispute.amount_yuan, "已履行" if settled else "",
        f"{dispute.first}、{dispute.second}", "口头协议" if settled else "", dispute.story, "", "普通", "无",
        "否", "无",
    ]  # fmt: skip


Merges = Sequence[tuple[int, int, int, int]]


def write_rows(path: Path, rows: Sequence[Sequence[object]], *, sheet: str = "台账", merges: Merges = ()) -> Path:
    """Rows as they are into an .xlsx; `merges` are (first row, first column, last row, last column) from 0."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        day = workbook.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for first_row, first, last_row, last in merges:
            worksheet.merge_range(first_row, first, last_row, last, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in ("", None):
                    worksheet.write(number, column, value, day if isinstance(value, datetime) else None)
    return path


def plain_xlsx(folder: Path, random: Random, *, count: int = 30) -> Path:
    """The §4.5 ledger with nothing odd about it."""
    rows = [ledger_row(number, dispute) for number, dispute in enumerate(invented_disputes(random, count), start=1)]
    return write_rows(folder / "台账 2026.xlsx", [[f"矛盾纠纷台账（{INVENTED}）"], LEDGER_HEADINGS, *rows])


def province_xlsx(folder: Path, random: Random, *, count: int = 30) -> Path:
    """The provincial export."""
    rows = [province_row(number, dispute) for number, dispute in enumerate(invented_disputes(random, count), start=1)]
    return write_rows(folder / "诉源事件导出.xlsx", [PROVINCE_HEADINGS, *rows], sheet="Sheet1")


def long_xlsx(folder: Path, random: Random, *, count: int = 10_000) -> Path:
    """A year of a whole district."""
    return plain_xlsx(folder, random, count=count)


def merged_xlsx(folder: Path, random: Random) -> Path:
    """Two-line header, a village merged over several rows, months as section rows, a repeated header,
    pre-numbered blank rows, a total and notes."""
    path = folder / "合并单元格.xlsx"
    first = [
        "序号", "村", "排查时间", "甲方", "", "乙方", "", "纠纷类型", "涉及人数", "涉及金额（万元）", "简要情况",
        "是否化解",
    ]  # fmt: skip
    second = ["", "", "", "姓名", "电话", "姓名", "电话"]
    disputes = invented_disputes(random, 8)
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("2026年3月")
        center = workbook.add_format({"align": "center"})
        sheet.merge_range(0, 0, 0, 11, f"花所镇矛盾纠纷台账（{INVENTED}）", center)
        for line, headings in ((2, first), (3, second)):
            sheet.write_row(line, 0, headings)
        for column in (0, 1, 2, 7, 8, 9, 10, 11):
            sheet.merge_range(2, column, 3, column, first[column])
        sheet.merge_range(2, 3, 2, 4, "甲方")
        sheet.merge_range(2, 5, 2, 6, "乙方")
        for index, dispute in enumerate(disputes):
            row = 4 + index + (1 if index >= 4 else 0)
            sheet.write_row(row, 0, [index + 1, "", f"{dispute.found.month}月{dispute.found.day}日", dispute.first,
                                     dispute.phones[0], dispute.second, dispute.phones[1], dispute.type_words,
                                     f"{dispute.people}人", dispute.amount_yuan / 10_000, dispute.story,
                                     "是"])  # fmt: skip
        sheet.merge_range(4, 1, 7, 1, "花所村委会")
        sheet.write_row(8, 0, first)
        sheet.merge_range(9, 1, 12, 1, "花所村")
        sheet.write_column(13, 0, [9, 10])
        sheet.write_row(15, 0, ["合 计", "", "", "", "", "", "", "", 24])
        sheet.write_string(17, 0, "填表人：某某")
        sheet.write_string(17, 6, "填报日期：2026年4月1日")
    return path


def several_sheets_xlsx(folder: Path, random: Random) -> Path:
    """A sheet for each month, a sheet of explanations, and a hidden sheet of choices."""
    path = folder / "分月台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for month in ("一月", "二月"):
            sheet = workbook.add_worksheet(month)
            sheet.write_string(0, 0, f"花所村2026年{month}台账（{INVENTED}）")
            sheet.write_row(1, 0, LEDGER_HEADINGS)
            for number, dispute in enumerate(invented_disputes(random, 5), start=1):
                sheet.write_row(1 + number, 0, [value or "" for value in ledger_row(number, dispute)])
        notes = workbook.add_worksheet("说明")
        notes.write_column(0, 0, ["怎么填这张表", "按月填，月底报镇上"])
        hidden = workbook.add_worksheet("码表")
        hidden.write_column(0, 0, ["宅基地", "邻里"])
        hidden.hide()
    return path


def old_xls(folder: Path, random: Random, *, count: int = 20) -> Path:
    """An .xls with real dates, merged cells and texts long enough to run over record ends."""
    path = folder / "老台账.xls"
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    sheet.write_merge(0, 0, 0, 8, f"花所村矛盾纠纷台账（{INVENTED}）")
    for column, heading in enumerate(LEDGER_HEADINGS):
        sheet.write(1, column, heading)
    for number, dispute in enumerate(invented_disputes(random, count), start=1):
        for column, value in enumerate(ledger_row(number, dispute)):
            if column == 2:
                sheet.write(1 + number, column, datetime.combine(dispute.found, datetime.min.time()), day)
            elif value != "":
                text = value * 40 if column == 9 and isinstance(value, str) and number % 5 == 0 else value
                sheet.write(1 + number, column, text)
    book.save(str(path))
    return path


def delimited(
    folder: Path, random: Random, *, encoding: str = "gb18030", delimiter: str = ",", suffix: str = ".csv"
) -> Path:
    """The §4.5 ledger as text, a line break inside one cell."""
    path = folder / f"台账 {encoding}{suffix}"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([f"矛盾纠纷台账（{INVENTED}）"])
    writer.writerow(LEDGER_HEADINGS)
    for number, dispute in enumerate(invented_disputes(random, 12), start=1):
        row = ledger_row(number, dispute)
        row[9] = f"{row[9]}\n第二行" if number == 3 else row[9]
        writer.writerow(row)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def untidy_rows(dispute: InventedDispute) -> list[list[object]]:
    """One dispute written in many untidy ways, each of which must read the same."""
    day, people = dispute.found, dispute.people
    days = (
        f"{day:%Y}.{day.month}.{day.day}", f"{day:%Y-%m-%d}", f"{day:%Y}/{day.month}/{day.day}",
        f"{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", (day - datetime(1899, 12, 30).date()).days,
        datetime.combine(day, datetime.min.time()), full_width(f"{day:%Y}.{day.month}.{day.day}"),
        f" {day:%Y} . {day.month} . {day.day} ",
    )  # fmt: skip
    rows = []
    for number, written in enumerate(days, start=1):
        row = ledger_row(number, dispute)
        row[1], row[2], row[22] = "", written, f"第{number}种写法"
        row[7] = (people, f"{people}人", full_width(str(people)))[number % 3]
        row[8] = (dispute.amount_yuan, f"{dispute.amount_yuan:,}元", f"{dispute.amount_yuan / 10000:g}万")[number % 3]
        rows.append(row)
    return rows


# --- files that are not what they say, or are hurt -------------------------------------------------


def edited(source: Path, target: Path, edits: dict[str, Callable[[bytes], bytes]]) -> Path:
    """A workbook with some of its parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            change = edits.get(info.filename, bytes)
            new.writestr(info.filename, change(old.read(info)))
    return target


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def far_cell_xlsx(folder: Path, random: Random) -> Path:
    """A value in XFD1048576, which some readers answer with 16 billion cells."""
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return edited(plain_xlsx(folder, random, count=3), folder / "远处一格.xlsx",
                  {SHEET: lambda xml: xml.replace(b"</sheetData>", cell)})  # fmt: skip


def deep_zip_xlsx(folder: Path, random: Random, *, declared: int | None = None) -> Path:
    """A sheet that inflates from kilobytes to tens of megabytes; `declared` makes it lie about that."""
    source, target = plain_xlsx(folder, random, count=3), folder / "炸弹.xlsx"
    blank = b'<c r="A9" s="1"/>' * 50_000
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != SHEET:
                new.writestr(info.filename, old.read(info))
                continue
            head, tail = old.read(info).split(b"</sheetData>")
            with new.open(SHEET, "w") as out:
                out.write(head)
                for _ in range(40):
                    out.write(blank)
                out.write(b"</sheetData>" + tail)
        size = new.getinfo(SHEET).file_size
    return target if declared is None else lying_about_size(target, size, declared)


def lying_about_size(path: Path, size: int, declared: int) -> Path:
    """The same archive with one part's size written wrong wherever it is written."""
    content = path.read_bytes()
    return _rewritten(path, content.replace(struct.pack("<I", size), struct.pack("<I", declared)))


def _rewritten(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def echo_xlsx(folder: Path, random: Random) -> Path:
    """One huge text that a hundred thousand cells point to."""
    strings = b'<?xml version="1.0"?><sst %s><si><t>%s</t></si></sst>' % (_MAIN, b"x" * 30_000)
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 100_000))
    sheet = b'<?xml version="1.0"?><worksheet %s><sheetData>%s</sheetData></worksheet>' % (_MAIN, cells)
    return edited(plain_xlsx(folder, random, count=3), folder / "回声.xlsx",
                  {STRINGS: lambda _: strings, SHEET: lambda _: sheet})  # fmt: skip


def entities_xlsx(folder: Path, random: Random) -> Path:
    """A billion laughs in the shared strings."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    strings = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "ha">%s]><sst><si><t>&l11;</t></si></sst>' % laughs
    return edited(plain_xlsx(folder, random, count=3), folder / "实体.xlsx", {STRINGS: lambda _: strings})


def lying_count_xlsx(folder: Path, random: Random) -> Path:
    """Shared strings that claim to be billions: harmless, and read as what is there."""
    return edited(plain_xlsx(folder, random, count=3), folder / "虚报.xlsx",
                  {STRINGS: lambda xml: xml.replace(b'uniqueCount="', b'uniqueCount="99999999')})  # fmt: skip


def many_merges_xlsx(folder: Path, random: Random) -> Path:
    """Three hundred thousand merged ranges, each over the whole sheet."""
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:A199999"/>' * 300_000 + b"</mergeCells></worksheet>"
    return edited(plain_xlsx(folder, random, count=3), folder / "合并太多.xlsx",
                  {SHEET: lambda xml: xml.replace(b"</worksheet>", merges)})  # fmt: skip


def edited_bytes(source: Path, name: str, change: Callable[[bytearray], object]) -> Path:
    """A copy with some bytes changed."""
    content = bytearray(source.read_bytes())
    change(content)
    target = source.with_name(name)
    target.write_bytes(content)
    return target


def circular_xls(folder: Path, random: Random) -> Path:
    """An .xls whose chain of sectors bites its own tail."""
    source = old_xls(folder, random, count=60)

    def bite(content: bytearray) -> None:
        fat = 512 + struct.unpack_from("<I", content, 76)[0] * 512
        struct.pack_into("<I", content, fat + 4 * 10, 5)

    return edited_bytes(source, "转圈.xls", bite)


def far_cell_xls(folder: Path, random: Random) -> Path:
    """An .xls with its last text moved to row 65536, column 65536."""
    source = old_xls(folder, random)

    def move(content: bytearray) -> None:
        struct.pack_into("<HH", content, content.rfind(b"\xfd\x00\x0a\x00") + 4, 65_535, 65_535)

    return edited_bytes(source, "远处一格.xls", move)


def protected_ole(folder: Path, name: str = "加密.xlsx") -> Path:
    """A compound file with an EncryptedPackage stream, as Excel writes for a password."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    entries = b"".join(
        _directory_entry(entry, kind) for entry, kind in (("Root Entry", 5), ("EncryptedPackage", 2), ("", 0), ("", 0))
    )
    path = folder / name
    path.write_bytes(bytes(header) + fat + entries)
    return path


def _directory_entry(name: str, kind: int) -> bytes:
    entry = bytearray(128)
    raw = name.encode("utf-16-le")
    entry[: len(raw)] = raw
    struct.pack_into("<HB", entry, 64, len(raw) + 2 if name else 0, kind)
    struct.pack_into("<II", entry, 116, 0xFFFFFFFE, 0)
    return bytes(entry)


def docx(folder: Path, name: str = "其实是文档.xlsx") -> Path:
    """A Word document under a workbook's name."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return path
