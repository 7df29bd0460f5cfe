"""Finding headers and saying of every row what it is; guessing columns from headings."""

import pytest

from desktop.casework.ledgers import LedgerContext, guess_mapping
from desktop.casework.ledgers.columns import heading_unit
from desktop.casework.ledgers.grid import Cell, Merge, Sheet
from desktop.casework.ledgers.tables import find_tables
from tests import ledger_files

HEADINGS = ["序号", "排查日期", "当事人", "纠纷类型", "简要情况", "备注"]
A_ROW: list[Cell] = [1, "2026.3.5", "张三、李四", "邻里", "墙角渗水", None]


def kinds(context: LedgerContext, *rows: list[Cell], merges: tuple[Merge, ...] = ()) -> list[str]:
    sheet = Sheet("台账", list(rows), merges)
    return [row.kind.value for row in find_tables(sheet, context.columns)[1]]


def test_every_row_is_one_kind_of_thing(context: LedgerContext) -> None:
    found = kinds(
        context,
        ["2026年矛盾纠纷台账"], [], ["填报单位：花所村", None, "填报日期：3月"], list(HEADINGS), A_ROW, [],
        [2, None, None], ["三月份"], ["一、邻里纠纷"], A_ROW, list(HEADINGS), A_ROW, [None, "小计", 3], ["合 计", 3],
        ["本月无新增矛盾纠纷"], ["备注：按月报送"], ["填表人：某某", None, "审核人：某某"],
    )  # fmt: skip
    assert found == [
        "title", "blank", "title", "header", "data", "blank", "blank", "note", "note", "data", "header", "data",
        "total",
        "total", "note", "note", "note",
    ]  # fmt: skip


def test_a_row_of_words_that_are_also_headings_stays_a_row(context: LedgerContext) -> None:
    found = kinds(
        context,
        list(HEADINGS),
        ["1", "网格员", "社区", "其他", "说明", "备注"],
        ["", None, "张三", "其他", "社区", None],
    )
    assert found == ["header", "data", "data"]


def test_a_row_with_one_cell_is_not_taken_for_a_note(context: LedgerContext) -> None:
    """A lone story is a dispute someone has not finished writing: it must come up, not vanish."""
    found = kinds(context, list(HEADINGS), A_ROW, [None, None, None, None, "张三家墙角渗水"])
    assert found[-1] == "data"


def test_a_wide_merged_line_between_rows_is_a_note(context: LedgerContext) -> None:
    found = kinds(context, list(HEADINGS), A_ROW, ["花所村"], A_ROW, merges=(Merge(2, 0, 2, 5),))
    assert found == ["header", "data", "note", "data"]


def test_a_second_table_below_has_its_own_headings_and_title(context: LedgerContext) -> None:
    other: list[Cell] = ["编号", "登记时间", "申请人", "被申请人", "纠纷类别", "主要内容", "调解结果"]
    row: list[Cell] = [1, "2026.3.6", "张三", "李四", "邻里", "墙角渗水", "调解成功"]
    rows: list[list[Cell]] = [["一季度台账"], list(HEADINGS), A_ROW, [], ["二季度台账"], other, row]
    tables, _ = find_tables(Sheet("台账", rows), context.columns)
    assert [table.titles for table in tables] == [["一季度台账"], ["二季度台账"]]
    assert [table.headings for table in tables] == [tuple(HEADINGS), tuple(other)]
    assert [row.kind for row in find_tables(Sheet("台账", rows), context.columns)[1]][3:5] == ["blank", "title"]


TWO_LINES: list[list[Cell]] = [
    ["序号", "甲方", None, "乙方", None, "纠纷类型", "简要情况"],
    [None, "姓名", "电话", "姓名", "电话"],
    [1, "张三", 13812345678, "李四", 13912345678, "邻里", "墙角渗水"],
]


def test_a_two_line_header_is_read_with_merges_and_without(context: LedgerContext) -> None:
    merges = (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 0, 4), Merge(0, 5, 1, 5), Merge(0, 6, 1, 6))
    expected = ("序号", "甲方/姓名", "甲方/电话", "乙方/姓名", "乙方/电话", "纠纷类型", "简要情况")
    for cover in ((), merges):
        table = find_tables(Sheet("台账", TWO_LINES, cover), context.columns)[0][0]
        assert table.headings == expected
        assert [row.kind.value for row in table.rows] == ["header", "header", "data"]


def test_groups_over_the_headings_belong_to_the_header(context: LedgerContext) -> None:
    rows: list[list[Cell]] = [
        ["某某镇台账"], ["基本情况", None, None, None, "化解情况", None], [*HEADINGS[:4], "化解方式", "化解日期"],
        [1, "2026.3.5", "张三", "邻里", "人民调解", "2026.3.9"],
    ]  # fmt: skip
    merges = (Merge(0, 0, 0, 5), Merge(1, 0, 1, 3), Merge(1, 4, 1, 5))
    table = find_tables(Sheet("台账", rows, merges), context.columns)[0][0]
    assert table.titles == ["某某镇台账"]
    assert guess_mapping(table.headings, context.columns).keys == (
        "seq", "found_date", "parties", "zz_type", "resolve_way", "end_date",
    )  # fmt: skip


def test_unknown_headings_are_found_and_left_to_the_person(context: LedgerContext) -> None:
    rows: list[list[Cell]] = [["甲乙丙"], ["天干", "地支", "属相", "星宿"], ["甲", "子", "鼠", "虚"]]
    table = find_tables(Sheet("台账", rows), context.columns)[0][0]
    assert table.headings == ("天干", "地支", "属相", "星宿")
    mapping = guess_mapping(table.headings, context.columns)
    assert mapping.keys == (None,) * 4
    assert mapping.with_choice(1, "summary").with_choice(2, "summary").keys == (None, None, "summary", None)


def test_the_person_may_say_where_the_header_is(context: LedgerContext) -> None:
    rows: list[list[Cell]] = [
        ["甲", "乙", "丙"],
        ["1月", "2", "3"],
        ["何时", "何人", "何事"],
        ["2026.3.5", "张三", "吵架"],
    ]
    table = find_tables(Sheet("台账", rows), context.columns, header_rows=(3, 3))[0][0]
    assert table.headings == ("何时", "何人", "何事")
    assert table.titles == ["甲  乙  丙", "1月  2  3"]


def test_values_repeat_down_merged_cells_and_as_above(context: LedgerContext) -> None:
    rows: list[list[Cell]] = [
        list(HEADINGS), [1, "2026.3.5", "张三", "邻里", "渗水", "甲村"], [2, "同上", "李四", "〃", "占道"],
    ]  # fmt: skip
    table = find_tables(Sheet("台账", rows, (Merge(1, 5, 2, 5),)), context.columns)[0][0]
    last = table.rows[-1]
    assert last.cells == [2, "2026.3.5", "李四", "邻里", "占道", "甲村"]
    assert last.inherited == {1, 3, 5}


@pytest.mark.parametrize("headings", [ledger_files.LEDGER_HEADINGS, ledger_files.PROVINCE_HEADINGS])
def test_every_column_of_the_two_known_shapes_is_known(context: LedgerContext, headings: tuple[str, ...]) -> None:
    mapping = guess_mapping(headings, context.columns)
    assert None not in mapping.keys
    assert len(set(mapping.keys)) == len(headings)


def test_headings_are_known_with_stars_brackets_breaks_and_full_width(context: LedgerContext) -> None:
    headings = [
        "＊序号",
        "排查\n时间",
        "当事人（姓名）",
        "矛盾纠纷 类型",
        "涉及金额（万元）",
        "简 要 情 况",
        "包案领导及职务",
        "天气",
    ]
    assert guess_mapping(headings, context.columns).keys == (
        "seq", "found_date", "parties", "zz_type", "amount", "summary", "leader_in_charge", None,
    )  # fmt: skip


def test_a_bare_phone_belongs_to_the_person_before_it(context: LedgerContext) -> None:
    headings = ["甲方姓名", "性别", "联系电话", "乙方姓名", "联系电话", "责任人", "联系电话"]
    assert guess_mapping(headings, context.columns).keys == (
        "party_a_name", "party_a_sex", "party_a_phone", "party_b_name", "party_b_phone", "resp_person", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "yuan"), [("涉及金额（万元）", 10_000), ("金额(元)", 1), ("金额", 1), ("标的/万元", 10_000)]
)
def test_a_heading_tells_what_its_numbers_count(heading: str, yuan: int) -> None:
    assert heading_unit(heading) == yuan
