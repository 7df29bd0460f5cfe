"""Pages shrink on trouble and grow again; retries back off with jitter and come back to the usual pace."""

from random import Random

import pytest

from sync.client.pace import LEAST_BYTES, MOST_BYTES, MOST_CHANGES, TARGET_SECONDS, PageSize, Retry


def test_a_page_halves_on_every_cut_down_to_one_change_and_grows_back() -> None:
    page = PageSize(size_bytes=64 * 1024, changes=16)
    for _ in range(12):
        page.shrink()
    assert (page.size_bytes, page.changes) == (LEAST_BYTES, 1)
    for _ in range(20):
        page.learn(moved_bytes=50_000, seconds=0.5)
    assert (page.size_bytes, page.changes) == (MOST_BYTES, MOST_CHANGES)


@pytest.mark.parametrize("bytes_per_second", [300, 2_000, 8_000])
def test_a_page_settles_at_what_the_line_carries_in_the_time(bytes_per_second: int) -> None:
    page, packed = PageSize(), 0.06
    for _ in range(40):
        moved = int(page.size_bytes * packed)
        page.learn(moved, 0.8 + moved / bytes_per_second)
    seconds = 0.8 + page.size_bytes * packed / bytes_per_second
    assert TARGET_SECONDS / 2 <= seconds <= TARGET_SECONDS * 1.2


def test_a_page_with_hardly_anything_in_it_says_nothing_about_the_line() -> None:
    page = PageSize(size_bytes=9000, changes=5)
    page.learn(moved_bytes=300, seconds=0.1)
    page.learn(moved_bytes=300, seconds=30)
    assert page == PageSize(size_bytes=9000, changes=5)


def test_retries_back_off_and_never_wait_longer_than_the_longest() -> None:
    retry = Retry(Random(1))
    waits = [retry.after_failure() for _ in range(12)]
    assert waits[0] <= retry.first_seconds
    assert all(wait <= retry.longest_seconds for wait in waits)
    assert waits[-1] >= retry.longest_seconds / 2


def test_after_one_success_the_next_round_comes_at_the_usual_time() -> None:
    retry = Retry(Random(1))
    for _ in range(5):
        retry.after_failure()
    assert 0.8 * retry.usual_seconds <= retry.after_success() <= 1.2 * retry.usual_seconds
    assert retry.after_failure() <= retry.first_seconds


def test_two_desks_do_not_march_in_step() -> None:
    assert Retry(Random(1)).after_failure() != Retry(Random(2)).after_failure()
