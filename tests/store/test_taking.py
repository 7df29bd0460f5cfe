"""Taking the hub's answers: verdicts, entries, cursor, all in one transaction, as often as they come."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desktop.store import DisputeQuery, NoSpace
from sync.protocol.messages import Proof, Verdict
from sync.protocol.proof import add, mark
from tests.store.conftest import ME, VILLAGE, Desk
from tests.store.feed import Feed

NOTHING = Proof(0, "0" * 32)


def test_enrolment_is_kept(desk: Desk, feed: Feed) -> None:
    known = desk.reopen().desk()
    assert (known.hub, known.hub_url, known.device, known.number, known.place_name) == (
        "hub-1", "https://hub", "device-1", 3, "花所村",
    )  # fmt: skip
    standing = desk.store.replica.standing()
    assert (standing.epoch, standing.cursor, len(standing.writer)) == ("e1", 0, 16)


def test_an_accepted_change_waits_no_more(desk: Desk, feed: Feed) -> None:
    dispute = desk.register()
    assert (desk.store.waiting(), desk.store.unsent()) == (1, 1)
    taken = feed.accept_all()
    assert (taken.applied, taken.records["dispute"]) == (1, {dispute})
    assert (desk.store.waiting(), desk.store.unsent()) == (0, 0)
    (line,) = desk.store.history([dispute])
    assert (line.state, line.no, line.mine) == ("agreed", 1, True)
    assert desk.store.replica.standing().cursor == 1


def test_what_others_wrote_is_seen_as_they_wrote_it(desk: Desk, feed: Feed) -> None:
    dispute, party = desk.world.id(), desk.world.id()
    taken = feed.tell(
        feed.entry(feed.theirs(dispute, {"title": "外村登记的", "status": "10", "place_code": VILLAGE})),
        feed.entry(feed.theirs(party, {"dispute_id": dispute, "name": "赵六"}, kind="party")),
    )
    assert taken.received == 2
    (row,) = desk.store.disputes(DisputeQuery()).rows
    assert (row.title, row.waiting) == ("外村登记的", False)
    assert desk.store.children("party", dispute)[0]["name"] == "赵六"
    assert desk.store.verify() == []


def test_the_same_answer_twice_changes_nothing(desk: Desk, feed: Feed) -> None:
    desk.register()
    batch = desk.store.replica.next_batch(10, 10**6)
    line = feed.entry(feed.theirs(desk.world.id(), {"title": "外村登记的"}))
    answer = feed.answer(line, verdicts=(Verdict(f"{batch.writer}.1", 9),))
    desk.store.replica.take(answer, batch, [])
    before = (desk.store.replica.tallies(), desk.store.replica.standing(), desk.store.disputes(DisputeQuery()))
    taken = desk.store.replica.take(answer, batch, [])
    assert (taken.applied, taken.received) == (0, 0)
    assert (desk.store.replica.tallies(), desk.store.replica.standing(), desk.store.disputes(DisputeQuery())) == before


def test_an_older_entry_that_comes_late_is_harmless(desk: Desk, feed: Feed) -> None:
    dispute = desk.world.id()
    old = feed.entry(feed.theirs(dispute, {"title": "旧"}))
    new = feed.entry(feed.theirs(dispute, {"title": "新"}, was={"title": "旧"}))
    feed.tell(old, new)
    feed.tell(old)
    assert desk.store.record("dispute", dispute)["title"] == "新"
    assert desk.store.replica.standing().cursor == 2


def test_children_whose_parent_is_still_to_come_are_kept(desk: Desk, feed: Feed) -> None:
    dispute, party = desk.world.id(), desk.world.id()
    feed.tell(feed.entry(feed.theirs(party, {"dispute_id": dispute, "name": "先到的"}, kind="party")))
    assert desk.store.disputes(DisputeQuery()).rows == ()
    feed.tell(feed.entry(feed.theirs(dispute, {"title": "后到的", "status": "10"})))
    assert [row.title for row in desk.store.disputes(DisputeQuery()).rows] == ["后到的"]
    assert desk.store.search("先到的").disputes[0].id == dispute


def test_fields_this_program_does_not_know_are_kept_and_never_erased(desk: Desk, feed: Feed) -> None:
    dispute = desk.world.id()
    feed.tell(feed.entry(feed.theirs(dispute, {"title": "新版登记的", "from_the_future": ["x"]})))
    assert desk.store.record("dispute", dispute)["from_the_future"] == ["x"]
    desk.change(dispute, title="旧版改过的")
    feed.accept_all()
    assert desk.store.record("dispute", dispute)["from_the_future"] == ["x"]
    assert desk.reopen().verify() == []


def test_records_of_a_type_this_program_does_not_know_are_kept(desk: Desk, feed: Feed) -> None:
    feed.tell(feed.entry(feed.theirs("r-1", {"name": "无人机"}, kind="drone")))
    assert desk.store.replica.census(VILLAGE).keys() == {"r-1"}
    assert desk.store.verify() == []


def test_my_own_words_are_seen_until_the_district_has_decided(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    feed.tell(feed.entry(feed.theirs(dispute, {"risk": "中"}, was={"risk": "低"})))
    assert desk.store.record("dispute", dispute)["risk"] == "高"
    feed.accept_all(aside={dispute: ("risk",)})
    assert desk.store.record("dispute", dispute)["risk"] == "中"


def test_lists_merged_by_the_hub_are_taken_as_merged(desk: Desk, feed: Feed) -> None:
    agreement = desk.world.id()
    one, two = {"id": "1", "who": "甲", "what": "修墙"}, {"id": "2", "who": "乙", "what": "让路"}
    feed.tell(feed.entry(feed.theirs(agreement, {"obligations": [one]}, kind="agreement")))
    change = feed.theirs(agreement, {"obligations": [two]}, kind="agreement")
    feed.tell(feed.entry(change, merged={"obligations": [one, two]}))
    assert desk.store.record("agreement", agreement)["obligations"] == [one, two]


def test_the_tallies_are_the_sum_of_the_marks(desk: Desk, feed: Feed) -> None:
    first, second = desk.world.id(), desk.world.id()
    feed.tell(
        feed.entry(feed.theirs(first, {"title": "一"})),
        feed.entry(feed.theirs(second, {"title": "二"}), address=["*"]),
        feed.entry(feed.theirs(first, {"title": "壹"}, was={"title": "一"})),
    )
    village = add(NOTHING, mark("dispute", first, 3, {"title": "壹"}))
    district = add(NOTHING, mark("dispute", second, 2, {"title": "二"}))
    assert desk.store.replica.tallies() == {VILLAGE: village, "*": district}
    assert desk.store.replica.proof().count == 2
    assert desk.store.replica.census("*") == {second: mark("dispute", second, 2, {"title": "二"})}


def test_a_record_delivered_again_at_another_address_moves_its_tally(desk: Desk, feed: Feed) -> None:
    dispute = desk.world.id()
    line = feed.entry(feed.theirs(dispute, {"title": "一"}))
    feed.tell(line)
    feed.tell(replace(line, pos=9, address=["=" + VILLAGE]))
    assert list(desk.store.replica.tallies()) == ["=" + VILLAGE]
    assert desk.store.verify() == []


def test_request_numbers_only_grow(desk: Desk, feed: Feed) -> None:
    first = desk.store.replica.next_number()
    assert desk.reopen().replica.next_number() > first


def test_nothing_is_taken_in_when_the_disk_is_nearly_full(desk: Desk, feed: Feed) -> None:
    desk.world.free = 3 * 1024 * 1024
    with pytest.raises(NoSpace, match="只剩 3 MB"):
        feed.tell(feed.entry(feed.theirs(desk.world.id(), {"title": "一"})))
    desk.world.free = None
    assert desk.store.replica.standing().cursor == 0


def test_listeners_hear_the_exchange_as_they_hear_a_save(desk: Desk, feed: Feed) -> None:
    told = []
    desk.store.changed.append(told.append)
    dispute = desk.world.id()
    feed.tell(feed.entry(feed.theirs(dispute, {"title": "一"})))
    feed.tell()
    assert [dict(changes.records) for changes in told] == [{"dispute": {dispute}}]


def test_a_record_read_anew_is_exactly_its_entries(desk: Desk, feed: Feed) -> None:
    dispute, gone = desk.world.id(), desk.world.id()
    right = feed.entry(feed.theirs(dispute, {"title": "对的"}))
    feed.tell(right, feed.entry(feed.theirs(gone, {"title": "不该有的"})))
    wrong = replace(feed.theirs(dispute, {"summary": "错的"}), id="OTHER.77")
    feed.tell(feed.entry(wrong))
    taken = desk.store.replica.replace_records([dispute, gone], [right])
    assert taken.records["dispute"] == {dispute, gone}
    assert desk.store.record("dispute", dispute) == {"id": dispute, "title": "对的"}
    assert desk.store.record("dispute", gone) is None
    assert desk.store.verify() == []


def test_clocks_far_ahead_are_not_believed(desk: Desk, feed: Feed) -> None:
    dispute = desk.register()
    ahead = desk.world.now_ms + 2 * 365 * 24 * 3600 * 1000
    feed.tell(feed.entry(feed.theirs(dispute, {"risk": "中"}, at=ahead)))
    desk.change(dispute, risk="高")
    assert desk.store.history([dispute])[0].at_ms < ahead
    assert desk.store.history([dispute])[0].by == ME


def test_a_believable_clock_of_others_is_stayed_ahead_of(desk: Desk, feed: Feed) -> None:
    dispute = desk.register()
    ahead = desk.world.now_ms + 60_000
    feed.tell(feed.entry(feed.theirs(dispute, {"risk": "中"}, at=ahead)))
    desk.change(dispute, risk="高")
    assert desk.store.history([dispute])[0].at_ms == ahead + 1


def test_a_change_of_a_copied_disk_never_takes_the_place_of_ours(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    desk.change(dispute, risk="高")
    writer = desk.store.replica.standing().writer
    twin = feed.theirs(dispute, {"summary": "另一份盘上写的"}, id=f"{writer}.2")
    feed.tell(feed.entry(twin))
    record = desk.store.record("dispute", dispute)
    assert (record["risk"], record["summary"]) == ("高", "另一份盘上写的")
    assert desk.store.waiting() == 1
    batch = desk.store.replica.next_batch(10, 10**6)
    assert (batch.first, batch.writer != writer, batch.links[0].change.set) == (1, True, {"risk": "高"})
    assert [line.id for line in desk.store.history([dispute])] == [f"{batch.writer}.1", f"{writer}.2", f"{writer}.1"]
    assert desk.store.verify() == []


def test_a_hub_that_calls_a_fresh_id_taken_is_not_argued_with_for_ever(desk: Desk, feed: Feed) -> None:
    desk.register()
    assert feed.refuse_all(code="duplicate_id").refused == 1
    assert desk.store.waiting() == 0


def test_a_new_epoch_offers_own_words_about_what_left_too(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    feed.accept_all()
    feed.tell(feed.leave(dispute))
    desk.store.replica.begin_epoch("e2")
    batch = desk.store.replica.next_batch(10, 10**6)
    assert batch is not None
    assert [link.change.record for link in batch.links] == [dispute]


def test_a_new_epoch_hides_nothing_and_offers_every_own_change_again(desk: Desk, feed: Feed) -> None:
    dispute = desk.register(risk="低")
    other = desk.world.id()
    feed.accept_all()
    feed.tell(
        feed.entry(feed.theirs(other, {"title": "别人登记的", "status": "10"})),
        feed.entry(feed.theirs(dispute, {"risk": None}, was={"risk": "低"})),
    )
    before = desk.store.records("dispute")
    desk.store.replica.begin_epoch("e2")
    assert desk.store.records("dispute") == before
    assert desk.store.replica.tallies() == {}
    standing = desk.store.replica.standing()
    assert (standing.epoch, standing.cursor) == ("e2", 0)
    batch = desk.store.replica.next_batch(10, 10**6)
    assert (batch.first, batch.writer, [link.change.record for link in batch.links]) == (1, standing.writer, [dispute])
    assert desk.reopen().verify() == []
