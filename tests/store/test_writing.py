"""Saving: one transaction writes the change, the row and everything that follows from it."""

from __future__ import annotations

import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from desktop.store import ClockDoubt, DisputeQuery, Edit, NotEnrolled
from sync.protocol.chain import START, encode, full_changes, is_signed, sign
from sync.protocol.messages import Link
from sync.records import RECORD_TYPES
from sync.records.sample import sample
from tests.store.conftest import ME, START_MS, Desk

YEAR_MS = 365 * 24 * 3600 * 1000


def test_what_was_saved_is_read_back_after_a_restart(desk: Desk) -> None:
    dispute = desk.register()
    desk.add_party(dispute, "曾祥瑞", phone="13812345678")
    store = desk.reopen()
    assert store.record("dispute", dispute)["title"] == "张建国与李秀英宅基地纠纷"
    assert store.record("party", dispute) is None
    assert [child["name"] for child in store.children("party", dispute)] == ["曾祥瑞"]
    assert [row.title for row in store.disputes(DisputeQuery()).rows] == ["张建国与李秀英宅基地纠纷"]


@pytest.mark.parametrize("name", list(RECORD_TYPES))
def test_every_field_of_every_type_comes_back_as_it_went_in(desk: Desk, name: str) -> None:
    kind, record = RECORD_TYPES[name], desk.world.id()
    fields = sample(kind, desk.world.random, ids=desk.world.id)
    desk.store.save([Edit(name, record, fields)], ME)
    assert desk.store.record(name, record) == {"id": record, **fields}
    assert desk.store.verify() == []


def test_a_save_tells_its_listeners_once_what_changed(desk: Desk) -> None:
    told = []
    desk.store.changed.append(told.append)
    dispute = desk.register()
    party = desk.add_party(dispute, "李秀英")
    assert [dict(changes.records) for changes in told] == [
        {"dispute": {dispute}},
        {"party": {party}, "dispute": {dispute}},
    ]


def test_an_edit_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    dispute = desk.register()
    assert not desk.store.save([Edit("dispute", dispute, {"title": "张建国与李秀英宅基地纠纷"})], ME)
    assert len(desk.store.history([dispute])) == 1


def test_a_change_holds_only_what_changed_and_what_was_there(desk: Desk) -> None:
    dispute = desk.register(risk="低")
    desk.change(dispute, risk="高", title="张建国与李秀英宅基地纠纷", summary="吵过一次")
    line = desk.store.history([dispute])[0]
    assert (line.set, line.was) == ({"risk": "高", "summary": "吵过一次"}, {"risk": "低"})


def test_none_clears_a_field(desk: Desk) -> None:
    dispute = desk.register(risk="低")
    desk.change(dispute, risk=None)
    assert "risk" not in desk.store.record("dispute", dispute)


def test_an_undeclared_type_writes_nothing_at_all(desk: Desk) -> None:
    dispute = desk.world.id()
    with pytest.raises(KeyError):
        desk.store.save([Edit("dispute", dispute, {"title": "甲"}), Edit("spell", "x", {"a": 1})], ME)
    assert desk.store.record("dispute", dispute) is None
    assert desk.store.waiting() == 0


def test_the_draft_a_record_grew_from_goes_with_its_saving(desk: Desk) -> None:
    desk.store.write_draft("new/1", {"title": "张建"})
    desk.store.save([Edit("dispute", desk.world.id(), {"title": "张建国"})], ME, draft="new/1")
    assert desk.store.draft("new/1") is None


def test_drafts_are_kept_by_key_newest_first(desk: Desk) -> None:
    for key in ("new/1", "new/2", "page/7"):
        desk.store.write_draft(key, {"summary": f"写了一半 {key}"})
    desk.store.write_draft("new/1", {"summary": "又写了几个字"})
    store = desk.reopen()
    assert [draft.key for draft in store.drafts("new/")] == ["new/1", "new/2"]
    assert store.draft("new/1").body == {"summary": "又写了几个字"}


def test_each_change_is_chained_to_the_one_before_and_signed_as_one(desk: Desk) -> None:
    dispute = desk.register()
    desk.change(dispute, risk="高")
    batch = desk.store.replica.next_batch(10, 10**6)
    assert (batch.first, batch.before, len(batch.links)) == (1, encode(START), 2)
    assert [change.id for change in full_changes(batch)] == [f"{batch.writer}.1", f"{batch.writer}.2"]
    key = Ed25519PrivateKey.generate()
    signed = sign(key, "hub", batch)
    assert is_signed(key.public_key(), "hub", signed)
    altered = replace(batch.links[0].change, set={"title": "别的"})
    forged = replace(signed, links=[Link(batch.links[0].salt, altered), batch.links[1]])
    assert not is_signed(key.public_key(), "hub", forged)


def test_a_batch_fits_its_bounds_but_always_holds_one_link(desk: Desk) -> None:
    for n in range(5):
        desk.register(f"第 {n} 件", summary="长" * 500)
    assert len(desk.store.replica.next_batch(3, 10**6).links) == 3
    assert len(desk.store.replica.next_batch(10, 10).links) == 1
    assert len(desk.store.replica.next_batch(10, 4000).links) == 2


def test_a_clock_that_jumps_back_two_years_never_turns_the_order_round(desk: Desk) -> None:
    dispute = desk.register()
    desk.world.now_ms = START_MS + 2 * YEAR_MS
    desk.change(dispute, risk="中")
    desk.world.now_ms = START_MS
    with pytest.raises(ClockDoubt, match="时间不对"):
        desk.store.check_clock()
    desk.change(dispute, risk="高")
    desk.store.check_clock()
    ahead, behind = desk.store.history([dispute])[1], desk.store.history([dispute])[0]
    assert behind.at_ms > ahead.at_ms
    assert abs(behind.told_ms - START_MS) < 60_000
    assert desk.store.record("dispute", dispute)["risk"] == "高"


def test_serial_numbers_are_never_given_twice(desk: Desk) -> None:
    assert [desk.store.next_serial("2026"), desk.store.next_serial("2026"), desk.store.next_serial("2027")] == [1, 2, 1]
    assert desk.reopen().next_serial("2026") == 3


def test_settings_keep_their_kind(desk: Desk) -> None:
    for value in ("大", 12, True, ["甲", "乙"]):
        desk.store.set_setting("看法", value)
        assert desk.reopen().setting("看法") == value
    desk.store.set_setting("看法", None)
    assert desk.store.setting("看法") is None


def test_a_desk_that_has_not_met_its_district_says_so_and_works(desk: Desk) -> None:
    with pytest.raises(NotEnrolled, match="入网码"):
        desk.store.desk()
    with pytest.raises(LookupError):
        desk.store.replica.identity()
    assert desk.store.record("dispute", desk.register())


def test_many_threads_may_write_and_read_at_once(desk: Desk) -> None:
    failures: list[BaseException] = []
    dispute = desk.register()

    def work(n: int) -> None:
        try:
            for k in range(5):
                desk.store.save([Edit("dispute", dispute, {f"resp_{'unit' if n % 2 else 'person'}": f"{n}-{k}"})], ME)
                assert desk.store.record("dispute", dispute)
        except BaseException as problem:
            failures.append(problem)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(desk.store.history([dispute])) == 31
    assert desk.store.verify() == []
