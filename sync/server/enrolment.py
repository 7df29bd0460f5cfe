"""Letting desks in: one-time codes, seven days long, with wrong tries counted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from sync.protocol.enrolment_code import SECRET_BYTES
from sync.protocol.messages import Enrol, Person
from sync.records import places
from sync.records.field import Record
from sync.server import tables
from sync.server.access import public_key
from sync.server.agreed import stand_of
from sync.server.charter import read_charter
from sync.server.judge import is_active
from sync.server.turn import Turn, moment_of

CODE_MS = 7 * 24 * 3600 * 1000
HOUR_MS = 3600 * 1000
WRONG_PER_PEER = 20
PEERS_REMEMBERED = 10_000
"""A secret of 80 bits is not guessed; counting is for the noise, and must not fill the disk."""
DESKS_PER_PLACE = 999
_CODE_ROLES = {"admin", "district"}

_WRONG = "入网码不对，或者已经用过、过了期。请核对，或请区里重新开一个。"
_TOO_MANY = "输错的次数太多了，请过一个小时再试。"
_NO_KEY = "这台电脑发来的资料不全，请重新打开程序再试。"
_NO_NAME = "电脑名要填，最多 60 个字，只写一行。"
_FULL = "这个地方入网的电脑已经太多，请区里先停用旧的。"


class NotEnrolled(Exception):
    """The desk is not let in; the message says why."""


class WrongCode(NotEnrolled):
    """A code the hub does not know, or no longer; every such try is counted."""

    def __init__(self) -> None:
        super().__init__(_WRONG)


@dataclass(frozen=True, slots=True)
class Taken:
    """A device record that now exists."""

    device: str
    number: int
    place: str


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code nobody has used yet. until: ms."""

    place: str
    made_by: str
    until: int


def open_codes(connection: Connection, now_ms: int) -> list[OpenCode]:
    """Codes that may still be used, the one that ends first at the top."""
    table = tables.CODE
    query = select(table).where(table.c.used_at == 0, table.c.until >= now_ms).order_by(table.c.until)
    return [OpenCode(row.place, row.made_by, row.until) for row in connection.execute(query)]


def make_secret(turn: Turn, place: str, by: str, random_bytes: Callable[[int], bytes]) -> tuple[bytes, int]:
    """A one-time secret for a place inside the district, and when it runs out (ms). Raises ValueError."""
    if not places.is_code(place) or not places.contains(turn.district, place):
        raise ValueError("这个地方不在本区")
    if turn.successor(place) != place:
        raise ValueError("这个地方已经并到别处了，给并到的地方开")
    secret = random_bytes(SECRET_BYTES)
    until = turn.now_ms + CODE_MS
    row = {"secret_hash": _hash(secret.hex()), "place": place, "made_by": by, "until": until}
    turn.insert(tables.CODE, [{**row, "used_at": 0, "device": ""}])
    return secret, until


def take_in(turn: Turn, enrol: Enrol, new_id: Callable[[], str]) -> Taken:
    """Make the device record for a right code; the same desk may ask again. Raises NotEnrolled."""
    table = tables.CODE
    code = turn.connection.execute(
        select(table).where(table.c.secret_hash == _hash(enrol.secret))
    ).one_or_none()
    if code is None or (code.until < turn.now_ms and not code.used_at):
        raise WrongCode
    _check_desk(enrol)
    if code.used_at:
        return _taken_before(turn, code.device, enrol.public_key)
    place = turn.successor(code.place)
    taken = Taken(new_id(), _next_number(turn, place), place)
    turn.write_own("device", taken.device, _device_fields(turn, enrol, taken))
    turn.connection.execute(
        update(table)
        .where(table.c.secret_hash == code.secret_hash)
        .values(used_at=turn.now_ms, device=taken.device)
    )
    return taken


def people(connection: Connection, place: str, today: str) -> list[Person]:
    """Who may work at a place today."""
    query = select(tables.STANDING).where(
        tables.STANDING.c.type == "account", tables.STANDING.c.place == place
    )
    stands = sorted((stand_of(row) for row in connection.execute(query)), key=lambda s: s.record)
    return [
        Person(s.record, str(s.fields["name"]), str(s.fields.get("post", "")), s.fields["roles"])  # type: ignore[arg-type]
        for s in stands
        if is_active(s.fields, today, today)
    ]


def may_make_codes(connection: Connection, place: str, by: str, today: str) -> bool:
    """Whether this is the district's own desk, and a district account with the right role."""
    district = read_charter(connection).district
    return place == district and any(
        p.id == by and _CODE_ROLES & set(p.roles) for p in people(connection, place, today)
    )


def check_tries(connection: Connection, peer: str, now_ms: int) -> None:
    """Raises NotEnrolled when this caller guessed too often within the hour."""
    table = tables.ATTEMPT
    own = select(table.c.wrong).where(table.c.peer == _peer(peer), table.c.hour == now_ms // HOUR_MS)
    if (connection.execute(own).scalar() or 0) >= WRONG_PER_PEER:
        raise NotEnrolled(_TOO_MANY)


def count_wrong(connection: Connection, district: str, peer: str, now_ms: int) -> None:
    """Remember one wrong try, and forget those of former hours. What is remembered is bounded."""
    table, hour = tables.ATTEMPT, now_ms // HOUR_MS
    connection.execute(delete(table).where(table.c.hour < hour))
    mine = (table.c.peer == _peer(peer)) & (table.c.hour == hour)
    is_known = connection.execute(update(table).where(mine).values(wrong=table.c.wrong + 1)).rowcount
    callers = connection.execute(select(func.count()).select_from(table)).scalar_one()
    if not is_known and callers < PEERS_REMEMBERED:
        connection.execute(
            insert(table), {"peer": _peer(peer), "hour": hour, "district": district, "wrong": 1}
        )


def _device_fields(turn: Turn, enrol: Enrol, taken: Taken) -> Record:
    return {
        "name": enrol.name, "number": taken.number, "place_code": taken.place,
        "public_key": enrol.public_key, "enrolled_at": moment_of(turn.now_ms),
    }  # fmt: skip


def _check_desk(enrol: Enrol) -> None:
    if not 1 <= len(enrol.name) <= 60 or not enrol.name.isprintable():
        raise NotEnrolled(_NO_NAME)
    try:
        public_key(enrol.public_key)
    except ValueError as problem:
        raise NotEnrolled(_NO_KEY) from problem


def _taken_before(turn: Turn, device: str, key: str) -> Taken:
    """The answer to the first asking was lost on the way."""
    stand = turn.agreed.of_type(device, "device")
    if stand is None or stand.fields["public_key"] != key or stand.fields.get("revoked_at"):
        raise WrongCode
    return Taken(device, int(str(stand.fields["number"])), stand.place)


def _next_number(turn: Turn, place: str) -> int:
    query = select(tables.STANDING).where(
        tables.STANDING.c.type == "device", tables.STANDING.c.place == place
    )
    used = [int(str(row.fields["number"])) for row in turn.connection.execute(query)]
    number = max(used, default=0) + 1
    if number > DESKS_PER_PLACE:
        raise NotEnrolled(_FULL)
    return number


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _peer(peer: str) -> str:
    return hashlib.sha256(peer.encode()).hexdigest()[:32]
