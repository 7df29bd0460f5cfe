"""Bodies primed with what both sides hold: what is told from what, what is refused before it costs anything."""

import hashlib
import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol import coding, contexts
from sync.protocol.coding import Label, Unprimed
from sync.protocol.errors import Garbled
from sync.protocol.messages import Answer, Ask, Change
from sync.protocol.packing import pack, raw, squeezed_for, unpack

ASK = Ask(writer="W", number=1, cursor=0, room=1, clock=1_795_000_000_000)
KNOWS = (coding.SHORT, coding.DICTIONARY, coding.PPM)


def enveloped(label: object, payload: bytes = b"") -> bytes:
    head = msgspec.msgpack.encode(label)
    return bytes([coding.MAGIC, len(head)]) + head + payload


def test_a_small_message_is_smaller_with_the_dictionary_and_says_the_same() -> None:
    tight, wide = squeezed_for(KNOWS, raw(ASK)), pack(ASK)
    assert len(tight) < len(wide)
    assert unpack(tight, Ask) == unpack(wide, Ask) == ASK


def test_who_does_not_know_the_dictionary_is_spoken_to_in_plain_zstd() -> None:
    assert not coding.is_enveloped(squeezed_for((), raw(ASK)))
    assert not coding.is_enveloped(squeezed_for((coding.PPM,), raw(ASK)))


def test_a_released_dictionary_is_never_edited() -> None:
    known = {1: "cc1c2b1f76727a07c1066e9e9ae96b623a4ce8bb2b0f395bef7d797b86d0b51f"}
    found = {n: hashlib.sha256(contexts.text(n)).hexdigest() for n in range(1, contexts.NEWEST + 1)}
    assert found == known
    assert all(len(contexts.text(n)) <= 64 * 1024 for n in found)


def test_ppmd_is_never_opened_in_this_process() -> None:
    with pytest.raises(Unprimed):
        unpack(coding.in_ppmd(raw(ASK), None), Ask)


def test_a_dictionary_of_a_later_version_is_asked_for_plainly() -> None:
    label = Label(coding.ZSTD, contexts.NEWEST + 1, 10, 0)
    with pytest.raises(Unprimed):
        unpack(enveloped(label, b"x"), Ask)


@pytest.mark.parametrize(
    "body",
    [
        bytes([coding.MAGIC]), bytes([coding.MAGIC, 200]), bytes([coding.MAGIC, 3]) + b"\xc1\xc1\xc1",
        enveloped([1, 1]), enveloped({"way": 1}), enveloped([1, 1, -5, 0]), enveloped([1, 1, 1 << 62, 0]),
        enveloped([2, 1, 5_000_000, 0]), enveloped([1, 1, 100, 0], b"not zstd"), enveloped([1, 1, 100, 0]),
        enveloped([1, 1, 100, 0, "W", "x"]),
    ],
    ids=["magic alone", "no label", "no msgpack", "too little", "a map", "less than nothing", "too large",
         "too large for PPMd", "not zstd", "nothing", "wrong types"],
)  # fmt: skip
def test_an_envelope_that_is_none_is_refused_cleanly(body: bytes) -> None:
    with pytest.raises(Garbled):
        unpack(body, Ask)


def test_a_payload_may_not_grow_beyond_what_its_label_says() -> None:
    body = coding.in_zstd(b" " * (1 << 20), 3)
    label, payload = coding.unlabelled(body)
    smaller = enveloped(msgspec.structs.replace(label, size=100), payload)
    with pytest.raises((Garbled, Unprimed)):
        unpack(smaller, Answer)


def test_a_context_is_the_same_text_on_both_sides_whatever_the_order_of_fields() -> None:
    here = Change("dispute", "r", {"b": 1, "a": [{"y": 1, "x": 2}]}, "p", 1, id="W.1")
    there = Change("dispute", "r", {"a": [{"x": 2, "y": 1}], "b": 1}, "p", 1, id="W.1")
    one, other = coding.context_of("W", [(1, here)]), coding.context_of("W", [(1, there)])
    assert one is not None
    assert one == other
    assert b"W.1" not in one.text
    assert coding.context_of("W", []) is None


@given(st.binary(max_size=3000), st.integers(1, 19))
@settings(max_examples=50)
def test_whatever_is_said_with_the_dictionary_is_heard_the_same(said: bytes, level: int) -> None:
    label, payload = coding.unlabelled(coding.in_zstd(said, level))
    assert coding.opened(label, payload) == said
    assert label.sum == zlib.crc32(said)
