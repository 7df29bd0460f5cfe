"""Names for ids, as everybody says them."""

import pytest

from desktop.casework.directory import Directory
from desktop.store import Edit
from tests.casework.conftest import CLERK, COLLEAGUE, COMMITTEE, HELPER, NEIGHBOUR, VILLAGE, Office


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("花所村委会", "花所村"),
        ("景村村委会", "景村"),
        ("高寨村民委员会", "高寨村"),
        ("解放中路社区居委会", "解放中路社区"),
        ("清福社区居民委员会", "清福社区"),
        ("花所镇", "花所镇"),
    ],
)
def test_places_are_said_as_people_say_them(office: Office, written: str, said: str) -> None:
    office.store.save([Edit("place", VILLAGE, {"name": written})], by=CLERK)
    assert office.directory.place_name(VILLAGE) == said


def test_a_changed_name_is_seen_at_once(office: Office) -> None:
    assert office.directory.account_name(COLLEAGUE) == "赵文博"
    office.store.save([Edit("account", COLLEAGUE, {"name": "赵文渊"})], by=CLERK)
    assert office.directory.account_name(COLLEAGUE) == "赵文渊"


def test_what_is_not_known_is_said_so_and_nothing_is_said_of_nobody(office: Office) -> None:
    names = Directory(office.store)
    assert names.place_name("620802108200") == "620802108200"
    assert names.account_name("nobody") == "不知道是谁"
    assert names.mediator_name("") == ""


def test_mediators_in_office_and_committees_of_the_place_and_above(office: Office) -> None:
    assert len(office.directory.mediators("2026-11-23")) == 2
    office.store.save([Edit("mediator", HELPER, {"valid_to": "2026-10-01"})], by=CLERK)
    assert len(office.directory.mediators("2026-11-23")) == 1
    assert office.directory.mediator_ids(COLLEAGUE) == {HELPER}
    assert [org["id"] for org in office.directory.orgs_for(NEIGHBOUR)] == [COMMITTEE]
