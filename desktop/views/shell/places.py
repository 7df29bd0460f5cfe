"""Where one can go: the places of the navigation. A later place is one more line here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NavPlace:
    """One place: key, words, Fluent icon, and the two characters the rail has room for."""

    key: str
    words: str
    icon: str
    short: str


PLACES: tuple[NavPlace, ...] = (
    NavPlace("today", "今日", "weather_sunny_low", "今日"),
    NavPlace("disputes", "纠纷", "people_chat", "纠纷"),
    NavPlace("imports", "台账导入", "table_arrow_up", "导入"),
    NavPlace("ledgers", "台账", "document_table", "台账"),
    NavPlace("orgs", "组织", "people_team", "组织"),
    NavPlace("settings", "设置", "settings", "设置"),
)
