"""The exchange said shortly: the card at the lower left."""

from __future__ import annotations

from datetime import datetime

from desktop.casework.exchange.status import ExchangeCard
from desktop.views import words
from desktop.views.shell.exchange_card import ExchangeFacts, Kind


def kind(card: ExchangeCard) -> Kind:
    """Which shape says it."""
    if card.refused or card.trouble or card.late_days:
        return "trouble"
    return "allAgreed" if card.all_agreed else "waiting"


def card_facts(card: ExchangeCard, now: datetime) -> ExchangeFacts:
    """The words of the card."""
    return ExchangeFacts(
        kind=kind(card),
        first=_first(card),
        second=_second(card, now),
        agreement=f"{words.moment(card.agreed_at, now)} 对账一致" if card.agreed_at else "",
        short=_short(card),
        short_agreement=_short_agreement(card, now),
    )


def unknown() -> ExchangeFacts:
    """Before the first look."""
    return ExchangeFacts("waiting", "正在看传到哪儿了", "", "", "…", "")


def _first(card: ExchangeCard) -> str:
    if card.refused:
        return f"有 {words.count(card.refused)} 件区里没收下"
    if card.waiting:
        return f"{words.count(card.waiting)} 件待传到区里"
    if card.files:
        return f"{words.count(card.files)} 个附件待上传"
    return "全部同步" if card.all_agreed else "还没和区里对上账"


def _second(card: ExchangeCard, now: datetime) -> str:
    if card.trouble and not card.refused and not card.late_days:
        return card.trouble
    if card.waiting and card.oldest:
        age = words.waiting(card.oldest, now)
        also = f"另有 {words.count(card.waiting)} 件待传，" if card.refused else ""
        return f"{also}最早的{age if age == '刚刚' else f'等了 {age}'}"
    return "记录都传到区里了" if card.files else "没有等着传的"


def _short(card: ExchangeCard) -> str:
    if card.refused:
        return f"{words.count(card.refused)} 件没收"
    if card.late_days:
        return f"等了 {card.late_days} 天"
    if card.waiting:
        return f"{words.count(card.waiting)} 件待传"
    if card.files:
        return f"{words.count(card.files)} 个附件"
    return "全部同步" if card.all_agreed else "没对上"


def _short_agreement(card: ExchangeCard, now: datetime) -> str:
    if card.agreed_at is None:
        return ""
    return (
        f"{card.agreed_at:%H:%M} 一致"
        if card.agreed_at.date() == now.date()
        else words.day(card.agreed_at.date(), now.date())
    )
