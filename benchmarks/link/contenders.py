"""Who is compared: how each hub and desk is founded and started. A folder holds `hub` and `desk` of one of them."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.link import peers
from benchmarks.link.ground import HUB
from benchmarks.link.records import CLERK, COMMITTEE, MEDIATORS, TOWN, Row, as_lines, full_stock, stock_and_day
from sync.server.commands.acts import divisions_file
from sync.server.hub import Hub
from sync.server.offices import read_divisions
from sync.server.premises import Premises, Settings

PORT = 8443
_HERE = Path(__file__).parent
_DISTRICT = "620802000000"
_CLERK_NAME = "马秀兰"


@dataclass(frozen=True)
class Command:
    """Words to run, and what to add to the environment."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contender:
    """One way of sending the day.

    found: makes the hub's folder and what the desk is given. hub, desk: the commands, for a folder and the desk's act
    ("prepare", "day", "restore"). prepares: whether a stock is exchanged before the day. found_full: the same for a
    hub full of so many disputes and a desk that knows none; None when it has no way to restore.
    """

    name: str
    title: str
    found: Callable[[Path], None]
    hub: Callable[[Path], Command]
    desk: Callable[[Path, str], Command]
    prepares: bool = True
    found_full: Callable[[Path, int], None] | None = None
    prepares_full: bool = True


def python(*words: str) -> tuple[str, ...]:
    """This Python, with a module of ours."""
    return (sys.executable, "-X", "utf8", "-m", *words)


def found_hub(folder: Path) -> None:
    """A hub with the real divisions, the benchmark's clerk and mediators, and a code for the desk."""
    (folder / "desk").mkdir(parents=True)
    hub_at = premises(folder)
    hub_at.found(Settings(hosts=[HUB]), _DISTRICT, read_divisions(divisions_file(), _DISTRICT))
    with closing(hub_at.open()) as hub:
        _staff(hub)
        add_desk(hub, folder / "desk", TOWN)
    (folder / "desk" / "ca.pem").write_bytes(hub_at.authority.ca_file.read_bytes())


def premises(folder: Path) -> Premises:
    """The hub's house in a contender's folder."""
    return Premises(folder / "hub", clock_ms=_clock_ms, random_bytes=os.urandom)


def add_desk(hub: Hub, desk: Path, place: str) -> None:
    """A one-time code for one more desk at a place, in the desk's folder."""
    desk.mkdir(parents=True, exist_ok=True)
    (desk / "code.txt").write_text(hub.make_code(place), encoding="utf-8")


def _staff(hub: Hub) -> None:
    since = "2020-01-01"
    hub.add("account", {"name": _CLERK_NAME, "place_code": TOWN, "roles": ["township", "mediator"],
                        "valid_from": since}, CLERK)  # fmt: skip
    hub.add("mediation_org", {"full_name": "花所镇人民调解委员会", "short_name": "花所", "kind": "乡镇街道",
                              "place_code": TOWN, "term_from": since, "status": "在用"}, COMMITTEE)  # fmt: skip
    for number, mediator in enumerate(MEDIATORS):
        hub.add("mediator", {"org_id": COMMITTEE, "place_code": TOWN, "name": f"马秀{'兰英芳梅'[number]}",
                             "sex": "2", "role": "委员", "phone": f"1380935000{number}", "valid_from": since},
                mediator)  # fmt: skip


def our_hub(folder: Path) -> Command:
    """`python -m sync.server serve`."""
    return Command(python("sync.server", "--folder", str(folder / "hub"), "serve", "--host", HUB, "--port", str(PORT)))


def _clock_ms() -> int:
    return time.time_ns() // 1_000_000


def _found_records(folder: Path) -> None:
    """The stock and the day as files, a record per line, for programs that are not ours."""
    stock, day = stock_and_day()
    _write_records(folder, {"stock.jsonl": [row for save in stock for row in save], "day.jsonl": day.whole})


def _write_records(folder: Path, files: Mapping[str, list[Row]]) -> None:
    desk = folder / "desk"
    for made in (desk, folder / "hub"):
        made.mkdir(parents=True)
    fields: dict[str, set[str]] = {}
    for name, rows in files.items():
        (desk / name).write_bytes(as_lines(rows, lambda row: {"id": row.id, "type": row.type, "fields": row.fields}))
        for row in rows:
            fields.setdefault(row.type, set()).update(row.fields)
    names = {kind: sorted(named) for kind, named in fields.items()}
    (desk / "fields.json").write_text(json.dumps(names), encoding="utf-8")


def _found_full_records(folder: Path, disputes: int) -> None:
    _write_records(folder, {"stock.jsonl": full_stock(disputes)})


def _found_full_hub(folder: Path, disputes: int) -> None:
    """Our hub takes the stock from a file, as a district does that changes over."""
    found_hub(folder)
    file = folder / "stock.jsonl"
    rows = full_stock(disputes)
    file.write_bytes(as_lines(rows, lambda row: {"type": row.type, "record": row.id, "fields": row.fields}))
    with closing(premises(folder).open()) as hub:
        hub.take_file(file)
    file.unlink()


def _ours() -> Contender:
    return Contender(
        "ours", "this desk and hub", found_hub, our_hub,
        lambda folder, act: Command(python("benchmarks.link.desks.ours", act, str(folder / "desk"))),
        found_full=_found_full_hub, prepares_full=False,
    )  # fmt: skip


def _posts(way: str, title: str) -> Contender:
    return Contender(
        way, title, found_hub,
        lambda folder: Command(python("benchmarks.link.hubs.sink", str(folder / "hub"))),
        lambda folder, act: Command(python("benchmarks.link.desks.posts", way, str(folder / "desk"))),
        prepares=False,
    )  # fmt: skip


def _anki(cache: Path) -> Contender:
    def hub(folder: Path) -> Command:
        words = (str(peers.anki_python(cache)), "-m", "anki.syncserver")
        user = ":".join(("desk", "measuring"))
        return Command(words, {"SYNC_USER1": user, "SYNC_BASE": str(folder / "hub"), "SYNC_HOST": HUB,
                               "SYNC_PORT": str(PORT), "MAX_SYNC_PAYLOAD_MEGS": "1000"})  # fmt: skip

    def desk(folder: Path, act: str) -> Command:
        words = ("-X", "utf8", "-m", "benchmarks.link.desks.anki_desk", act, str(folder / "desk"))
        return Command((str(peers.anki_python(cache)), *words))

    title = f"Anki's sync ({peers.ANKI[0]}), no TLS"
    return Contender("anki", title, _found_records, hub, desk, found_full=_found_full_records)


def _pouchdb(cache: Path) -> Contender:
    def node(script: str, *words: str) -> Command:
        modules = {"NODE_PATH": str(peers.pouchdb_modules(cache))}
        return Command(("node", str(_HERE / script), *words), modules)

    return Contender(
        "pouchdb", f"PouchDB ({peers.POUCHDB[0]}), no TLS", _found_records,
        lambda folder: node("hubs/pouchdb_hub.js", str(folder / "hub")),
        lambda folder, act: node("desks/pouchdb_desk.js", act, str(folder / "desk")),
        found_full=_found_full_records,
    )  # fmt: skip


NAMES = ("ours", "zstd", "each", "anki", "pouchdb")


def contender(name: str, cache: Path) -> Contender:
    """One of NAMES; what it needs of others is installed into the cache when it is first started."""
    made: dict[str, Callable[[], Contender]] = {
        "ours": _ours,
        "zstd": lambda: _posts("zstd", "one zstd -19 POST of whole records"),
        "each": lambda: _posts("each", "one POST per record"),
        "anki": lambda: _anki(cache),
        "pouchdb": lambda: _pouchdb(cache),
    }
    return made[name]()
