"""What a secret must be, in plain words. Long rather than odd: what people can remember they do not write down.

Chinese is not offered: Windows switches the input method off where dots are shown.
"""

from __future__ import annotations

LEAST = 8
RULE = f"至少 {LEAST} 位，字母、数字、符号都行。别用生日、电话、连着的数字。"
_FEW = 4
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop")


def complaint(secret: str, again: str | None = None) -> str:
    """Why this secret will not do; "" when it will. With `again`, whether it was typed the same way twice."""
    if len(secret) < LEAST:
        return f"只有 {len(secret)} 位，至少要 {LEAST} 位"
    if len(set(secret)) < _FEW:
        return "重复的太多，容易被猜到"
    if any(secret.lower() in run for run in _RUNS):
        return "连着的数字或字母，容易被猜到"
    if secret.isascii() and secret.isdigit() and (_is_phone(secret) or _is_birthday(secret)):
        return "像电话或生日，容易被猜到"
    if again is not None and again != secret:
        return "两次填的不一样"
    return ""


def _is_phone(digits: str) -> bool:
    return len(digits) == 11 and digits[0] == "1"


def _is_birthday(digits: str) -> bool:
    return len(digits) == 8 and digits[:2] in ("19", "20") and digits[4:6] <= "12" and digits[6:] <= "31"
