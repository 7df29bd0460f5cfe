"""The one payload of all who are compared: a stock both sides know, then a clerk's day. From a seed, the same for all.

Codes, references and items come from the declaration's own samples; running text, names and numbers from `texts`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import zstandard

from benchmarks.link.texts import Case, person
from sync.records import RECORD_TYPES
from sync.records.field import Record
from sync.records.ids import uuid7
from sync.records.sample import sample

TOWN = "620802107000"
VILLAGES = tuple(f"6208021072{n:02d}" for n in range(9))
CLERK, COMMITTEE, *MEDIATORS = (f"01a00000-0000-7000-8000-{n:012d}" for n in range(1, 7))
START_MS = 1_763_800_000_000
STOCK, NEW, EDITED = 2000, 200, 100
SEED = 2026
_UNUSUAL = frozenset({
    "referred_by", "referral_no", "referred_on", "linkage", "joint_bodies", "is_representative", "represents",
    "respondent_party_id", "respondent_sex", "respondent_ethnic", "respondent_age", "respondent_occupation",
    "respondent_phone", "respondent_address", "audio_consent",
})  # fmt: skip
"""What an ordinary dispute between two neighbours does not have."""
_RARE = ("unit_involved", "leader_in_charge", "grid_id", "prevented", "prevented_people", "special_groups", "next_at",
         "resp_unit", "resolve_way", "resolve_level", "rmtj_type", "month_row")  # fmt: skip


class Row(NamedTuple):
    """New values of some fields of one record, new or known."""

    type: str
    id: str
    fields: Record


@dataclass(frozen=True)
class Day:
    """What a clerk wrote: a list of savings, each saved as one; and every record touched as it then is, whole."""

    saves: list[list[Row]]
    whole: list[Row]

    @property
    def rows(self) -> list[Row]:
        """All changes in order."""
        return [row for save in self.saves for row in save]


class Office:
    """Writes invented casework from a seed."""

    def __init__(self, seed: int = SEED, *, clerk: str = CLERK, villages: Sequence[str] = VILLAGES) -> None:
        self._random = Random(seed)
        self._clerk = clerk
        self._villages = villages
        self._now_ms = START_MS

    def disputes(self, count: int) -> Iterator[list[list[Row]]]:
        """Savings of new disputes: first the dispute with its parties, later its session."""
        for _ in range(count):
            yield self._dispute()

    def edit(self, known: Mapping[str, Record], dispute: str) -> list[Row]:
        """A clerk comes back to a dispute: a few fields, its long text often only by a sentence."""
        before, random = known[dispute], self._random
        case = Case(random)
        fields: Record = {"amount_cents": random.randint(2, 9000) * 1000, "resp_person": person(random)}
        if random.random() < 0.7:
            fields["summary"] = case.amended(str(before["summary"]))[:2000]
        return [Row("dispute", dispute, fields)]

    def day(self, stock: Iterable[Row], new: int = NEW, edited: int = EDITED) -> Day:
        """A day over a known stock."""
        known = {row.id: row.fields for row in stock if row.type == "dispute"}
        saves = [save for dispute in self.disputes(new) for save in dispute]
        saves += [self.edit(known, dispute) for dispute in self._random.sample(sorted(known), edited)]
        whole = [
            Row(row.type, row.id, {**known.get(row.id, {}), **row.fields}) for save in saves for row in save
        ]
        return Day(saves, whole)

    def _dispute(self) -> list[list[Row]]:
        case, random, dispute = Case(self._random), self._random, self._id()
        parties = [Row("party", self._id(), self._party(case, dispute, n)) for n in (1, 2)]
        self._now_ms += random.randint(10, 200) * 60_000
        session = Row("session", self._id(), self._session(case, dispute, [party.id for party in parties]))
        return [[Row("dispute", dispute, self._matter(case)), *parties], [session]]

    def _matter(self, case: Case) -> Record:
        random = self._random
        return self._sample(
            "dispute", rare=_RARE, matter_code=f"620802107{random.randrange(10**9):09d}", title=case.title(),
            place_code=random.choice(self._villages), place_text=case.phrase(), found_by=self._clerk,
            first_contact_id=self._clerk,
            summary=case.told(random.randint(5, 13)), claims=[case.want()], host_mediator_id=random.choice(MEDIATORS),
            co_mediator_ids=[random.choice(MEDIATORS)], org_id=COMMITTEE, resp_person=person(random),
            unit_involved=case.shop, leader_in_charge=person(random), next_place=None, closed_session=False,
            deadline=None, accept_date=None, grid_id=f"6208021072{random.randint(100, 999)}", special_groups=None,
        )  # fmt: skip

    def _party(self, case: Case, dispute: str, seq: int) -> Record:
        return self._sample(
            "party", rare=("credit_code", "legal_rep", "agent_name", "agent_letter_id", "id_no", "birth_date"),
            dispute_id=dispute, seq=seq, side="甲乙"[seq - 1], kind="自然人", name=case.b if seq == 2 else case.a,
            occupation=case.job(), address=case.phrase(), rights_told_by=self._clerk, guardian_party_id=None,
            ethnic="01", id_type=None, id_no=None, legal_rep=None, credit_code=None, is_minor=False,
            agent_name=person(self._random), agent_letter_id=f"委字{self._random.randint(1, 999)}号",
        )  # fmt: skip

    def _session(self, case: Case, dispute: str, parties: list[str]) -> Record:
        random = self._random
        mediators = [{"id": self._id(), "mediator_id": m, "host": n == 0}
                     for n, m in enumerate(random.sample(MEDIATORS, 2))]  # fmt: skip
        return self._sample(
            "session", rare=("others", "next_place", "next_at", "scan_ids"), dispute_id=dispute, seq=1, kind="调解",
            place=case.phrase(), mediators=mediators, recorder=self._clerk, parties_present=parties, respondent=None,
            body=case.heard(random.randint(18, 54)), scan_ids=None,
        )  # fmt: skip

    def _sample(self, kind: str, /, *, rare: tuple[str, ...], **given: Any) -> Record:
        given |= dict.fromkeys(_UNUSUAL & RECORD_TYPES[kind].by_name.keys())
        for name in rare:
            if self._random.random() < 0.85:
                given[name] = None
        return sample(RECORD_TYPES[kind], self._random, ids=self._id, **given)

    def _id(self) -> str:
        self._now_ms += 37
        return uuid7(self._now_ms, self._random.randbytes)


def stock_and_day(stock: int = STOCK) -> tuple[list[list[Row]], Day]:
    """The savings both sides know, and the day; always the same."""
    office = Office()
    known = [save for dispute in office.disputes(stock) for save in dispute]
    return known, office.day(row for save in known for row in save)


def full_stock(disputes: int) -> list[Row]:
    """Everything a hub holds after some years."""
    return [row for dispute in Office().disputes(disputes) for save in dispute for row in save]


def as_lines(rows: Iterable[Row], shape: Callable[[Row], object] = lambda row: [row.id, row.fields]) -> bytes:
    """One line of JSON per record."""
    whole = (json.dumps(shape(row), ensure_ascii=False, separators=(",", ":"), sort_keys=True) for row in rows)
    return "\n".join(whole).encode()


def squeezed(data: bytes) -> bytes:
    """zstd -19 --long: the floor is the length of this over the changed fields and record ids."""
    parameters = zstandard.ZstdCompressionParameters.from_level(19, enable_ldm=True, window_log=27)
    return zstandard.ZstdCompressor(compression_params=parameters).compress(data)
