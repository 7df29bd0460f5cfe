"""The exchange in words: the card that is always there, and the page behind it (picture 07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.casework.desk import Desk


@dataclass(frozen=True, slots=True)
class ExchangeCard:
    """The three facts. all_agreed: 全部同步, only after an agreed proof with nothing waiting since.

    waiting: records not yet with the district. oldest: since when the oldest waits. agreed_at: last agreed
    proof. trouble: one sentence, "" when there is none. refused: records the district did not take.
    """

    waiting: int
    oldest: datetime | None
    agreed_at: datetime | None
    all_agreed: bool
    trouble: str
    refused: int


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round. state: agreed, cut, none, trouble. seconds: how long, None when there was no line."""

    at: datetime
    sent: int
    received: int
    seconds: float | None
    state: Literal["agreed", "cut", "none", "trouble"]
    words: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A record that waits: 第 2 次调解记录 / 王有福与李建军 · 马秀兰 / since when. kind: record type, for the icon."""

    kind: str
    record: str
    dispute_id: str
    title: str
    second: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A change the district did not take. asked: the person has already asked the district."""

    change_id: str
    kind: str
    record: str
    dispute_id: str
    title: str
    why: str
    since: datetime
    asked: bool


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """The page. headline and detail are sentences; skew: "" or how far this clock is off; sealed: records that
    left this desk while something of them was unsent."""

    card: ExchangeCard
    headline: str
    detail: str
    refused: tuple[RefusedLine, ...]
    rounds: tuple[RoundLine, ...]
    waiting: tuple[WaitingLine, ...]
    waiting_bytes: int | None
    skew: str
    sealed: tuple[str, ...]


def card(desk: Desk) -> ExchangeCard:
    """The always-visible facts; quick."""


def page(desk: Desk, *, rounds: int = 20) -> ExchangePage:
    """The facts of the page."""


def send_again(desk: Desk, line: RefusedLine) -> None:
    """改了再传: offer the record as it now is."""


def ask_district(desk: Desk, line: RefusedLine) -> None:
    """问区里: pass the question on with the next round."""


def keep_here(desk: Desk, line: RefusedLine) -> None:
    """不传了，留底: never offered again, still readable here."""
