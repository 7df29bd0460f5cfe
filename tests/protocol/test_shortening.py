"""A batch said by what the hub holds: whatever the texts, it is the same batch again, or it is asked for in full."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol import chain
from sync.protocol.difference import difference, patched
from sync.protocol.errors import Garbled
from sync.protocol.messages import Batch, Change, Link
from sync.protocol.shortening import Unfamiliar, lengthen, shorten
from sync.records.codec import apply, canonical

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LONG = "村组长到现场看过，双方对界石的位置说法不一，约好下周一再到地头量一次，请老支书和邻居都来作证。"
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
PIECES = st.lists(st.one_of(TEXTS, st.sampled_from(["甲方", "雨水顺檐口流到后墙", "\n", "🙂", '"\\'])), max_size=12)
VALUES = st.one_of(TEXTS, st.integers(0, 9), st.lists(st.fixed_dictionaries({"id": TEXTS, "what": TEXTS}), max_size=3))


def signed(*changes: Change, first: int = 1, salts: list[str] | None = None) -> Batch:
    seeds = [chain.encode(bytes([7 + block]) * 8) for block in range(3)]
    made = [salts[i] if salts else chain.salt_of(seeds[chain.block_of(first + i) - chain.block_of(first)], first + i)
            for i in range(len(changes))]  # fmt: skip
    links = [Link(salt, change) for salt, change in zip(made, changes, strict=True)]
    return chain.sign(KEY, "hub", Batch("W", first, "", links, seeds=seeds))


def edit(was: object, new: object, record: str = "r", **more: object) -> Change:
    return Change("dispute", record, {"summary": new}, "a", 1, was={"summary": was} if was is not None else {}, **more)


@given(PIECES, PIECES)
def test_any_text_leads_to_any_other_and_never_past_its_end(old: list[str], new: list[str]) -> None:
    before, after = "".join(old), "".join(new)
    assert patched(before, difference(before, after), 10_000) == after


def test_a_word_changed_in_a_long_text_is_a_few_bytes() -> None:
    text = LONG * 20
    assert len(canonical(difference(text, text.replace("老支书", "村文书", 1)))) < 30


def test_two_words_changed_far_apart_are_two_small_steps() -> None:
    text = LONG * 10
    other = text.replace("现场", "地头", 1)[: -len(LONG)] + LONG.replace("邻居", "队长")
    assert len(canonical(difference(text, other))) < 60


@pytest.mark.parametrize("steps", [[5], [3, -1], [-9], ["长" * 11], [2, 2, 1], [1 << 70], [-(1 << 70)]])
def test_steps_that_do_not_fit_are_refused(steps: list[int | str]) -> None:
    with pytest.raises(Garbled):
        patched("甲乙丙", steps, 10)


@given(st.lists(st.tuples(st.sampled_from("rs"), VALUES), min_size=1, max_size=6), VALUES)
@settings(max_examples=200)
def test_a_shortened_batch_is_the_same_again(steps: list[tuple[str, object]], start: object) -> None:
    agreed = {"r": {"summary": start}, "s": {"title": LONG}}
    seen: dict[str, dict[str, object]] = {"r": {"summary": start}}
    changes = []
    for record, value in steps:
        changes.append(edit(seen.get(record, {}).get("summary"), value, record))
        seen[record] = apply(seen.get(record, {}), {"summary": value})
    whole = signed(*changes)
    again = lengthen(msgspec.json.decode(msgspec.json.encode(shorten(whole)), type=Batch), agreed, {})
    assert again == msgspec.structs.replace(whole, seeds=[])
    assert chain.is_signed(KEY.public_key(), "hub", again)


def test_a_large_old_value_is_said_by_digest_and_a_little_edit_by_its_steps() -> None:
    whole = signed(edit(LONG, LONG.replace("老支书", "村文书")))
    short = shorten(whole)
    (link,) = short.links
    assert (link.salt, link.change.set, link.change.was) == ("", {}, {})
    assert len(msgspec.json.encode(short)) < len(msgspec.json.encode(whole)) - 200


def test_another_old_value_is_noticed_and_that_link_alone_is_asked_in_full() -> None:
    whole = signed(edit(LONG, LONG + "改"), edit(LONG, LONG + "补", "s"))
    agreed = {"r": {"summary": LONG}, "s": {"summary": LONG + "别人改过"}}
    with pytest.raises(Unfamiliar) as unfamiliar:
        lengthen(shorten(whole), agreed, {})
    assert unfamiliar.value.numbers == [2]
    assert chain.is_signed(KEY.public_key(), "hub", lengthen(shorten(whole, {2}), agreed, {}))


def test_a_link_the_hub_has_already_is_filled_from_what_it_has() -> None:
    change = edit(LONG, LONG + "改")
    again = lengthen(shorten(signed(change)), {"r": {"summary": "早就又改了"}}, {1: change})
    assert again.links[0].change == change


def test_salts_of_another_chain_travel_and_those_of_seeds_do_not() -> None:
    own, kept = edit(None, "甲"), edit(None, "乙", id="V.9")
    whole = signed(own, kept, salts=[chain.salt_of(chain.encode(bytes([7]) * 8), 1), "AAAAAAAAAAA"])
    short = shorten(whole)
    assert [link.salt for link in short.links] == ["", "AAAAAAAAAAA"]
    assert lengthen(short, {}, {}).links == whole.links


def test_a_batch_across_blocks_names_a_seed_for_each() -> None:
    whole = signed(*(edit(None, f"第 {n} 条") for n in range(3)), first=64)
    short = shorten(whole)
    assert [link.salt for link in short.links] == ["", "", ""]
    assert lengthen(short, {}, {}).links == whole.links
    missing = msgspec.structs.replace(short, seeds=short.seeds[:1])
    assert not chain.is_signed(KEY.public_key(), "hub", lengthen(missing, {}, {}))
