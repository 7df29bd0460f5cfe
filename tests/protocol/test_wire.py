"""Chains, packing, proofs and addresses: what cannot be forged, what is refused, what is one round trip."""

import random

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol import chain, proof
from sync.protocol.addresses import Ears, ordinary
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Garbled
from sync.protocol.messages import Answer, Ask, Batch, Change, Link
from sync.protocol.packing import pack, unpack
from sync.records import RECORD_TYPES

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def batch(*amounts: int, first: int = 1, before: bytes = chain.START) -> Batch:
    links = [
        Link(chain.encode(bytes([n] * 8)), Change(type="dispute", record="r", set={"amount_cents": n}, by="a", at=n))
        for n in amounts
    ]
    return chain.sign(KEY, "hub", Batch("W", first, chain.encode(before), links))


def test_a_signed_batch_is_recognised_and_an_altered_one_is_not() -> None:
    whole = batch(1, 2, 3)
    public = KEY.public_key()
    assert chain.is_signed(public, "hub", whole)
    assert not chain.is_signed(public, "another hub", whole)
    dropped = msgspec.structs.replace(whole, links=whole.links[1:])
    altered = Link(whole.links[1].salt, msgspec.structs.replace(whole.links[1].change, set={"amount_cents": 9}))
    swapped = msgspec.structs.replace(whole, links=[whole.links[0], altered, whole.links[2]])
    moved = msgspec.structs.replace(batch(1, 2, 3, before=b"x" * 32), signature=whole.signature)
    for forged in (dropped, swapped, moved, msgspec.structs.replace(whole, signature="")):
        assert not chain.is_signed(public, "hub", forged)


def test_one_chain_cut_into_any_batches_ends_at_the_same_head() -> None:
    whole = chain.heads(batch(1, 2, 3, 4))
    head = chain.heads(batch(1, 2))[-1]
    rest = batch(3, 4, first=3, before=head)
    assert chain.heads(rest) == whole[2:]


def test_a_change_keeps_its_id_when_it_goes_on_under_another_writer() -> None:
    kept = chain.short_link("V", 1, "AAAAAAAAAAA", Change(type="t", record="r", set={}, by="a", at=1, id="W.7"))
    assert kept.change.id == "W.7"
    own = chain.short_link("W", 7, "AAAAAAAAAAA", Change(type="t", record="r", set={}, by="a", at=1, id="W.7"))
    assert own.change.id == ""
    assert chain.full_changes(Batch("W", 7, "", [own]))[0].id == "W.7"


def test_a_message_survives_the_road() -> None:
    ask = Ask(writer="W", number=1, cursor=0, room=1, clock=1, batch=batch(1, 2))
    assert unpack(pack(ask), Ask) == ask


@pytest.mark.parametrize(
    "body",
    [
        b"", b"not zstd", zstandard.compress(b"{"), zstandard.compress(b"[]"), zstandard.compress(b'{"writer": 1}'),
        zstandard.compress(b"\xff\xfe"), zstandard.compress(b"\x00" * (64 << 20)),
        zstandard.compress(b'{"x":' + b"[" * 10**6 + b"]" * 10**6 + b"}"),
        zstandard.compress(b'{"writer":"w","number":1,"cursor":0,"room":1,"clock":1,"batch":{"writer":"w","first":1,'
                           b'"before":"","links":[["", {"type":"t","record":"r","by":"a","at":1,"set":{"a":'
                           + b"[" * 10**6 + b"]" * 10**6 + b"}}]]}}"),
        zstandard.compress(b"[]")[:-3],
    ],
    ids=["empty", "not zstd", "cut json", "wrong shape", "wrong types", "not utf-8", "bomb", "deep unknown",
         "deep known", "cut short"],
)  # fmt: skip
def test_a_body_that_is_no_message_is_refused_cleanly(body: bytes) -> None:
    with pytest.raises(Garbled):
        unpack(body, Ask)


def test_a_frame_without_a_size_is_refused_before_it_is_inflated() -> None:
    endless = zstandard.ZstdCompressor(write_content_size=False).compress(b" " * 1000)
    with pytest.raises(Garbled):
        unpack(endless, Answer)


def test_a_proof_is_the_same_in_any_order_and_forgets_what_is_removed() -> None:
    marks = [proof.mark("dispute", str(i), i, {"a": i}) for i in range(20)]
    shuffled = random.Random(1).sample(marks, k=20)
    one = other = proof.NOTHING
    for a, b in zip(marks, shuffled, strict=True):
        one, other = proof.add(one, a), proof.add(other, b)
    assert one == other
    assert one.count == 20
    for a in marks:
        one = proof.remove(one, a)
    assert one == proof.NOTHING


VILLAGE, TOWN, OTHER_TOWN, DISTRICT = "620802107204", "620802107000", "620802106000", "620802000000"


@pytest.mark.parametrize("ears", [VILLAGE, TOWN, DISTRICT, OTHER_TOWN])
@pytest.mark.parametrize("kind", ["dispute", "mediator", "place"])
def test_ranges_and_hearing_say_the_same(ears: str, kind: str) -> None:
    listening = Ears(ears)
    for code in (VILLAGE, TOWN, DISTRICT, OTHER_TOWN, "620802106201"):
        address = ordinary(RECORD_TYPES[kind], code)
        assert listening.hears(address) == any(low <= address <= high for low, high in listening.ranges())


def test_a_village_hears_its_own_a_township_its_villages_the_district_all() -> None:
    own = ordinary(RECORD_TYPES["dispute"], VILLAGE)
    assert [Ears(p).hears(own) for p in (VILLAGE, TOWN, DISTRICT, OTHER_TOWN)] == [True, True, True, False]
    committee = ordinary(RECORD_TYPES["mediator"], TOWN)
    assert [Ears(p).hears(committee) for p in (VILLAGE, TOWN, DISTRICT, OTHER_TOWN)] == [True, True, True, False]
    closed = f"={TOWN}"
    assert [Ears(p).hears(closed) for p in (VILLAGE, TOWN, DISTRICT)] == [False, True, False]


def test_an_enrolment_code_is_read_as_typed() -> None:
    printed = EnrolmentCode.write(bytes(range(10)), b"certificate")
    code = EnrolmentCode.read(f" {printed.lower().replace('-', ' ')} ")
    assert code.secret == bytes(range(10)).hex()
    assert len(printed) == 8 * 4 + 7
    for wrong in ("", "ABCD", printed[:-1], printed + "A", "1" * 32):
        with pytest.raises(ValueError):
            EnrolmentCode.read(wrong)
