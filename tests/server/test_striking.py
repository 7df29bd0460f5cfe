"""How many disputes a desk may strike out in a day before the district is asked, and what does not count."""

from __future__ import annotations

import pytest

from sync.server import striking
from tests.server.conftest import VILLAGE, District
from tests.server.desk import Desk

STRUCK = {"status": "90", "void_at": "2026-09-21T10:00:00+08:00", "void_reason": "手滑"}
MOST = 2


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(striking, "LEAST", MOST)


def registered(district: District, desk: Desk, by: str, count: int) -> list[str]:
    made = [district.new_id() for _ in range(count)]
    for dispute in made:
        desk.change("dispute", dispute, district.dispute(by, VILLAGE), by)
    assert all(verdict.no for verdict in desk.round().verdicts)
    return made


def test_what_is_struck_out_beyond_the_limit_waits_for_the_district(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    for dispute in registered(district, desk, by, MOST + 1):
        desk.change("dispute", dispute, STRUCK, by)
    assert [v.refused for v in desk.round().verdicts] == ["", "", "too_many"]


def test_who_strikes_out_a_few_every_day_is_stopped_by_nobody(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    for dispute in registered(district, desk, by, MOST + 1):
        desk.change("dispute", dispute, STRUCK, by)
        district.now_ms += 13 * 3600 * 1000
        assert [v.refused for v in desk.round().verdicts] == [""]


def test_deciding_that_a_dispute_stays_struck_out_strikes_out_nothing(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    other, colleague = district.clerk(VILLAGE)
    struck, *more = registered(district, desk, by, MOST + 1)
    other.round()
    desk.change("dispute", struck, STRUCK, by)
    desk.round()
    refused = {"status": "20", "refuse_reason": "05", "refuse_told_at": STRUCK["void_at"]}
    other.change("dispute", struck, refused, colleague)
    (verdict,) = other.round().verdicts
    assert "status" in verdict.aside
    for _ in range(MOST):
        desk.round()
        desk.change("dispute", struck, {"status": "90"}, by, settles=[verdict.no])
        (decided,) = desk.round().verdicts
        assert not decided.refused, decided
    desk.change("dispute", more[0], STRUCK, by)
    assert [v.refused for v in desk.round().verdicts] == [""]
