"""What somebody bends in the database behind the hub's back is found."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from tests.server.conftest import NEIGHBOUR, VILLAGE, District

BENT = {
    "现状和日志不一致": "UPDATE standing SET fields = replace(fields, '改过', '另写') WHERE type = 'dispute'",
    "合计对不上": "UPDATE tally SET records = records + 1 WHERE address = '620802107200'",
    "日志缺第": "DELETE FROM journal WHERE no = (SELECT max(no) - 1 FROM journal)",
    "内容不见了": "DELETE FROM refusal",
    "改动链断了": "UPDATE journal SET body = replace(body, '改过', '另写') WHERE type = 'dispute'",
    "签名不对": "UPDATE vouch SET signature = replace(signature, substr(signature, 1, 4), '0000')",
    "现状里没有": "DELETE FROM standing WHERE type = 'dispute'",
}


@pytest.mark.parametrize("fault", list(BENT))
def test_a_bent_database_is_found_out(district: District, fault: str) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute = district.new_id()
    desk.change("dispute", dispute, district.dispute(clerk, VILLAGE, title="改过的"), clerk)
    desk.change("dispute", district.new_id(), district.dispute(clerk, NEIGHBOUR), clerk)
    desk.change("dispute", dispute, {"amount_cents": 7}, clerk)
    desk.round()
    assert district.hub.verify() == []
    district.is_bent = True
    engine = create_engine(district.url)
    with engine.begin() as connection:
        connection.execute(text(BENT[fault]))
    engine.dispose()
    found = district.hub.verify()
    assert any(fault in line for line in found), found
