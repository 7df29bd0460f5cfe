"""A desk comes in with a code made for its place, once, in time."""

from __future__ import annotations

from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.protocol import chain
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.messages import Code, Enrol, Enrolled, MakeCode
from sync.protocol.packing import pack, unpack
from sync.server.enrolment import CODE_MS, HOUR_MS, WRONG_PER_PEER
from tests.server.conftest import DISTRICT, TOWN, VILLAGE, District
from tests.server.desk import Desk

KEY = chain.encode(
    Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
)
OTHER_KEY = chain.encode(
    Ed25519PrivateKey.from_private_bytes(bytes(31) + b"1")
    .public_key()
    .public_bytes(Encoding.Raw, PublicFormat.Raw)
)


def enrolled(
    district: District, secret: str, key: str = KEY, *, name: str = "电脑", peer: str = "1"
) -> Enrolled:
    """The hub's answer to one enrolment."""
    status, body = district.hub.handle("/enrol", pack(Enrol(secret, name, key)), {}, peer)
    assert status == 200
    return unpack(body, Enrolled)


def secret(district: District, place: str = VILLAGE) -> str:
    return EnrolmentCode.read(district.hub.make_code(place)).secret


def test_a_desk_learns_who_it_is_and_who_may_use_it(district: District) -> None:
    here = district.account(VILLAGE, "village")
    district.account(TOWN, "township")
    district.hub.end_account(district.account(VILLAGE, "village"), "2026-02-01")
    answer = enrolled(district, secret(district))
    assert not answer.refused
    assert (answer.place, answer.place_name, answer.number) == (VILLAGE, "花所村委会", 1)
    assert [person.id for person in answer.people] == [here]
    assert (answer.hub, answer.epoch) == (district.hub.charter().hub, district.hub.charter().epoch)
    assert enrolled(district, secret(district), OTHER_KEY).number == 2


def test_a_code_works_once_but_a_lost_answer_may_be_asked_for_again(district: District) -> None:
    code = secret(district)
    first = enrolled(district, code)
    assert enrolled(district, code) == first
    assert enrolled(district, code, OTHER_KEY).refused


def test_a_code_ends_after_seven_days(district: District) -> None:
    code = secret(district)
    district.now_ms += CODE_MS + 1000
    assert enrolled(district, code).refused
    assert district.hub.open_codes() == []


def test_a_bad_name_or_key_is_refused_and_the_code_stays_good(district: District) -> None:
    code = secret(district)
    for name, key in (
        ("", KEY),
        ("长" * 61, KEY),
        ("两\n行", KEY),
        ("电脑", ""),
        ("电脑", "AAAA"),
        ("电脑", "钥匙"),
    ):
        assert enrolled(district, code, key, name=name).refused
    assert not enrolled(district, code).refused


def test_guessing_is_stopped_for_an_hour_and_others_are_not_hindered(district: District) -> None:
    code = secret(district)
    for _ in range(WRONG_PER_PEER):
        assert enrolled(district, "00" * 10, peer="guesser").refused
    assert enrolled(district, code, peer="guesser").refused
    district.now_ms += HOUR_MS
    assert not enrolled(district, code, peer="guesser").refused
    assert not enrolled(district, secret(district), OTHER_KEY, peer="another").refused


def asked_code(desk: Desk, by: str, place: str) -> Code:
    """The hub's answer to a desk that wants a code."""
    desk.number += 1
    status, body = desk.call("/code", MakeCode(desk.writer, desk.number, by, place))
    assert status == 200
    return unpack(body, Code)


def test_the_districts_own_desk_may_make_codes_and_no_other(district: District) -> None:
    centre, officer = district.clerk(DISTRICT, "district")
    made = asked_code(centre, officer, VILLAGE)
    assert not made.refused
    assert made.until == "2026-09-28"
    desk = Desk(district.hub.handle, made.code, clock_ms=district.clock_ms, random=Random(9))
    assert desk.place == VILLAGE
    town, mayor = district.clerk(TOWN, "admin")
    auditor = district.account(DISTRICT, "auditor")
    assert asked_code(town, mayor, VILLAGE).refused
    assert asked_code(town, officer, VILLAGE).refused
    assert asked_code(centre, auditor, VILLAGE).refused
    assert asked_code(centre, "nobody", VILLAGE).refused
    assert asked_code(centre, officer, "110101001001").refused
    assert asked_code(centre, officer, "not a place").refused
    district.hub.revoke(centre.identity.device, "换了")
    assert asked_code(centre, officer, VILLAGE).refused.startswith("这台电脑已停用")
