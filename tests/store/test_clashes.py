"""Clashes: both answers stay readable, on both sides, until somebody decides."""

from __future__ import annotations

import pytest

from desktop.store import DisputeQuery, Edit
from tests.store.conftest import ME, Desk
from tests.store.feed import Feed


@pytest.fixture
def clashing(desk: Desk, feed: Feed) -> str:
    """A dispute whose risk I raised while another desk set it otherwise: mine is set aside under number 3."""
    dispute = desk.register(risk="低", summary="原来的")
    feed.accept_all()
    feed.tell(feed.entry(feed.theirs(dispute, {"risk": "中"}, was={"risk": "低"})))
    return dispute


def mine_set_aside(desk: Desk, feed: Feed, dispute: str, risk: str = "高") -> None:
    """I write without having seen the other answer: as if it came while I typed."""
    line = feed.entry(
        feed.theirs(dispute, {"risk": risk}, was={"risk": "低"}, by=ME, id=f"MINE.{feed.no + 1}"), aside=("risk",)
    )
    feed.tell(line)


def test_both_sides_of_a_clash_are_shown_with_who_and_when(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    feed.tell(feed.entry(feed.theirs(dispute, {"risk": "中"}, was={"risk": "低"})))
    taken = feed.accept_all(aside={dispute: ("risk",)})
    assert taken.clashes == 1
    (clash,) = desk.store.clashes(dispute)
    assert (clash.no, clash.fields, clash.state) == (3, ("risk",), "open")
    assert (clash.base, clash.agreed.values, clash.aside.values) == ({"risk": "低"}, {"risk": "中"}, {"risk": "高"})
    assert (clash.agreed.by, clash.agreed.mine) == ("account-9", False)
    assert (clash.aside.by, clash.aside.mine) == (ME, True)
    assert desk.store.clashes() == [clash]
    assert desk.store.history([dispute])[0].aside == ("risk",)


def test_a_clash_of_a_child_is_found_with_its_dispute_and_marks_its_line(desk: Desk, feed: Feed, clashing: str) -> None:
    party = desk.add_party(clashing, "曾祥瑞", phone="1")
    feed.accept_all()
    change = feed.theirs(party, {"phone": "2"}, kind="party", was={"phone": "0"})
    feed.tell(feed.entry(change, aside=("phone",)))
    assert [clash.record for clash in desk.store.clashes(clashing)] == [party]
    assert desk.store.disputes(DisputeQuery()).rows[0].clash


def test_a_decision_closes_the_clash_at_once_here_and_for_good_when_it_is_agreed(desk, feed, clashing) -> None:
    mine_set_aside(desk, feed, clashing)
    (clash,) = desk.store.clashes(clashing)
    desk.store.save([Edit("dispute", clashing, {"risk": "高"}, settles=(clash.no,))], ME)
    assert desk.store.clashes(clashing)[0].state == "decided"
    assert desk.store.record("dispute", clashing)["risk"] == "高"
    feed.accept_all()
    assert desk.store.clashes(clashing) == []
    assert desk.store.clashes(clashing, open_only=False)[0].state == "settled"


def test_keeping_the_agreed_value_is_a_decision_too(desk, feed, clashing) -> None:
    mine_set_aside(desk, feed, clashing)
    (clash,) = desk.store.clashes(clashing)
    desk.store.save([Edit("dispute", clashing, {"risk": "中"}, settles=(clash.no,))], ME)
    line = desk.store.history([clashing])[0]
    assert (line.set, line.settles) == ({"risk": "中"}, (clash.no,))
    feed.accept_all()
    assert desk.store.clashes() == []


def test_a_refused_decision_opens_the_clash_again(desk, feed, clashing) -> None:
    mine_set_aside(desk, feed, clashing)
    (clash,) = desk.store.clashes(clashing)
    desk.store.save([Edit("dispute", clashing, {"risk": "高"}, settles=(clash.no,))], ME)
    feed.refuse_all()
    assert desk.store.clashes(clashing)[0].state == "open"


def test_a_decision_of_another_desk_closes_the_clash_here(desk, feed, clashing) -> None:
    mine_set_aside(desk, feed, clashing)
    (clash,) = desk.store.clashes(clashing)
    feed.tell(feed.entry(feed.theirs(clashing, {"risk": "高"}, was={"risk": "中"}, settles=[clash.no])))
    assert desk.store.clashes(clashing) == []


def test_going_on_from_a_set_aside_value_leaves_one_clash_not_two(desk, feed, clashing) -> None:
    mine_set_aside(desk, feed, clashing)
    (first,) = desk.store.clashes(clashing)
    again = feed.theirs(clashing, {"risk": "低"}, was={"risk": "高"}, by=ME, id="MINE.99")
    feed.tell(feed.entry(again, aside=("risk",)))
    (open_one,) = desk.store.clashes(clashing)
    assert open_one.no != first.no
    states = {clash.no: clash.state for clash in desk.store.clashes(clashing, open_only=False)}
    assert states[first.no] == "superseded"


def test_another_writers_clash_about_the_same_field_stays_open_beside_it(desk, feed, clashing) -> None:
    mine_set_aside(desk, feed, clashing)
    other = feed.theirs(clashing, {"risk": "无"}, was={"risk": "低"}, id="THIRD.1")
    feed.tell(feed.entry(other, aside=("risk",)))
    assert len(desk.store.clashes(clashing)) == 2
