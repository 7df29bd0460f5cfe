"""Whatever values a desk is made to send, each change gets a verdict and the others go on."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.records import RECORD_TYPES
from sync.server.hub import Hub
from tests.server.conftest import DISTRICT, PLACES, TOWN, VILLAGE, District
from tests.server.desk import Desk

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUE = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | st.just("id"), inner, max_size=4),
    max_leaves=8,
)
NAMES = {name: sorted({*kind.by_name, "score"}) for name, kind in RECORD_TYPES.items()}


@st.composite
def bent(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A type with new and old values that may be anything."""
    kind = draw(st.sampled_from(sorted(NAMES)))
    fields = st.dictionaries(st.sampled_from(NAMES[kind]), VALUE, max_size=5)
    return kind, draw(fields), draw(fields)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> tuple[District, Desk, str, dict[str, str]]:
    """A village desk holding one record of each of its types."""
    url = f"sqlite:///{tmp_path_factory.mktemp('bent') / 'hub.db'}"
    made: list[District] = []
    hub = Hub.open(url, clock_ms=lambda: made[0].clock_ms(), random_bytes=Random(2).randbytes)
    made.append(District(hub, url, Random(3)))
    hub.initialise(DISTRICT, PLACES)
    desk, clerk = made[0].clerk(TOWN, "township")
    records = {"dispute": made[0].new_id()}
    desk.change("dispute", records["dispute"], made[0].dispute(clerk, VILLAGE), clerk)
    for kind in ("party", "session", "agreement", "follow_up"):
        records[kind] = made[0].new_id()
        given = {"confirm_state": "未申请"} if kind == "agreement" else {}
        desk.change(kind, records[kind], made[0].child(kind, records["dispute"], **given), clerk)
    assert not any(v.refused for v in desk.round().verdicts)
    return made[0], desk, clerk, records


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(bent(), min_size=1, max_size=6), fresh=st.booleans())
def test_every_bent_change_gets_its_own_verdict(
    village: tuple[District, Desk, str, dict[str, str]], changes: list[Any], fresh: bool
) -> None:
    district, desk, clerk, records = village
    for kind, fields, was in changes:
        record = records.get(kind) if not fresh else None
        desk.change(kind, record or district.new_id(), fields, clerk, was=was, settles=[1, -1, 2**80])
    answer = desk.round()
    assert len(answer.verdicts) == len(changes)
    assert answer.proof == desk.proof()


def test_afterwards_everything_still_follows_from_the_journal(
    village: tuple[District, Desk, str, dict[str, str]],
) -> None:
    assert village[0].hub.verify() == []
    village[0].hub.close()
