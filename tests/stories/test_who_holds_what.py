"""Who holds a dispute: its places, the offices of the named when the doors are closed, nobody after a revocation."""

from __future__ import annotations

from desktop.casework.disputes import progress, sessions
from desktop.casework.exchange import status
from tests.stories.district import DISTRICT, NEIGHBOUR, TOWN, VILLAGE, District, Office, registered


def holders(district: District, dispute_id: str) -> list[str]:
    """The places whose desks show the dispute."""
    return [office.place for office in district.offices if office.store.record("dispute", dispute_id)]


def test_a_village_sees_its_own_a_township_its_villages_and_the_district_all(
    district: District, village: Office, township: Office
) -> None:
    district.office(NEIGHBOUR)
    district.office(DISTRICT)
    at_village = registered(village.sit())
    at_neighbour = registered(township.sit(), "张有财", "刘桂兰", place_code=NEIGHBOUR)
    district.come_to_rest()
    assert holders(district, at_village) == [VILLAGE, TOWN, DISTRICT]
    assert holders(district, at_neighbour) == [TOWN, NEIGHBOUR, DISTRICT]


def test_a_closed_session_is_only_at_the_offices_of_the_named(
    district: District, village: Office, township: Office
) -> None:
    district.office(DISTRICT)
    dispute_id = registered(village.sit())
    district.come_to_rest()
    draft = sessions.tell(village.sit(), sessions.begin(village.sit(), dispute_id), "closed", answer=True)
    present = [str(p["id"]) for p in village.store.children("party", dispute_id)]
    draft = sessions.tell(village.sit(), {**draft, "place": "调解室", "present": present}, "rights")
    draft = sessions.say(village.sit(), draft, present[0], "这话只在这屋里说。")
    sessions.finish(village.sit(), draft, sessions.Outcome("未达成", closing="工钱谁出"))
    district.come_to_rest()
    assert holders(district, dispute_id) == [VILLAGE]
    (sealed,) = township.store.sealed_list()
    assert set(sealed.stub) == {"place_code", "found_date", "status"}
    assert township.store.search("这话只在").disputes == ()
    helper = next(m for m in village.store.records("mediator") if m["name"] == "赵文博")
    progress.change(village.sit(), dispute_id, {"co_mediator_ids": [str(helper["id"])]})
    district.come_to_rest()
    assert holders(district, dispute_id) == [VILLAGE, TOWN]
    assert len(township.store.children("session", dispute_id)) == 1
    assert township.store.sealed_list() == []


def test_a_dispute_moved_elsewhere_leaves_and_what_was_unsent_there_stays(
    district: District, village: Office, township: Office
) -> None:
    neighbour = district.office(NEIGHBOUR)
    dispute_id = registered(village.sit())
    district.come_to_rest()
    progress.change(township.sit(), dispute_id, {"place_code": NEIGHBOUR})
    township.exchange()
    progress.change(village.sit(), dispute_id, {"summary": "还没传走的一句话。"})
    village.exchange()
    assert neighbour.exchange().state == "agreed"
    assert neighbour.dispute(dispute_id)["place_code"] == NEIGHBOUR
    assert village.store.record("dispute", dispute_id) is None
    told = "“王有福与李建军宅基地使用纠纷”11月23日转到段沟村了，1 处没传的还留在这里。"
    assert status.page(village.sit()).left == (told,)
    (refused,) = village.store.refused_list()
    assert (refused.code, refused.set) == ("out_of_scope", {"summary": "还没传走的一句话。"})
    village.store.drop_refused(refused.id)
    district.come_to_rest()
    assert holders(district, dispute_id) == [TOWN, NEIGHBOUR]


def test_a_page_that_would_take_too_much_away_stops_and_asks(
    district: District, village: Office, township: Office
) -> None:
    moved = [registered(village.sit(), f"王有{n}", f"李建{n}") for n in "一二三四五六七八九十甲丙丁戊己庚辛壬"]
    district.come_to_rest()
    for dispute_id in moved:
        progress.change(township.sit(), dispute_id, {"place_code": NEIGHBOUR})
    township.exchange()
    result = village.exchange()
    assert result.state == "trouble"
    assert result.pull_too_large is not None
    assert village.rounds.due_at() is None
    assert len(village.store.records("dispute")) == len(moved)
    village.rounds.allow_large_pull()
    assert village.exchange().state == "agreed"
    assert village.store.records("dispute") == []
    district.come_to_rest()


def test_a_revoked_desk_gets_nothing_and_loses_nothing(district: District, village: Office, township: Office) -> None:
    known = registered(village.sit())
    district.come_to_rest()
    district.hub.revoke(village.store.desk().device, "电脑丢了")
    registered(township.sit(), "张有财", "刘桂兰")
    township.exchange()
    unsent = registered(village.sit(), "陈铁柱", "杨立本")
    before = len(district.hub.journal())
    result = village.exchange()
    assert (result.state, result.applied, result.received) == ("trouble", 0, 0)
    assert "已经停用了这台电脑" in result.sentence
    assert village.rounds.due_at() is None
    assert {str(r["id"]) for r in village.store.records("dispute")} == {known, unsent}
    assert len(district.hub.journal()) == before
    assert status.card(village.sit()).trouble == result.sentence
    district.offices.remove(village)
    district.come_to_rest()
    village.store.close()


def test_a_new_pc_has_everything_of_its_place_after_the_first_round(
    district: District, village: Office, township: Office
) -> None:
    for names in (("王有福", "李建军"), ("张有财", "刘桂兰"), ("陈铁柱", "杨立本")):
        dispute_id = registered(village.sit(), *names)
    progress.change(township.sit(), registered(township.sit()), {"risk": "高"})
    district.come_to_rest()
    second = district.office(TOWN)
    second.agrees()
    assert len(second.store.records("dispute")) == 4
    before = village.store.history([dispute_id])
    assert [(line.id, line.set) for line in second.store.history([dispute_id])] == [
        (line.id, line.set) for line in before
    ]
