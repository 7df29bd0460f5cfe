"""Records that leave this desk: what is unsent stays, a pull that takes too much stops and asks."""

from __future__ import annotations

import pytest

from desktop.store import DisputeQuery, Edit
from sync.client.replica import PullTooLarge
from sync.protocol.messages import Verdict
from tests.store.conftest import ME, Desk
from tests.store.feed import Feed


def held(desk: Desk) -> set[str]:
    return {str(record["id"]) for record in desk.store.records("dispute")}


def test_a_record_that_leaves_takes_its_children_and_its_history_along(desk: Desk, feed: Feed) -> None:
    dispute = desk.register()
    party = desk.add_party(dispute, "曾祥瑞")
    feed.accept_all()
    taken = feed.tell(feed.leave(dispute))
    assert taken.records == {"dispute": {dispute}, "party": {party}}
    assert desk.store.record("dispute", dispute) is None
    assert desk.store.records("party") == []
    assert desk.store.history([dispute, party]) == []
    assert desk.store.search("曾祥瑞").people == ()
    (sealed,) = desk.store.sealed_list()
    assert (sealed.record, sealed.reason, sealed.stub["status"], sealed.unsent) == (dispute, "moved", "50", 0)
    assert desk.store.replica.tallies() == {}
    assert desk.store.verify() == []


def test_what_is_unsent_of_a_record_that_leaves_is_kept_and_sent(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    session = desk.world.id()
    desk.store.save([Edit("session", session, {"dispute_id": dispute, "body": "谈了一下午"})], ME)
    feed.tell(feed.leave(dispute))
    assert desk.store.record("dispute", dispute) is None
    assert {sealed.record: sealed.unsent for sealed in desk.store.sealed_list()} == {dispute: 1, session: 1}
    assert desk.store.waiting() == 2
    batch = desk.store.replica.next_batch(10, 10**6)
    verdicts = (Verdict(f"{batch.writer}.2", 8), Verdict(f"{batch.writer}.3", refused="out_of_scope"))
    desk.store.replica.take(feed.answer(verdicts=verdicts), batch, [])
    (refused,) = desk.store.refused_list()
    assert (refused.record, refused.set["body"]) == (session, "谈了一下午")
    assert [line.state for line in desk.store.history([dispute, session])] == ["refused"]
    assert desk.store.verify() == []


def test_a_record_that_comes_back_is_whole_again_with_what_was_unsent(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    party = desk.add_party(dispute, "曾祥瑞")
    feed.tell(feed.leave(dispute))
    feed.tell(feed.entry(feed.theirs(dispute, {"title": "回来了", "risk": "低", "status": "10"})))
    assert desk.store.record("dispute", dispute)["risk"] == "高"
    assert [child["id"] for child in desk.store.children("party", dispute)] == [party]
    assert desk.store.sealed_list() == []
    assert desk.store.verify() == []


def test_a_closed_matter_never_held_leaves_only_its_stub(desk: Desk, feed: Feed) -> None:
    feed.tell(feed.leave("unknown-1", reason="closed"))
    assert [(sealed.record, sealed.reason) for sealed in desk.store.sealed_list()] == [("unknown-1", "closed")]
    assert desk.store.disputes(DisputeQuery(tab="all")).rows == ()


def test_a_record_that_leaves_and_returns_within_one_page_is_there(desk: Desk, feed: Feed) -> None:
    dispute = desk.world.id()
    feed.tell(
        feed.entry(feed.theirs(dispute, {"title": "来"})),
        feed.leave(dispute),
        feed.entry(feed.theirs(dispute, {"title": "又来"})),
    )
    assert desk.store.record("dispute", dispute)["title"] == "又来"
    assert desk.store.verify() == []


def filled(desk: Desk, feed: Feed, count: int) -> list[str]:
    disputes = [desk.world.id() for _ in range(count)]
    feed.tell(*(feed.entry(feed.theirs(dispute, {"title": f"{n}"})) for n, dispute in enumerate(disputes)))
    return disputes


def test_a_pull_that_takes_too_much_stops_and_asks(desk: Desk, feed: Feed) -> None:
    disputes = filled(desk, feed, 60)
    answer = feed.answer(*(feed.leave(dispute) for dispute in disputes[:51]))
    with pytest.raises(PullTooLarge) as stopped:
        desk.store.replica.take(answer, None, [])
    assert (stopped.value.leaving, stopped.value.held) == (51, 60)
    assert held(desk) == set(disputes)
    assert desk.store.replica.standing().cursor == len(disputes), "what was not stored is asked for again"
    desk.store.allow_large_pull()
    desk.store.replica.take(answer, None, [])
    assert held(desk) == set(disputes[51:])


def test_the_share_counts_over_all_pages_of_a_pull(desk: Desk, feed: Feed) -> None:
    disputes = filled(desk, feed, 60)
    for dispute in disputes[:50]:
        feed.tell(feed.leave(dispute), more=True)
    with pytest.raises(PullTooLarge):
        feed.tell(feed.leave(disputes[50]), more=True)
    assert len(held(desk)) == 10


def test_a_person_agrees_to_one_large_pull_not_to_all(desk: Desk, feed: Feed) -> None:
    disputes = filled(desk, feed, 120)
    desk.store.allow_large_pull()
    feed.tell(*(feed.leave(dispute) for dispute in disputes[:60]))
    with pytest.raises(PullTooLarge):
        feed.tell(*(feed.leave(dispute) for dispute in disputes[60:]))


def test_a_repair_that_would_take_too_much_stops_and_asks_too(desk: Desk, feed: Feed) -> None:
    disputes = filled(desk, feed, 60)
    with pytest.raises(PullTooLarge):
        desk.store.replica.replace_records(disputes, [])
    assert held(desk) == set(disputes)
