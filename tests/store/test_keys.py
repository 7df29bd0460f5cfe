"""The door: who may open the store, and what happens to those who may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store import Folder, LockedOut, NotAStore, OtherComputer, StoreKey, WrongRecoveryCode, WrongSecret
from tests.store.conftest import CHEAP, ME, SECRET, World

MINUTE_MS = 60_000
YEAR_MS = 365 * 24 * 60 * MINUTE_MS


@pytest.fixture
def set_up(tmp_path: Path, world: World) -> tuple[Folder, StoreKey, str]:
    folder = Folder(tmp_path / "枫桥 工作台", world.around(), CHEAP)
    return folder, *folder.set_up(ME, "张建国", SECRET)


def fail(folder: Folder, times: int, now_ms: int) -> None:
    for _ in range(times):
        with pytest.raises((WrongSecret, LockedOut)):
            folder.unlock(ME, "不对", now_ms=now_ms)


def test_the_right_secret_gives_the_key(set_up, world) -> None:
    folder, key, _ = set_up
    assert folder.unlock(ME, SECRET, now_ms=world.now_ms) == key
    assert "…" in repr(key)


def test_a_wrong_secret_says_how_many_tries_are_left(set_up, world) -> None:
    folder, *_ = set_up
    with pytest.raises(WrongSecret, match="还能试 4 次") as refused:
        folder.unlock(ME, "不对", now_ms=world.now_ms)
    assert refused.value.left == 4


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour_even_for_the_right_secret(set_up, world) -> None:
    folder, key, _ = set_up
    fail(folder, 5, world.now_ms)
    with pytest.raises(LockedOut, match="等 15 分钟"):
        folder.unlock(ME, SECRET, now_ms=world.now_ms)
    assert folder.people()[0].locked_until_ms == world.now_ms + 15 * MINUTE_MS
    assert folder.unlock(ME, SECRET, now_ms=world.now_ms + 15 * MINUTE_MS) == key


def test_wrong_tries_are_counted_over_a_restart(set_up, world) -> None:
    folder, *_ = set_up
    fail(folder, 3, world.now_ms)
    again = Folder(folder.path, world.around(), CHEAP)
    with pytest.raises(WrongSecret) as refused:
        again.unlock(ME, "不对", now_ms=world.now_ms)
    assert refused.value.left == 1


def test_the_right_secret_wipes_out_the_wrong_tries(set_up, world) -> None:
    folder, *_ = set_up
    fail(folder, 4, world.now_ms)
    folder.unlock(ME, SECRET, now_ms=world.now_ms)
    assert folder.people()[0].failures == 0


def test_a_clock_set_back_does_not_unlock(set_up, world) -> None:
    folder, *_ = set_up
    fail(folder, 5, world.now_ms)
    with pytest.raises(LockedOut):
        folder.unlock(ME, SECRET, now_ms=world.now_ms - YEAR_MS)


def test_a_lock_from_a_clock_that_ran_ahead_lasts_no_longer_than_any_other(set_up, world) -> None:
    folder, key, _ = set_up
    fail(folder, 5, world.now_ms + 2 * YEAR_MS)
    with pytest.raises(LockedOut):
        folder.unlock(ME, SECRET, now_ms=world.now_ms)
    assert folder.unlock(ME, SECRET, now_ms=world.now_ms + 16 * MINUTE_MS) == key


def test_a_second_person_opens_the_same_store_with_a_secret_of_her_own(set_up, world) -> None:
    folder, key, _ = set_up
    folder.set_secret(key, "account-2", "李秀英", "另一个")
    assert folder.unlock("account-2", "另一个", now_ms=world.now_ms) == key
    assert folder.unlock(ME, SECRET, now_ms=world.now_ms) == key
    assert [person.name for person in folder.people()] == ["张建国", "李秀英"]


def test_one_persons_lock_does_not_lock_the_other(set_up, world) -> None:
    folder, key, _ = set_up
    folder.set_secret(key, "account-2", "李秀英", "另一个")
    fail(folder, 5, world.now_ms)
    assert folder.unlock("account-2", "另一个", now_ms=world.now_ms) == key


def test_a_changed_secret_replaces_the_old_one(set_up, world) -> None:
    folder, key, _ = set_up
    folder.set_secret(key, ME, "张建国", "新的")
    assert folder.unlock(ME, "新的", now_ms=world.now_ms) == key
    with pytest.raises(WrongSecret):
        folder.unlock(ME, SECRET, now_ms=world.now_ms)


def test_a_removed_person_cannot_open_and_the_last_one_cannot_be_removed(set_up, world) -> None:
    folder, key, _ = set_up
    folder.set_secret(key, "account-2", "李秀英", "另一个")
    folder.remove_person(key, ME)
    with pytest.raises(KeyError):
        folder.unlock(ME, SECRET, now_ms=world.now_ms)
    with pytest.raises(ValueError, match="last"):
        folder.remove_person(key, "account-2")


def test_the_printed_recovery_code_opens_and_gives_a_new_secret(set_up, world) -> None:
    folder, key, code = set_up
    fail(folder, 5, world.now_ms)
    assert len(code.split("-")) == 10
    assert folder.recover(code.lower().replace("-", " ")) == key
    folder.set_secret(key, ME, "张建国", "新的")
    assert folder.unlock(ME, "新的", now_ms=world.now_ms) == key


@pytest.mark.parametrize("typed", ["", "不是码", "AAAA-BBBB", "AAAA-" * 9 + "AAAA"])
def test_a_mistyped_recovery_code_is_told_from_a_wrong_one_by_nobody(set_up, typed: str) -> None:
    with pytest.raises(WrongRecoveryCode):
        set_up[0].recover(typed)


def test_one_wrong_letter_in_the_recovery_code_is_noticed(set_up) -> None:
    folder, _, code = set_up
    wrong = ("B" if code[0] != "B" else "C") + code[1:]
    with pytest.raises(WrongRecoveryCode):
        folder.recover(wrong)


def test_a_new_recovery_code_retires_the_old_one(set_up) -> None:
    folder, key, old = set_up
    new = folder.new_recovery_code(key)
    assert folder.recover(new) == key
    with pytest.raises(WrongRecoveryCode):
        folder.recover(old)


def test_wraps_cannot_be_swapped_between_people(set_up, world) -> None:
    folder, key, _ = set_up
    folder.set_secret(key, "account-2", "李秀英", "另一个")
    raw = folder.keys_file.read_text(encoding="utf-8")
    swapped = raw.replace("account-2", "x").replace(ME, "account-2").replace('"x"', f'"{ME}"')
    folder.keys_file.write_text(swapped, encoding="utf-8")
    with pytest.raises(WrongSecret):
        folder.unlock("account-2", SECRET, now_ms=world.now_ms)


def test_keys_json_holds_neither_key_nor_secret(set_up) -> None:
    folder, key, code = set_up
    raw = folder.keys_file.read_bytes()
    for secret in (key.raw, key.raw.hex().encode(), SECRET.encode(), code.encode(), code.replace("-", "").encode()):
        assert secret not in raw


def test_a_torn_keys_file_is_no_store(set_up, world) -> None:
    folder, *_ = set_up
    folder.keys_file.write_bytes(folder.keys_file.read_bytes()[:-40])
    with pytest.raises(NotAStore):
        folder.unlock(ME, SECRET, now_ms=world.now_ms)


def test_a_folder_that_holds_a_store_is_not_set_up_again(set_up) -> None:
    with pytest.raises(FileExistsError):
        set_up[0].set_up("account-9", "别人", "x")


class ThisComputer:
    """Binds by a mark of the computer, as DPAPI does by the user's key."""

    def __init__(self, mark: bytes) -> None:
        self._mark = mark

    def protect(self, raw: bytes) -> bytes:
        return self._mark + raw[::-1]

    def unprotect(self, bound: bytes) -> bytes:
        if not bound.startswith(self._mark):
            raise ValueError("bound elsewhere")
        return bound[len(self._mark) :][::-1]


def test_keys_bound_to_a_computer_open_elsewhere_only_with_the_recovery_code(tmp_path, world) -> None:
    here = Folder(tmp_path, world.around(), CHEAP, ThisComputer(b"here"))
    key, code = here.set_up(ME, "张建国", SECRET)
    assert here.unlock(ME, SECRET, now_ms=world.now_ms) == key
    for protector in (ThisComputer(b"elsewhere"), None):
        elsewhere = Folder(tmp_path, world.around(), CHEAP, protector)
        with pytest.raises(OtherComputer, match="恢复码"):
            elsewhere.unlock(ME, SECRET, now_ms=world.now_ms)
        assert elsewhere.recover(code) == key
