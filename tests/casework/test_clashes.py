"""Two offices change the same dispute: what merges by itself, what a person decides, and that nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.casework import today
from desktop.casework.disputes import clashes, parties, progress
from desktop.casework.disputes.change_log import change_log
from desktop.casework.disputes.clashes import spans
from desktop.casework.errors import NotYet
from tests.casework.conftest import COLLEAGUE, Office, dispute, registered
from tests.casework.district import District

BASE = "李建军家檐口雨水流向王有福家后墙，要求改道。"
THEIRS = "李建军家檐口雨水长期冲刷王有福家后墙，墙根酥松约 4 米，要求改道。"
MINE = "李建军家檐口雨水流向王有福家后墙，要求改道并赔修墙钱。"


@pytest.fixture
def district(tmp_path: Path, new_office: Callable[..., Office]) -> Iterator[District]:
    made = District(tmp_path, new_office)
    yield made
    assert made.hub.verify() == []
    made.hub.close()


class Pair:
    """马秀兰 and 赵文博 at two PCs of one township, both holding the same dispute."""

    def __init__(self, district: District) -> None:
        self.first, _, self.first_rounds = district.office("镇综治中心 电脑")
        self.second, _, self.second_rounds = district.office("司法所 电脑")
        self.ma, self.zhao = self.first.sit(), self.second.sit(COLLEAGUE)
        self.id = registered(self.ma, summary=BASE, amount_cents=300_000)
        self.settle_down()

    def settle_down(self) -> None:
        for rounds in (self.first_rounds, self.second_rounds, self.first_rounds):
            assert rounds.run().state == "agreed"

    def disagree(self) -> None:
        """赵文博's words reach the district first, 马秀兰's are set aside."""
        progress.change(self.zhao, self.id, {"amount_cents": 360_000, "summary": THEIRS, "difficulty": "复杂"})
        progress.change(self.ma, self.id, {"amount_cents": 500_000, "summary": MINE, "unit_involved": "花所村委会"})
        self.second_rounds.run()
        self.settle_down()


@pytest.fixture
def pair(district: District) -> Pair:
    return Pair(district)


def test_a_clash_shows_what_was_what_is_and_what_was_written_here(pair: Pair) -> None:
    pair.disagree()
    page = clashes.page(pair.ma, pair.id)
    rows = {row.label: row for row in page.rows}
    assert list(rows) == ["争的金额", "简单说说经过"]
    amount = rows["争的金额"]
    assert (amount.base.lines, amount.theirs.lines, amount.mine.lines) == (("3,000 元",), ("3,600 元",), ("5,000 元",))
    assert (amount.theirs.who, amount.theirs.where) == ("赵文博", "镇司法所")
    assert (amount.mine.who, amount.mine.where) == ("马秀兰", "这台电脑")
    text = rows["简单说说经过"]
    assert [MINE[start:end] for start, end in text.mine.spans[0]] == ["并赔修墙钱"]
    assert page.merged_sentence == "另外 2 处两边改的不是同一项，已经合到一起：涉及单位、难易"
    assert dispute(pair.ma, pair.id)["difficulty"] == "复杂"
    assert dispute(pair.ma, pair.id)["summary"] == THEIRS


def test_the_other_side_sees_the_same_clash(pair: Pair) -> None:
    pair.disagree()
    rows = clashes.page(pair.zhao, pair.id).rows
    assert [(row.mine.who, row.mine.where) for row in rows] == [("马秀兰", "镇综治中心")] * 2
    assert [(row.theirs.who, row.theirs.where) for row in rows] == [("赵文博", "这台电脑")] * 2


def test_a_decision_needs_every_row_and_reaches_both_sides(pair: Pair) -> None:
    pair.disagree()
    amount, text = clashes.page(pair.ma, pair.id).rows
    with pytest.raises(NotYet) as told:
        clashes.settle(pair.ma, pair.id, {amount.key: "theirs"})
    assert [lack.label for lack in told.value.lacks] == ["简单说说经过"]
    clashes.settle(pair.ma, pair.id, {amount.key: "theirs", text.key: "mine"})
    assert clashes.page(pair.ma, pair.id).rows == ()
    pair.settle_down()
    for desk in (pair.ma, pair.zhao):
        assert clashes.page(desk, pair.id).rows == ()
        assert (dispute(desk, pair.id)["amount_cents"], dispute(desk, pair.id)["summary"]) == (360_000, MINE)


def test_a_person_may_write_a_third_text_if_it_can_be_stored(pair: Pair) -> None:
    pair.disagree()
    amount, text = clashes.page(pair.ma, pair.id).rows
    with pytest.raises(NotYet):
        clashes.settle(pair.ma, pair.id, {amount.key: ("own", {"amount_cents": "四千"}), text.key: "mine"})
    clashes.settle(pair.ma, pair.id, {amount.key: ("own", {"amount_cents": 400_000}), text.key: "mine"})
    pair.settle_down()
    assert dispute(pair.zhao, pair.id)["amount_cents"] == 400_000


def test_what_was_not_chosen_stays_in_the_change_log(pair: Pair) -> None:
    pair.disagree()
    amount, text = clashes.page(pair.ma, pair.id).rows
    clashes.settle(pair.ma, pair.id, {amount.key: "theirs", text.key: "theirs"})
    pair.settle_down()
    kept = [line for line in change_log(pair.zhao, pair.id) if line.note == "两边不一样，这一份没用上，留着"]
    assert [field.after for field in kept[0].fields if field.aside] == ["5,000 元", MINE]


def ended_and_settled_apart(pair: Pair) -> None:
    """赵文博 ends it as failed, 马秀兰 notes that it is settled; his reaches the district first."""
    end = {"end_date": "2026-11-23", "resolve_way": "01", "resolve_level": "乡镇"}
    progress.take_step(pair.zhao, pair.id, target="71", fields={**end, "end_reason": "21"})
    progress.take_step(pair.ma, pair.id, target="60", fields={})
    pair.second_rounds.run()
    pair.settle_down()


def test_fields_that_belong_together_are_one_row(pair: Pair) -> None:
    ended_and_settled_apart(pair)
    page = clashes.page(pair.ma, pair.id)
    (row,) = page.rows
    assert row.fields == ("status", "resolve_way", "resolve_level", "end_reason", "end_date", "is_success")
    assert row.theirs.lines[::3] == ("办到哪一步：调解不成", "怎么结束的：一方或双方拒绝、放弃继续调解")
    assert row.mine.lines[::3] == ("办到哪一步：已化解待回访", "怎么结束的：没填")
    assert [row.theirs.lines[0][start:end] for start, end in row.theirs.spans[0]] == ["调解不成"]
    assert page.merged_sentence == ""


def test_a_side_is_taken_with_what_it_left_empty(pair: Pair) -> None:
    ended_and_settled_apart(pair)
    (row,) = clashes.page(pair.ma, pair.id).rows
    clashes.settle(pair.ma, pair.id, {row.key: "mine"})
    pair.settle_down()
    for desk in (pair.ma, pair.zhao):
        now = dispute(desk, pair.id)
        assert now["status"] == "60"
        assert not {"end_reason", "end_date", "resolve_way", "resolve_level", "is_success"} & now.keys()


def test_the_side_in_use_is_kept_whole_too(pair: Pair) -> None:
    ended_and_settled_apart(pair)
    (row,) = clashes.page(pair.zhao, pair.id).rows
    clashes.settle(pair.zhao, pair.id, {row.key: "theirs"})
    pair.second_rounds.run()
    pair.settle_down()
    for desk in (pair.ma, pair.zhao):
        now = dispute(desk, pair.id)
        assert (now["status"], now["end_reason"], now["end_date"]) == ("71", "21", "2026-11-23")


def test_what_its_author_wrote_before_belongs_to_a_side(pair: Pair) -> None:
    """马秀兰 arranged the place, then the hour; only the hour met 赵文博's."""
    at = pair.ma.now() + timedelta(days=2)
    for place, days in (("花所村", 2), ("花所村", 4)):
        progress.appoint(pair.ma, pair.id, at=at + timedelta(days=days), place=place)
    progress.appoint(pair.zhao, pair.id, at=at, place="镇司法所")
    pair.second_rounds.run()
    pair.settle_down()
    rows = {row.no: row for row in clashes.page(pair.ma, pair.id).rows}
    newest = rows[max(rows)]
    assert set(newest.fields) == {"next_at", "next_place"}
    assert newest.mine.values["next_place"] == "花所村"


def test_a_clash_about_a_party_names_the_party(pair: Pair) -> None:
    party = str(pair.ma.store.children("party", pair.id)[0]["id"])
    parties.change(pair.zhao, party, {"address": "石桥村四组"})
    parties.change(pair.ma, party, {"address": "花所村四组"})
    pair.second_rounds.run()
    pair.settle_down()
    (row,) = clashes.page(pair.ma, pair.id).rows
    assert (row.subject, row.label) == ("当事人 王有福", "单位或住址")


def test_a_clash_is_news_until_it_is_decided_and_what_came_until_it_was_seen(pair: Pair) -> None:
    pair.disagree()
    kinds = [(item.kind, item.title, item.sentence) for item in today.today(pair.ma).news]
    assert kinds[0] == ("clash", "两边改得不一样，要您定", "王有福与李建军宅基地排水纠纷 · 2 处")
    assert [kind for kind, _, _ in kinds] == ["clash", "changed"]
    arrived = today.today(pair.zhao).news[-1]
    assert (arrived.kind, arrived.title) == ("arrived", "马秀兰报来 1 件纠纷")
    pair.first.wait(minutes=1)
    today.seen(pair.ma)
    assert [item.kind for item in today.today(pair.ma).news] == ["clash"]


@pytest.mark.parametrize(
    ("base", "text", "marked"),
    [
        (BASE, THEIRS, ["长期冲刷", "墙根酥松约 4 米，"]),
        ("abc", "abc", []),
        ("", "全新", ["全新"]),
        ("甲乙丙丁", "甲一丙二", ["一丙二"]),
    ],
)
def test_differing_letters_are_marked_and_near_ones_joined(base: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(base, text)] == marked
