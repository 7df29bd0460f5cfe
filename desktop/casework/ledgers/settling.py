"""Settling a row once all its columns are read: place, title, type, days, people, status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop.casework.ledgers.context import Knowledge, Surroundings
from desktop.casework.ledgers.draft import Column, Draft

_SMALL_PLACE = re.compile(r"第?[一二三四五六七八九十\d]+(社|组|队|网格|号|户|单元|楼).*")
_OTHER_DAYS = ("accept_date", "happen_date")
_SETTLED = frozenset({"60", "70", "80"})
_FINAL = frozenset({"71", "21"})
_TITLE_LIMIT, _PLACE_LIMIT = 100, 100


class Settlement:
    """The rules that look at a whole row; `by_key` finds the column a trouble is noted at."""

    def __init__(self, by_key: Mapping[str, Column], *, knowledge: Knowledge, around: Surroundings) -> None:
        self._by_key = by_key
        self._knowledge = knowledge
        self._around = around

    def settle(self, draft: Draft) -> None:
        """Fill in what follows from several columns, and say what is missing or does not fit."""
        self._settle_place(draft)
        self._settle_title(draft)
        self._settle_type(draft)
        self._settle_days(draft)
        self._settle_people(draft)
        self._settle_status(draft)
        draft.row.parties = [party.fields for party in draft.parties]

    def _settle_place(self, draft: Draft) -> None:
        text = "/".join(text for _, text in draft.places)
        found = self._knowledge.gazetteer.find(text or draft.place_text)
        rest = found.rest if text else ""
        if draft.places and not found.code and (found.reason or not _SMALL_PLACE.fullmatch(found.rest)):
            reason = found.reason or f"“{text[:20]}”没认出是哪个村"
            draft.note(draft.places[0][0], f"{reason}，先记在本单位")
            rest = text
        draft.row.values["place_code"] = found.code or self._around.place_code
        place = " ".join(filter(None, (rest, draft.place_text)))
        if place:
            draft.row.values["place_text"] = place[:_PLACE_LIMIT]

    def _settle_title(self, draft: Draft) -> None:
        values = draft.row.values
        title, summary = str(values.get("title", "")), str(values.get("summary", ""))
        if not draft.parties and title:
            self._name_parties(draft, title)
        names = [str(party.fields["name"]) for party in draft.parties]
        if not (title or summary or names):
            draft.refuse(None, "没有名称、当事人，也没有经过，不知道是哪件事")
            return
        made = f"{'与'.join(names) if len(names) == 2 else '、'.join(names)}纠纷" if names else summary[:30]
        values["title"] = (title or made)[:_TITLE_LIMIT]
        values.setdefault("summary", title or made)

    def _name_parties(self, draft: Draft, title: str) -> None:
        found = self._knowledge.party_reader.read_title(title)
        draft.parties, draft.counted = found.parties, max(draft.counted, found.count)
        column = self._by_key["title"]
        if found.parties and "当事人" not in column.heading:
            draft.note(column, "当事人是从名称里看出来的，核对一下")

    def _settle_type(self, draft: Draft) -> None:
        if "zz_type" in draft.row.values or any(set_name == "ZZ_TYPE" for set_name, _ in draft.row.unknown):
            return
        column = self._by_key.get("zz_type")
        code = self._knowledge.vocabulary.code("ZZ_TYPE", str(draft.row.values.get("title", "")))
        if code is None:
            draft.refuse(column, "没写纠纷类型，从名称里也看不出来")
        else:
            draft.row.values["zz_type"] = code
            name = self._knowledge.vocabulary.name("ZZ_TYPE", code)
            draft.note(column, f"没写类型，从名称看是“{name}”，核对一下")

    def _settle_days(self, draft: Draft) -> None:
        values, today = draft.row.values, self._knowledge.context.today.isoformat()
        column = self._by_key.get("found_date")
        if "found_date" not in values:
            session = draft.row.beside.get("session", {}).get("start_at")
            other = next((values[key] for key in _OTHER_DAYS if key in values), session)
            if other is None:
                draft.refuse(column or self._by_key.get("accept_date"), "没有日期，或日期没认出来")
                return
            values["found_date"] = other
            if column:
                draft.note(column, f"没有登记日期，用了{date.fromisoformat(str(other)):%Y-%m-%d}这个日期")
        found = str(values["found_date"])
        if found > today:
            draft.note(column, f"日期 {found} 在今天以后，核对一下")
        if str(values.get("end_date", found)) < found:
            draft.note(self._by_key.get("end_date"), f"化解日期 {values['end_date']} 早于登记日期 {found}，核对一下")

    def _settle_people(self, draft: Draft) -> None:
        if "people_count" in draft.row.values:
            return
        column = self._by_key.get("people_count")
        count = max(draft.counted, len(draft.parties))
        if count:
            draft.row.values["people_count"] = count
            draft.note(column, f"没写涉及人数，按写到的当事人算 {count} 人")
        else:
            draft.refuse(column, "没写涉及人数，也看不出当事人有几个")

    @staticmethod
    def _settle_status(draft: Draft) -> None:
        """The status the ledger tells; an ending it spells out is kept, none is invented."""
        told = [draft.statuses[key] for key in ("status", "result") if key in draft.statuses]
        values = draft.row.values
        if not told:
            values.pop("end_reason", None)
            return
        status = next((code for code in told if code in _FINAL), told[0])
        values["status"] = status
        agreement = draft.row.beside.get("agreement", {})
        form, performance = agreement.get("form"), agreement.get("performance")
        if status in _SETTLED and form and performance == "已履行":
            values.setdefault("end_reason", "11" if form == "书面" else "12")
