"""Pages shrink on trouble and grow again; retries back off with jitter and come back to the usual pace."""

from random import Random

from sync.client.pace import LEAST_BYTES, MOST_BYTES, MOST_CHANGES, PageSize, Retry


def test_a_page_halves_on_every_cut_down_to_one_change_and_grows_back() -> None:
    page = PageSize(size_bytes=64 * 1024, changes=16)
    for _ in range(12):
        page.shrink()
    assert (page.size_bytes, page.changes) == (LEAST_BYTES, 1)
    for _ in range(20):
        page.grow()
    assert (page.size_bytes, page.changes) == (MOST_BYTES, MOST_CHANGES)


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
