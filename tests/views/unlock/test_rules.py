"""What a secret must be."""

from __future__ import annotations

import pytest

from desktop.views.unlock.rules import complaint


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("", "只有 0 位，至少要 8 位"),
        ("abc 12", "只有 6 位，至少要 8 位"),
        ("aaaaaaaabb", "重复的太多，容易被猜到"),
        ("12345678", "连着的数字或字母，容易被猜到"),
        ("QWERTYUI", "连着的数字或字母，容易被猜到"),
        ("13809356127", "像电话或生日，容易被猜到"),
        ("19790215", "像电话或生日，容易被猜到"),
        ("liu shu wan 7", ""),
        ("槐树底下有三户", "只有 7 位，至少要 8 位"),
        ("槐树底下住着三户人", ""),
    ],
)
def test_a_secret_is_long_rather_than_odd(secret: str, why: str) -> None:
    assert complaint(secret) == why


def test_twice_means_twice_the_same() -> None:
    assert complaint("liu shu wan 7", "liu shu wan 8") == "两次填的不一样"
    assert complaint("liu shu wan 7", "liu shu wan 7") == ""
