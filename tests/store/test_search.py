"""Finding people and disputes by any part of anything a person remembers."""

from __future__ import annotations

import pytest

from desktop.store import Edit
from desktop.store.grams import grams, words
from desktop.store.initials import initials
from tests.store.conftest import ME, Desk

FENCE, WAGES = "张建国与李秀英宅基地纠纷", "曾祥瑞讨要工钱"


def found(desk: Desk, typed: str) -> list[str]:
    return [row.title for row in desk.store.search(typed).disputes]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    one = desk.register(FENCE, matter_code="GS620802107-003-0017", summary="两家为滴水檐争了三年")
    desk.add_party(one, "张建国", phone="138 1234 5678", address="花所村三组 12 号")
    desk.add_party(one, "李秀英", phone="0933-8612345")
    two = desk.register(WAGES, summary="工程队拖了三个月，找到 QQ 群里")
    desk.add_party(two, "曾祥瑞", phone="15912340000")
    desk.add_party(two, "平凉路桥公司", legal_rep="单东升")
    desk.store.save(
        [
            Edit(
                "session", desk.world.id(), {"dispute_id": two, "body": "当面把欠条念了一遍" + "，" * 2000 + "最后的话"}
            )
        ],
        ME,
    )
    return desk


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("宅基", FENCE), ("建国", FENCE), ("滴水檐", FENCE), ("5678", FENCE), ("8123456", FENCE), ("61234", FENCE),
        ("003-0017", FENCE), ("gs6208", FENCE), ("zjg", FENCE), ("JG", FENCE), ("lxy", FENCE), ("花所村三组", FENCE),
        ("李秀英 宅基", FENCE), ("１３８１２３４", FENCE), ("zxr", WAGES), ("qq", WAGES),
        ("单东升", WAGES), ("欠条", WAGES),
    ],
)  # fmt: skip
def test_any_part_of_two_characters_or_more_finds_it(desk: Desk, typed: str, title: str) -> None:
    assert found(desk, typed) == [title]


@pytest.mark.parametrize(
    "typed", ["", "   ", "，。！", '"', "' OR 1=1 --", "王秀", "宅地", "英宅地", "国李", "工钱 宅基", "*", "AND"]
)
def test_what_is_not_there_is_not_found_and_nothing_typed_is_an_error(desk: Desk, typed: str) -> None:
    assert found(desk, typed) == []


def test_one_character_finds_names_that_begin_with_it(desk: Desk) -> None:
    assert [person.name for person in desk.store.search("曾").people] == ["曾祥瑞"]
    assert [person.name for person in desk.store.search("z").people] == ["曾祥瑞", "张建国"]
    assert found(desk, "曾") == [WAGES]
    assert desk.store.search("瑞").people == ()


def test_a_person_is_one_line_however_many_disputes(desk: Desk) -> None:
    later = desk.register("张建国家的羊进了麦地", status="70")
    desk.add_party(later, "张建国", phone="138 1234 5678")
    other = desk.register("另一个张建国")
    desk.add_party(other, "张建国", phone="18800000000")
    people = desk.store.search("张建国").people
    assert [(person.disputes, person.open_disputes) for person in people] == [(1, 1), (2, 1)]
    assert (people[1].newest_dispute, people[1].phone) == (later, "138 1234 5678")


def test_the_newest_come_first_and_no_more_than_asked_for(desk: Desk) -> None:
    for n in range(5):
        desk.register(f"浇地抢水 {n}")
    assert [row.title for row in desk.store.search("抢水", limit=3).disputes] == [
        "浇地抢水 4",
        "浇地抢水 3",
        "浇地抢水 2",
    ]


def test_what_changed_is_found_by_its_new_words_only(desk: Desk) -> None:
    dispute = desk.store.search("宅基").disputes[0].id
    desk.change(dispute, title="地界的事", summary="说开了")
    assert found(desk, "宅基") == []
    assert found(desk, "地界") == ["地界的事"]


def test_a_session_is_found_by_its_first_two_thousand_characters(desk: Desk) -> None:
    assert found(desk, "念了一遍") == [WAGES]
    assert found(desk, "最后的话") == []


@pytest.mark.parametrize("name", ["刘䶮", "𬱖伟", "龘𠀀", "马\ue863"])
def test_rare_characters_are_found_like_any_other(desk: Desk, name: str) -> None:
    dispute = desk.register(f"{name}家的事")
    desk.add_party(dispute, name)
    assert [person.name for person in desk.store.search(name).people] == [name]
    assert [person.name for person in desk.store.search(name[0]).people] == [name]
    assert found(desk, f"{name}家") == [f"{name}家的事"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("曾祥瑞", "zxr"), ("单雄信", "sxx"), ("仇和", "qh"), ("解晓东", "xxd"), ("区志航", "ozh"), ("查良镛", "zly"),
        ("盖明", "gm"), ("朴龙", "pl"), ("任贤齐", "rxq"), ("华安", "ha"), ("翟志刚", "zzg"), ("尉迟恭", "ycg"),
        ("万俟林", "mql"), ("长孙无忌", "zswj"), ("乐正明", "yzm"), ("单于", "sy"), ("张建国", "zjg"), ("", ""),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_phrase_never_runs_from_one_word_into_the_next() -> None:
    assert grams("张建国 李四") == "张建 建国 国 李四 四"
    assert words("电话：138-1234 5678，QQ。") == ["电话", "13812345678", "qq"]


def test_a_code_typed_from_its_beginning_comes_first_and_hides_nothing_else(desk: Desk) -> None:
    other = desk.register("电话里说的 GS6208021 那件")
    assert found(desk, "gs620802107-003") == [FENCE]
    assert found(desk, "GS6208021") == [FENCE, "电话里说的 GS6208021 那件"]
    assert desk.store.record("dispute", other)
