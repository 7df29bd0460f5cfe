"""Dates, waiting, money and phones in the words people speak (window.md §5). Pure; `now` and `today` are handed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_WEEKDAYS = "一二三四五六日"
_SHOWN_HEAD, _SHOWN_TAIL = 3, 4


def weekday(day: date) -> str:
    """周一 … 周日."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def long_weekday(day: date) -> str:
    """星期一 … 星期日, for the title of the day."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def day(value: date, today: date) -> str:
    """今天, 昨天, 明天, 11月18日; the year only if it is another one."""
    near = {0: "今天", -1: "昨天", 1: "明天"}.get((value - today).days)
    return near or calendar_day(value, today)


def calendar_day(value: date, today: date) -> str:
    """11月18日, or 2024年5月6日 in another year; never 今天."""
    short = f"{value.month}月{value.day}日"
    return short if value.year == today.year else f"{value.year}年{short}"


def stored_day(stored: str, today: date) -> str:
    """11月18日 for a stored day; what is no date is said as it is."""
    try:
        return calendar_day(date.fromisoformat(stored), today)
    except ValueError:
        return stored


def full_day(value: date) -> str:
    """2026年11月23日, for forms and papers."""
    return f"{value.year}年{value.month}月{value.day}日"


def deadline_day(value: date, today: date) -> str:
    """11月30日 周一: a deadline is said with its weekday."""
    return f"{calendar_day(value, today)} {weekday(value)}"


def moment(value: datetime, now: datetime) -> str:
    """今天 14:30, 昨天 17:10; further away only the day."""
    near = {0: "今天", -1: "昨天", 1: "明天"}.get((value.date() - now.date()).days)
    return f"{near} {value:%H:%M}" if near else calendar_day(value.date(), now.date())


def exact_moment(value: datetime, now: datetime) -> str:
    """今天 14:30, 11月18日 09:05: the clock is always said."""
    return f"{day(value.date(), now.date())} {value:%H:%M}"


def days_left(value: date, today: date) -> str:
    """剩 7 天, 今天, 超期 2 天."""
    left = (value - today).days
    if left == 0:
        return "今天"
    return f"剩 {left} 天" if left > 0 else f"超期 {-left} 天"


def waiting(since: datetime, now: datetime) -> str:
    """How long something waits: 刚刚, 25 分钟, 2 小时, 3 天. A clock that was set back counts as 刚刚."""
    age = max(now - since, timedelta())
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 24 * 60 else f"{age.days} 天"


def lasting(duration_seconds: float) -> str:
    """How long something took: 48 秒, 2 分 10 秒, 1 小时 5 分."""
    minutes, seconds = divmod(round(duration_seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {seconds:02d} 秒" if minutes else f"{seconds} 秒"


def minutes(duration_seconds: float) -> str:
    """How long a recording is, without seconds that run: 不到 1 分, 12 分, 1 小时 5 分."""
    hours, whole = divmod(int(duration_seconds // 60), 60)
    if hours:
        return f"{hours} 小时 {whole} 分"
    return f"{whole} 分" if whole else "不到 1 分"


def tape(duration_seconds: float) -> str:
    """A place in a recording: 2:05, 1:02:05."""
    whole, seconds = divmod(int(duration_seconds), 60)
    hours, whole = divmod(whole, 60)
    return f"{hours}:{whole:02d}:{seconds:02d}" if hours else f"{whole}:{seconds:02d}"


def count(number: int | None) -> str:
    """1,284; … while it is still being counted."""
    return "…" if number is None else f"{number:,}"


def money(fen: int | None) -> str:
    """Money in 元 from whole 分: 46,800; 1,280.50; — when nothing was said. Two decimals only if there are any."""
    if fen is None:
        return "—"
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    yuan, rest = divmod(whole, 100)
    return f"{sign}{yuan:,}.{rest:02d}" if rest else f"{sign}{yuan:,}"


def masked_phone(phone: str) -> str:
    """138****2207; short numbers show only their last two digits; — when there is none."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if not digits:
        return "—"
    if len(digits) >= _SHOWN_HEAD + _SHOWN_TAIL + 2:
        return f"{digits[:_SHOWN_HEAD]}****{digits[-_SHOWN_TAIL:]}"
    return f"****{digits[-2:]}"


def spaced_phone(phone: str) -> str:
    """138 0935 6127 for a mobile number; anything else as it was written."""
    digits = phone.replace(" ", "")
    if len(digits) == 11 and digits.isdigit():
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    return phone


def bytes_size(byte_count: int) -> str:
    """About how large: 46 KB, 1.8 MB."""
    if byte_count < 1024 * 1024:
        return f"{max(1, round(byte_count / 1024))} KB"
    return f"{byte_count / 1024 / 1024:.1f} MB"
