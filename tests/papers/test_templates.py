"""Templates: every field of every form is there and has a source; a malformed one is refused by its line."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import resources
from desktop.papers.facts.file import EMPTY
from desktop.papers.facts.sources import LISTS, SOURCES
from desktop.papers.kinds import KINDS
from desktop.papers.library import Library, complaint, shipped, shipped_body
from desktop.papers.template.blocks import Style
from desktop.papers.template.filling import fill, numeral
from desktop.papers.template.paper import Grid
from desktop.papers.template.reading import Malformed, read
from tests.papers.a_case import about, case, filled
from tests.papers.forms import FORMS, PRINTED
from tests.papers.reading import words_of


def test_every_paper_has_a_template_and_every_template_a_paper() -> None:
    shipped_files = {file.stem for file in (resources.folder() / "papers").glob("*.txt")}
    assert shipped_files == set(KINDS) == set(FORMS)


@pytest.mark.parametrize("name", KINDS)
def test_no_placeholder_is_without_a_source(name: str) -> None:
    assert complaint(name, shipped_body(name)) == ""


@pytest.mark.parametrize("name", FORMS)
def test_no_field_of_the_form_is_missing(name: str) -> None:
    assert [field for field in FORMS[name] if field not in shipped(name).names] == []


@pytest.mark.parametrize("name", PRINTED)
def test_the_printed_sentences_and_places_to_sign_are_there(name: str) -> None:
    body = words_of(filled(name))
    assert [sentence for sentence in PRINTED[name] if sentence not in body] == []


def test_every_field_of_every_form_is_filled_from_the_record() -> None:
    """Whatever a template names prints something for a case with everything in it, but for what it is not about."""
    gaps = {name: words_of(filled(name)).count("＿") for name in KINDS}
    assert {name: count for name, count in gaps.items() if count} == {"人民调解记录": 1}, "only 择日再调 stays open"


def test_no_source_is_named_by_no_template_twice_under_two_names() -> None:
    assert not set(LISTS) & set(SOURCES)


@pytest.mark.parametrize("name", KINDS)
def test_a_blank_form_holds_nothing_of_any_case_and_room_to_write(name: str) -> None:
    form = fill(shipped(name), EMPTY, numbered=False)
    words = words_of(form)
    assert "待编号" not in words
    assert "None" not in words
    assert form.code == ""


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("", 1, "样式是空的"),
        ("标题：没有版式", 1, "先要写“版式：”"),
        ("版式：表格\n【没有这个】", 2, "不认识【没有这个】"),
        ("版式：表格\n【姓名】", 2, "不认识【姓名】"),
        ("版式：表格\n【卷名", 2, "没有成对"),
        ("版式：表格\n每个 村民\n完", 2, "“每个”后面只能写"),
        ("版式：表格\n每个 当事人\n每个 当事人\n完\n完", 3, "不能再有“每个”"),
        ("版式：表格\n如有 什么\n完", 2, "不认识“什么”"),
        ("版式：表格\n每个 当事人\n【姓名】", 2, "没有写“完”"),
        ("版式：表格\n完", 2, "多了“完”"),
        ("版式：表格\n表：20 80\n| 一格 |\n表完", 3, "有 1 格，这张表有 2 列"),
        ("版式：表格\n表：甲 乙\n表完", 2, "各列的宽"),
        ("版式：表格\n表：20\n没有竖线\n表完", 3, "用 | 开头"),
        ("版式：表格\n表：20\n| 甲 |", 2, "没有写“表完”"),
        ("版式：表格\n| 甲 |", 2, "写在“表：”和“表完”之间"),
        ("版式：表格\n空：很多", 2, "毫米"),
        ("版式：表格\n表：20 20\n| ← | 甲 |\n表完", 3, "不能是 ←"),
    ],
)
def test_a_malformed_template_is_refused_by_its_line(body: str, line: int, what: str) -> None:
    with pytest.raises(Malformed) as refused:
        read("人民调解记录", body)
    assert f"文书样式“人民调解记录”第 {line} 行：" in refused.value.message
    assert what in refused.value.message


def test_a_district_text_takes_the_place_of_ours() -> None:
    texts = Library({"封底": "版式：封面\n居中：区里的封底，共【总页数】页"})
    assert "区里的封底" in words_of(fill(texts.template("封底"), case()))


def test_a_malformed_district_text_gives_way_to_ours_and_is_told() -> None:
    texts = Library({"封底": "版式：封面\n【乱写】"})
    assert texts.template("封底") is shipped("封底")
    assert "第 2 行" in texts.complaints["封底"]
    assert "自带的样式" in texts.complaints["封底"]


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_items_are_counted_in_chinese(number: int, words: str) -> None:
    assert numeral(number) == words


NOT_IN_THIS_CASE = {
    "下次时间", "调委会设立单位", "单位", "法定代表人", "涉及单位", "本人法定代表人", "统一社会信用代码", "备注",
    "总页数", "页号", "序", "序汉字", "目录", "文书名称", "代理人",
}  # fmt: skip
"""What the invented case has none of, and what only the layout knows."""


@pytest.mark.parametrize("name", KINDS)
def test_no_field_stays_empty_when_the_record_holds_everything(name: str) -> None:
    whole = about(case(), name)
    said = {word: source(whole) for word, source in SOURCES.items()}
    for kind in LISTS.values():
        for entry, (word, source) in product(kind.entries(whole), kind.fields.items()):
            said[word] = said.get(word) or source(whole, entry)
    wanted = shipped(name).names - NOT_IN_THIS_CASE - set(LISTS)
    assert [word for word in sorted(wanted) if not said.get(word)] == []


def test_the_page_for_district_officers_names_all_they_may_write() -> None:
    page = (resources.folder().parent / "docs" / "paper-templates.zh-CN.md").read_text(encoding="utf-8")
    names = {*SOURCES, *(field for one in LISTS.values() for field in one.fields)}
    assert sorted(n for n in names if f"【{n}】" not in page and not n.startswith("本人")) == []
    assert [n for n in LISTS if f"每个 {n}" not in page] == []
    assert [word for word in get_args(Style) if word != "段" and f"{word}：" not in page] == []


def test_a_template_is_read_whatever_its_line_ends_and_marks() -> None:
    body = "\ufeff" + shipped_body("人民调解申请书").replace("\n", "\r\n")
    assert read("人民调解申请书", body) == shipped("人民调解申请书")


@given(
    st.lists(st.lists(st.sampled_from(["甲", "↑", "←", "【卷名】"]), min_size=4, max_size=4), min_size=1, max_size=6)
)
def test_cells_never_lie_on_one_another_however_they_hang_together(rows: list[list[str]]) -> None:
    lines = [
        "|" + "|".join("甲" if cell == "←" and not n else cell for n, cell in enumerate(row)) + "|" for row in rows
    ]
    (grid,) = fill(read("封底", "\n".join(["版式：表格", "表：1 1 1 1", *lines, "表完"])), case()).parts
    assert isinstance(grid, Grid)
    taken = [
        (cell.row + down, cell.column + across)
        for cell in grid.cells
        for down, across in product(range(cell.down), range(cell.across))
    ]
    assert len(taken) == len(set(taken))
    assert all(row < len(rows) and column < 4 for row, column in taken)
