"""A desk and its hub come to hold the same, whatever is sent twice, cut, or played again."""

from __future__ import annotations

import msgspec

from sync.protocol import chain
from sync.protocol.messages import Answer
from sync.protocol.packing import unpack
from tests.server.conftest import DISTRICT, NEIGHBOUR, TOWN, VILLAGE, District


def test_a_dispute_reaches_the_township_and_the_district_and_nobody_else(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    others = [district.desk(place) for place in (TOWN, DISTRICT, NEIGHBOUR)]
    dispute = district.new_id()
    village.change("dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    answer = village.round()
    assert [v.refused or v.no for v in answer.verdicts] == [answer.entries[-1].no]
    assert village.proof() == answer.proof
    town, centre, neighbour = others
    for desk in others:
        assert desk.round().proof == desk.proof()
    assert town.holds(dispute) == centre.holds(dispute) == village.holds(dispute) != {}
    assert neighbour.holds(dispute) == {}


def test_a_batch_sent_twice_gets_the_same_answers_and_changes_nothing(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    desk.change("party", district.new_id(), {"name": "没有纠纷的人"}, clerk)
    batch = desk.batch()
    first = desk.answer(desk.ask(batch))
    again = desk.answer(desk.ask(batch))
    assert first.verdicts == again.verdicts
    assert [bool(v.no) for v in first.verdicts] == [True, False]
    assert first.proof == again.proof
    assert len({line.change_id for line in district.hub.journal()}) == len(district.hub.journal())


def test_after_a_lost_answer_the_desk_may_send_less_or_more_than_before(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for _ in range(6):
        desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    lost = desk.answer(desk.ask(desk.batch(1, 4)))
    fewer = desk.answer(desk.ask(desk.batch(1, 2)))
    more = desk.answer(desk.ask(desk.batch(1, 6)))
    assert fewer.verdicts == lost.verdicts[:2]
    assert more.verdicts[:4] == lost.verdicts
    assert [v.no for v in more.verdicts] == sorted(v.no for v in more.verdicts)


def test_a_clerk_alone_never_meets_a_conflict(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute = district.new_id()
    desk.change("dispute", dispute, district.dispute(clerk, VILLAGE, amount_cents=100), clerk)
    desk.change("dispute", dispute, {"amount_cents": 200}, clerk, was={"amount_cents": 100})
    desk.change("dispute", dispute, {"amount_cents": 300}, clerk, was={"amount_cents": 200})
    answer = desk.round()
    assert [(v.refused, v.aside) for v in answer.verdicts] == [("", [])] * 3
    assert desk.holds(dispute)["amount_cents"] == 300


def test_two_desks_that_differ_see_the_clash_until_somebody_decides(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute = district.new_id()
    village.change("dispute", dispute, district.dispute(clerk, VILLAGE, amount_cents=100, risk="低"), clerk)
    village.round()
    town.round()
    village.change("dispute", dispute, {"amount_cents": 200, "risk": "中"}, clerk)
    town.change("dispute", dispute, {"amount_cents": 300, "place_text": "村口"}, officer)
    village.round()
    (verdict,) = town.round().verdicts
    assert verdict.aside == ["amount_cents"]
    assert town.holds(dispute)["amount_cents"] == 200
    assert town.holds(dispute)["place_text"] == "村口"
    decided = town.change(
        "dispute", dispute, {"amount_cents": 300}, officer, settles=[verdict.no, 1, 999_999]
    )
    town.round()
    (entry,) = [e for e in village.round().entries if e.id == decided.id]
    assert entry.change is not None
    assert entry.change.settles == [verdict.no]
    assert village.holds(dispute) == town.holds(dispute)
    assert village.holds(dispute)["amount_cents"] == 300


def test_a_decision_may_take_a_step_that_was_set_aside(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town, officer = district.clerk(TOWN, "township")
    dispute = district.new_id()
    village.change("dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    village.round()
    town.round()
    village.change("dispute", dispute, {"status": "20"}, clerk)
    refused = {"status": "21", "refuse_reason": "05", "refuse_told_at": "2026-09-01T10:00:00+08:00"}
    town.change("dispute", dispute, refused, officer)
    village.round()
    (verdict,) = town.round().verdicts
    assert "status" in verdict.aside
    kept = {"status": "20"} | {name: None for name in verdict.aside if name != "status"}
    village.round()
    village.change("dispute", dispute, {**kept, "status": "21"}, clerk, settles=[verdict.no])
    (decided,) = village.round().verdicts
    assert not decided.refused
    assert village.holds(dispute)["status"] == "21"


def test_a_small_page_still_brings_one_entry_and_all_pages_bring_everything(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    ids = [district.new_id() for _ in range(12)]
    for dispute in ids:
        desk.change("dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    desk.round()
    town = district.desk(TOWN)
    pages = 0
    while (answer := town.answer(town.ask(room=1))).more:
        assert answer.entries
        assert answer.proof is None
        town.take(answer, None)
        pages += 1
    town.take(answer, None)
    assert pages > 3
    assert town.proof() == answer.proof
    assert all(town.holds(dispute) for dispute in ids)


def test_when_nothing_is_new_the_cursor_rests_at_the_end_of_the_feed(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    neighbour = district.desk(NEIGHBOUR)
    neighbour.round()
    for _ in range(3):
        desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    end = desk.round().cursor
    answer = neighbour.round()
    assert answer.entries == []
    assert answer.cursor == end


def test_own_changes_come_back_without_their_content(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    change = desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    (entry,) = [e for e in desk.round().entries if e.id == change.id]
    assert entry.change is None
    assert entry.address == [VILLAGE]


def test_a_copied_disk_is_told_to_take_a_new_writer(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for amount in (1, 2):
        desk.change(
            "dispute", district.new_id(), district.dispute(clerk, VILLAGE, amount_cents=amount), clerk
        )
    desk.answer(desk.ask(desk.batch(1, 2)))
    desk.links.pop()
    desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE, amount_cents=3), clerk)
    assert desk.answer(desk.ask(desk.batch(1))).halt == "forked"
    assert desk.answer(desk.ask(desk.batch(2))).halt == "forked"
    assert len([e for e in district.hub.journal() if e.author == clerk]) == 2


def test_a_gap_or_a_foreign_beginning_is_a_fork(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for _ in range(3):
        desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    assert desk.answer(desk.ask(desk.batch(2))).halt == "forked"
    batch = desk.batch(1)
    assert batch is not None
    bent = chain.sign(
        desk.key, desk.identity.hub, msgspec.structs.replace(batch, before=chain.encode(b"x" * 32))
    )
    assert desk.answer(desk.ask(bent)).halt == "forked"


def test_the_same_change_under_a_new_writer_keeps_its_number(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    change = desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    (first,) = desk.round().verdicts
    desk.begin("w-anew")
    desk.links = [chain.short_link(desk.writer, 1, chain.encode(b"saltsalt"), change)]
    desk.own[change.id] = change
    (again,) = desk.round().verdicts
    assert again == first
    other = msgspec.structs.replace(change, set={**change.set, "title": "另一件"})
    desk.links.append(chain.short_link(desk.writer, 2, chain.encode(b"saltsalt"), other))
    (refused,) = desk.round().verdicts
    assert refused.refused == "duplicate_id"


def test_after_a_restore_desks_read_anew_and_offer_their_changes_again(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute = district.new_id()
    desk.change("dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    before = desk.round()
    epoch = district.hub.new_epoch()
    halted = desk.answer(desk.ask())
    assert (halted.halt, halted.epoch) == ("epoch", epoch)
    desk.epoch, desk.cursor = epoch, 0
    answer = desk.answer(desk.ask(desk.batch(1)))
    assert answer.verdicts == before.verdicts
    assert answer.proof == before.proof


def test_a_cursor_beyond_the_feed_means_the_hub_went_back(district: District) -> None:
    desk = district.desk(VILLAGE)
    desk.round()
    assert desk.answer(desk.ask(cursor=desk.cursor + 1)).halt == "epoch"


def test_an_old_program_is_told_so(district: District) -> None:
    desk = district.desk(VILLAGE)
    assert desk.answer(desk.ask(protocol=0)).halt == "protocol"


def test_refused_changes_are_kept_and_may_be_asked_about(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    bad = desk.change("dispute", district.new_id(), district.dispute(clerk, NEIGHBOUR), clerk)
    good = desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    verdicts = {v.id: v for v in desk.round().verdicts}
    assert verdicts[bad.id].refused == "out_of_scope"
    assert verdicts[bad.id].why
    assert verdicts[good.id].no
    assert district.hub.refused_ids() == [bad.id]
    assert [line.asked for line in district.hub.refusals()] == [False]
    other = district.desk(VILLAGE)
    other.round(asked=[bad.id])
    assert [line.asked for line in district.hub.refusals()] == [False]
    desk.round(asked=[bad.id, "no such", "\x00"])
    (line,) = district.hub.refusals()
    assert line.asked
    assert line.change == bad


def test_repair_finds_the_records_that_differ(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    town = district.desk(TOWN)
    dispute = district.new_id()
    village.change("dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    village.change("dispute", dispute, {"title": "改了名字"}, clerk)
    village.round()
    town.round()
    tallies = town.compare("tallies").tallies
    assert {VILLAGE, "*"} <= set(tallies)
    census = town.compare("census", address=VILLAGE).census
    assert set(census) == {dispute, village.identity.device}
    assert tallies[VILLAGE].count == len(census)
    entries = town.compare("records", records=[dispute, "no-such", "\x00"]).entries
    assert [e.no for e in entries] == sorted(e.no for e in entries)
    assert len(entries) == 2
    assert all(e.change is not None for e in entries)
    assert town.compare("census", address=NEIGHBOUR).census == {}
    assert len(village.compare("census", address="*").census) == tallies["*"].count


def test_five_hundred_changes_go_in_one_request(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for _ in range(500):
        desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE, summary="短"), clerk)
    verdicts = desk.round().verdicts
    assert len(verdicts) == 500
    assert all(v.no for v in verdicts)


def test_a_request_played_again_is_not_answered(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    ask = desk.ask(desk.batch())
    desk.answer(ask)
    status, body = desk.call("/exchange", ask)
    played = unpack(body, Answer)
    assert (status, played.halt, played.entries, played.verdicts) == (200, "replayed", [], [])
