"""Refused changes: the queue goes on, the words stay, and there are three ways out."""

from __future__ import annotations

from desktop.store import DisputeQuery, Edit
from tests.store.conftest import ME, Desk
from tests.store.feed import Feed


def test_a_refused_change_is_listed_with_its_reason_and_stays_seen(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    taken = feed.refuse_all(why="还没填“规模”")
    assert (taken.refused, desk.store.waiting(), desk.store.unsent()) == (1, 0, 1)
    (refused,) = desk.store.refused_list()
    assert (refused.record, refused.code, refused.why, refused.by) == (dispute, "invalid", "还没填“规模”", ME)
    assert (refused.dispute, refused.title) == (dispute, "张建国与李秀英宅基地纠纷")
    assert desk.store.record("dispute", dispute)["risk"] == "低"
    assert desk.store.disputes(DisputeQuery()).rows[0].refused


def test_a_reason_without_words_gets_ours(desk: Desk, feed: Feed) -> None:
    desk.register()
    feed.refuse_all(code="out_of_scope", why="")
    assert "地界" in desk.store.refused_list()[0].why


def test_later_work_goes_on_behind_a_refused_change(desk: Desk, feed: Feed) -> None:
    desk.register("一")
    feed.refuse_all()
    desk.register("二")
    assert feed.accept_all().applied == 1


def test_dropping_shows_the_agreed_state_and_keeps_the_words_in_the_history(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    feed.refuse_all()
    assert desk.store.drop_refused(desk.store.refused_list()[0].id).of("dispute") == {dispute}
    assert desk.store.record("dispute", dispute)["risk"] == "低"
    line = desk.store.history([dispute])[0]
    assert (line.state, line.set) == ("dropped", {"risk": "高"})
    assert desk.store.refused_list() == []
    assert desk.store.verify() == []


def test_dropping_what_was_never_agreed_takes_it_out_of_the_lists(desk: Desk, feed: Feed) -> None:
    dispute = desk.register()
    feed.refuse_all()
    desk.store.drop_refused(desk.store.refused_list()[0].id)
    assert desk.store.record("dispute", dispute) is None
    assert desk.store.disputes(DisputeQuery(tab="all")).rows == ()
    assert desk.store.search("宅基地").disputes == ()
    assert len(desk.store.history([dispute])) == 1


def test_sending_anew_makes_one_change_of_all_refused_ones_and_the_corrections(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.refuse_all()
    desk.change(dispute, summary="补上了经过")
    feed.refuse_all()
    desk.store.resend(dispute, ME)
    lines = desk.store.history([dispute])
    assert [line.state for line in lines] == ["waiting", "replaced", "replaced"]
    assert lines[0].set["risk"] == "低"
    assert lines[0].set["summary"] == "补上了经过"
    assert lines[0].was == {}
    feed.accept_all()
    assert desk.store.record("dispute", dispute)["summary"] == "补上了经过"
    assert desk.store.verify() == []


def test_sending_anew_starts_from_what_still_waits(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="中")
    feed.refuse_all()
    desk.change(dispute, summary="后来写的")
    desk.store.resend(dispute, ME)
    fresh = desk.store.history([dispute])[0]
    assert (fresh.set, fresh.was) == ({"risk": "中"}, {"risk": "低"})
    assert desk.store.waiting() == 2


def test_a_decision_sent_anew_still_decides(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    feed.accept_all(aside={dispute: ("risk",)})
    (clash,) = desk.store.clashes(dispute)
    desk.store.save([Edit("dispute", dispute, {"risk": "高"}, settles=(clash.no,))], ME)
    feed.refuse_all()
    desk.store.resend(dispute, ME)
    line = desk.store.history([dispute])[0]
    assert (line.state, line.settles) == ("waiting", (clash.no,))
    feed.accept_all()
    assert desk.store.clashes() == []


def test_asking_the_district_is_passed_on_once(desk: Desk, feed: Feed) -> None:
    desk.register()
    feed.refuse_all()
    (refused,) = desk.store.refused_list()
    desk.store.ask_district(refused.id)
    assert desk.store.replica.asked() == [refused.id]
    desk.store.replica.take(feed.answer(), None, [refused.id])
    assert desk.store.replica.asked() == []
    assert desk.store.refused_list()[0].asked


def test_what_waits_is_listed_with_its_age(desk: Desk, feed: Feed) -> None:
    dispute = desk.register("老的")
    since = desk.world.now_ms
    desk.world.now_ms += 3 * 24 * 3600 * 1000
    desk.change(dispute, risk="高")
    party = desk.add_party(dispute, "曾祥瑞")
    waiting = desk.store.waiting_list()
    assert [(item.record, item.dispute, item.title, item.changes) for item in waiting] == [
        (dispute, dispute, "老的", 2),
        (party, dispute, "老的", 1),
    ]
    assert abs(waiting[0].oldest_ms - since) < 100
