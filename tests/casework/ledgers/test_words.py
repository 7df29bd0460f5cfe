"""Free text to codes, and places by their names."""

import pytest

from desktop.casework.ledgers import LedgerContext
from desktop.casework.ledgers.context import Knowledge, year_in
from desktop.casework.ledgers.gazetteer import Gazetteer
from desktop.casework.ledgers.vocabulary import Vocabulary
from tests.casework.ledgers.conftest import HUASUO

TOWN = "620802107000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("邻里", "02"), ("邻里纠纷", "02"), ("宅基地", "0902"), ("房屋宅基地", "0902"), ("打架", "0303"), ("借钱",
        "0804"),
        ("０９０２", "0902"), ("0902 宅基地使用", "0902"), ("宅基地使用纠纷", "0902"), ("婚姻家庭", "01"),
        ("彩礼纠纷", "0101"),
        ("拖欠农民工工资", "07"), ("土地流转", "0901"), ("征地拆迁", "1102"), ("其他", "99"), ("村务管理", "1201"),
        ("治安类", None), ("待定", None), ("那件事", None), ("", None),
    ],
)  # fmt: skip
def test_a_type_is_found_by_name_code_or_word_or_not_at_all(knowledge: Knowledge, text: str, code: str | None) -> None:
    assert knowledge.vocabulary.code("ZZ_TYPE", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("已化解", "60"), ("调解成功", "60"), ("正在调解", "30"), ("未化解", "10"), ("调解不成功", "71"),
        ("未调解成功", "71"),
        ("已移交镇调解中心", "50"), ("办结", "70"), ("达成协议，正在履行", "40"), ("不予受理", "21"), ("是", "60"),
        ("否", "10"),
        ("还要看看", None),
    ],
)  # fmt: skip
def test_progress_in_words_tells_the_status(knowledge: Knowledge, text: str, code: str | None) -> None:
    assert knowledge.vocabulary.code("CASE_STATUS", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("网格员排查", "31"),
        ("群众来访", "32"),
        ("派出所移交", "42"),
        ("信访件", "43"),
        ("当事人口头申请", "12"),
        ("当事人申请", None),
    ],
)
def test_a_source_is_not_guessed_when_it_may_be_two(knowledge: Knowledge, text: str, code: str | None) -> None:
    assert knowledge.vocabulary.code("CASE_SOURCE", text) == code


def test_no_grade_is_invented(knowledge: Knowledge) -> None:
    code = knowledge.vocabulary.code
    assert [code("RISK", text) for text in ("高风险", "中", "低", "一般", "绿")] == ["高", "中", "低", None, None]
    assert [code("DIFFICULTY", text) for text in ("简单", "疑难复杂", "一般")] == ["简单", "疑难", None]
    assert [code("SATISFACTION", text) for text in ("不满意", "基本满意", "满意", "已回访")] == [
        "不满意", "基本满意", "满意", None,
    ]  # fmt: skip


def test_a_word_once_explained_is_known(context: LedgerContext) -> None:
    taught = Vocabulary(context.words, context.tables, {("ZZ_TYPE", "治安 类"): "0303"})
    assert taught.code("ZZ_TYPE", "治安类") == "0303"


def test_codes_follow_the_tables_handed_in(context: LedgerContext) -> None:
    narrow = Vocabulary(context.words, {"ZZ_TYPE": {"0299": "邻里·其他"}})
    assert narrow.code("ZZ_TYPE", "邻里") == "0299"
    assert narrow.code("ZZ_TYPE", "打架") is None


@pytest.mark.parametrize(
    "text",
    [
        "花所村",
        "花所村委会",
        "花所村民委员会",
        "花所",
        "花所镇花所村",
        "花所镇/花所村",
        "崆峒区花所镇花所村",
        "甘肃省平凉市崆峒区花所镇花所村",
    ],
)
@pytest.mark.parametrize("home", [HUASUO, TOWN, "620802000000"])
def test_a_village_is_found_however_it_is_written(context: LedgerContext, text: str, home: str) -> None:
    assert Gazetteer(context.divisions, home).find(text) == (HUASUO, "", "")


def test_what_is_left_of_a_place_is_kept(knowledge: Knowledge) -> None:
    assert knowledge.gazetteer.find("花所镇花所村三社张三家") == (HUASUO, "三社张三家", "")
    assert knowledge.gazetteer.find("花所镇") == (TOWN, "", "")
    assert knowledge.gazetteer.find("东大街社区").code == "620802002001"
    assert knowledge.gazetteer.find("王家沟") == ("", "王家沟", "")


def test_namesakes_are_told_apart_by_what_is_near_or_not_at_all() -> None:
    villages = [("620802101201", "东沟村委会"), ("620802102201", "东沟村委会")]
    assert Gazetteer(villages, "620802101000").find("东沟村").code == "620802101201"
    far = Gazetteer(villages, "620802103000").find("东沟村")
    assert far.code == ""
    assert "不止一个" in far.reason


def test_a_title_names_its_year_and_place(knowledge: Knowledge) -> None:
    assert knowledge.gazetteer.find_inside("2026年花所镇花所村矛盾纠纷台账") == HUASUO
    assert knowledge.gazetteer.find_inside("矛盾纠纷台账") == ""
    assert [year_in(text) for text in ("2026年3月台账", "二〇二六年台账", "2025—2026年台账", "台账")] == [
        2026,
        2026,
        None,
        None,
    ]
