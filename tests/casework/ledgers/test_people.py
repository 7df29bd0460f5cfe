"""Cells that hold parties, and parties named in titles."""

import pytest

from desktop.casework.ledgers.context import Knowledge


def names(knowledge: Knowledge, text: str) -> list[tuple[object, object]]:
    found = knowledge.party_reader.read(text)
    return [(party.fields["name"], party.fields["side"]) for party in found.parties]


@pytest.mark.parametrize(
    "text",
    [
        "张三、李四", "张三与李四", "张三和李四", "张三 李四", "张　三、李　四", "张三/李四", "张三,李四",
        "张三；李四", "张三\n李四",
        "甲:张三 乙:李四", "甲方：张三，乙方：李四", "申请人张三 被申请人李四", "张三诉李四", "张三-李四", "张三及李四",
        "张三（申请人）、李四（被申请人）", "张三 李 四",
    ],
)  # fmt: skip
def test_two_people_however_they_are_joined(knowledge: Knowledge, text: str) -> None:
    assert names(knowledge, text) == [("张三", "甲"), ("李四", "乙")]


@pytest.mark.parametrize("name", ["刘和平", "马及第", "王与时", "欧阳锋", "买买提·艾力", "张某某", "李某"])
def test_a_joining_sign_inside_a_name_is_part_of_it(knowledge: Knowledge, name: str) -> None:
    assert names(knowledge, name) == [(name, "甲")]
    assert names(knowledge, f"{name}、王五") == [(name, "甲"), ("王五", "乙")]


def test_several_on_one_side(knowledge: Knowledge) -> None:
    assert names(knowledge, "张三与李四、王五") == [("张三", "甲"), ("李四", "乙"), ("王五", "乙")]
    row = knowledge.party_reader.read("张三、李四、王五")
    assert [party.fields["side"] for party in row.parties] == ["甲", "乙", "乙"]
    assert row.doubts == ["没写谁是哪一方，头一个当甲方，其余当乙方"]


def test_what_stands_with_a_name_goes_to_that_person(knowledge: Knowledge) -> None:
    text = "张三（男，回族，45岁，花所村三社，13812345678）与李四 0933-8212345"
    first, second = (party.fields for party in knowledge.party_reader.read(text).parties)
    assert first == {
        "name": "张三", "side": "甲", "kind": "自然人", "sex": "1", "ethnic": "03", "age": 45, "address": "花所村三社",
        "phone": "13812345678",
    }  # fmt: skip
    assert second["phone"] == "0933-8212345"


def test_an_id_number_comes_with_its_kind(knowledge: Knowledge) -> None:
    party = knowledge.party_reader.read("张三 身份证号：62080219000101001x").parties[0]
    assert party.fields["id_no"] == "62080219000101001X"
    assert party.fields["id_type"] == "111"


def test_bodies_are_told_from_people(knowledge: Knowledge) -> None:
    kinds = {text: knowledge.party_reader.read(text).parties[0].fields["kind"] for text in
             ("兴农合作社", "平凉市某某建筑有限公司", "花所村村委会", "三社", "某某砖厂", "刘金村",
             "张某某")}  # fmt: skip
    assert kinds == {
        "兴农合作社": "法人", "平凉市某某建筑有限公司": "法人", "花所村村委会": "法人", "三社": "其他组织",
        "某某砖厂": "其他组织",
        "刘金村": "自然人", "张某某": "自然人",
    }  # fmt: skip


def test_and_others_is_a_count_not_a_name(knowledge: Knowledge) -> None:
    found = knowledge.party_reader.read("张三等5人")
    assert [party.fields["name"] for party in found.parties] == ["张三"]
    assert found.count == 5


def test_an_address_before_a_name_is_kept_as_address(knowledge: Knowledge) -> None:
    party = knowledge.party_reader.read("花所村三社王五").parties[0]
    assert (party.fields["name"], party.fields["address"]) == ("王五", "花所村三社")


def test_what_does_not_look_like_a_name_is_said(knowledge: Knowledge) -> None:
    found = knowledge.party_reader.read("那天来的几个不认识的")
    assert "不像一个人名" in found.parties[0].doubts[0]
    assert knowledge.party_reader.read("13812345678").doubts == ["“13812345678”前面没有姓名"]


def test_rare_characters_of_old_files_survive(knowledge: Knowledge) -> None:
    assert names(knowledge, "张\ue863、李\ueeff某") == [("张\ue863", "甲"), ("李\ueeff某", "乙")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("张三与李四宅基地纠纷", ["张三", "李四"]),
        ("花所村三社张三与李四土地纠纷", ["张三", "李四"]),
        ("张三、李四邻里纠纷", ["张三", "李四"]),
        ("王某某与兴农合作社合同纠纷", ["王某某", "兴农合作社"]),
        ("张三与某某物业公司物业服务纠纷", ["张三", "某某物业公司"]),
        ("张三与李四因浇地发生纠纷", ["张三", "李四"]),
        ("张三和李四打架", ["张三", "李四"]),
        ("邻里纠纷", []),
        ("马家沟用水纠纷", []),
        ("三社路灯不亮", []),
    ],
)
def test_a_title_may_name_the_parties(knowledge: Knowledge, title: str, found: list[str]) -> None:
    assert [party.fields["name"] for party in knowledge.party_reader.read_title(title).parties] == found
