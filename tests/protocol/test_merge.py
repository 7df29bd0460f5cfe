"""Merging by field: what is silent, what clashes, what is never lost."""

from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.merge import merge, merge_items, overlay
from sync.protocol.messages import Change
from sync.records import RECORD_TYPES
from sync.records.codec import apply

DISPUTE, AGREEMENT = RECORD_TYPES["dispute"], RECORD_TYPES["agreement"]


def change(**fields: tuple[object, object]) -> Change:
    """A change from (was, new) pairs."""
    return Change(
        type="dispute", record="r", by="a", at=1, id="w.1",
        set={n: new for n, (_, new) in fields.items()},
        was={n: was for n, (was, _) in fields.items() if was is not None},
    )  # fmt: skip


def test_different_fields_merge_without_a_word() -> None:
    agreed = {"amount_cents": 300, "summary": "对方改过的"}
    merged = merge(DISPUTE, agreed, change(amount_cents=(300, 500)))
    assert (merged.apply, merged.aside) == ({"amount_cents": 500}, ())


def test_equal_values_are_no_clash() -> None:
    merged = merge(DISPUTE, {"amount_cents": 500}, change(amount_cents=(300, 500)))
    assert (merged.apply, merged.aside) == ({}, ())


def test_the_same_field_changed_apart_is_set_aside_and_the_agreed_value_stays() -> None:
    merged = merge(DISPUTE, {"amount_cents": 360}, change(amount_cents=(300, 500), risk=(None, "高")))
    assert (merged.apply, merged.aside) == ({"risk": "高"}, ("amount_cents",))


def test_an_empty_field_filled_apart_on_both_sides_is_a_clash_too() -> None:
    merged = merge(DISPUTE, {"resp_person": "张三"}, change(resp_person=(None, "李四")))
    assert (merged.apply, merged.aside) == ({}, ("resp_person",))


def test_a_clerk_alone_changing_a_field_twice_never_meets_a_conflict() -> None:
    agreed: dict[str, object] = {"amount_cents": 300}
    for step in (change(amount_cents=(300, 500)), change(amount_cents=(500, 700))):
        merged = merge(DISPUTE, agreed, step)
        assert merged.aside == ()
        agreed = apply(agreed, merged.apply)
    assert agreed == {"amount_cents": 700}


def test_fields_that_mean_something_together_clash_together() -> None:
    agreed = {"status": "71", "end_reason": "21"}
    mine = change(status=("30", "70"), end_reason=(None, "11"), end_date=(None, "2026-11-23"), risk=(None, "低"))
    merged = merge(DISPUTE, agreed, mine)
    assert merged.aside == ("end_date", "end_reason", "status")
    assert merged.apply == {"risk": "低"}


def test_two_obligations_marked_done_apart_merge_entry_by_entry() -> None:
    was = [{"id": "1", "what": "还一半"}, {"id": "2", "what": "还一半"}]
    theirs = [{**was[0], "done_date": "2026-11-01"}, was[1]]
    mine = [was[0], {**was[1], "done_date": "2026-11-02"}]
    assert merge_items(was, theirs, mine) == [theirs[0], mine[1]]
    assert merge_items(was, theirs, [{**was[0], "done_date": "2026-11-09"}, was[1]]) is None


def test_an_entry_added_here_and_one_removed_there_are_both_kept_as_wished() -> None:
    was = [{"id": "1"}, {"id": "2"}]
    assert merge_items(was, [{"id": "2"}], [*was, {"id": "3"}]) == [{"id": "2"}, {"id": "3"}]


def test_the_overlay_shows_my_words_until_the_hub_decides() -> None:
    seen = overlay(DISPUTE, {"amount_cents": 360, "risk": "低"}, [change(amount_cents=(300, 500))])
    assert seen == {"amount_cents": 500, "risk": "低"}


VALUES = st.one_of(st.none(), st.integers(0, 3))
NAMES = ("amount_cents", "people_count", "status", "end_reason")
RECORDS = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))


@given(RECORDS, RECORDS, RECORDS)
def test_whatever_happens_no_field_is_lost(was: dict, theirs: dict, mine: dict) -> None:
    """Each field I changed is applied, already equal, or visibly set aside."""
    wanted = {n: (was[n], mine[n]) for n in NAMES if was[n] != mine[n]}
    merged = merge(DISPUTE, theirs, change(**wanted))
    after = {**theirs, **merged.apply}
    for name in wanted:
        assert after[name] == mine[name] or name in merged.aside
    for name in set(NAMES) - set(wanted):
        assert after[name] == theirs[name]
