"""Names for ids: people, places, mediators and committees, read once and kept until they change."""

from __future__ import annotations

from desktop.store import Changes, Store
from sync.records import places
from sync.records.field import Record

_KEPT = ("account", "place", "mediator", "mediation_org")


class Directory:
    """Who is who and where is what, as this desk knows it. An unknown id is said as 不知道是谁, never hidden."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, dict[str, Record]] = {}
        store.changed.append(self._forget)

    def account_name(self, account_id: str) -> str:
        """The name of a person with an account; "" for no id."""
        return self._name("account", account_id, "name", "不知道是谁")

    def account_post(self, account_id: str) -> str:
        """Where that person works: 镇司法所; "" when not known."""
        return str(self._all("account").get(account_id, {}).get("post") or "")

    def mediator_name(self, mediator_id: str) -> str:
        """The name of a mediator; "" for no id."""
        return self._name("mediator", mediator_id, "name", "不知道是谁")

    def org_name(self, org_id: str) -> str:
        """The full name of a committee; "" for no id."""
        return self._name("mediation_org", org_id, "full_name", "不知道哪个组织")

    def place_name(self, code: str) -> str:
        """石桥村; the code itself while its name is not known."""
        record = self._all("place").get(code)
        return _short(str(record["name"])) if record else code

    def mediators(self, today: str) -> list[Record]:
        """The mediators in office that day."""
        return [m for m in self._all("mediator").values() if _in_force(m, today)]

    def mediator(self, mediator_id: str) -> Record:
        """A mediator in office or not; empty when not known here."""
        return self._all("mediator").get(mediator_id, {})

    def mediator_ids(self, account_id: str) -> frozenset[str]:
        """Under which mediators this account works, in office or not."""
        mine = (m for m in self._all("mediator").values() if m.get("account_id") == account_id)
        return frozenset(str(m["id"]) for m in mine)

    def org(self, org_id: str) -> Record:
        """A committee or studio, at work or not; empty when not known here."""
        return self._all("mediation_org").get(org_id, {})

    def orgs(self) -> list[Record]:
        """Every committee and studio known here."""
        return list(self._all("mediation_org").values())

    def everyone(self) -> list[Record]:
        """Every mediator known here, in office or not."""
        return list(self._all("mediator").values())

    def place(self, code: str) -> Record:
        """A place; empty when not known here."""
        return self._all("place").get(code, {})

    def orgs_for(self, place: str) -> list[Record]:
        """The working committees of a place and of everything above it, nearest first (domain.md §1.2)."""
        line = places.line(place)
        orgs = [o for o in self._all("mediation_org").values() if o.get("place_code") in line and _works(o)]
        return sorted(orgs, key=lambda org: line.index(str(org["place_code"])))

    def places_inside(self, area: str) -> list[Record]:
        """The villages and communities inside an area, in administrative order."""
        inside = (r for r in self._all("place").values() if places.contains(area, str(r["id"])))
        return sorted((r for r in inside if places.level(str(r["id"])) == 5), key=lambda r: str(r["id"]))

    def _name(self, kind: str, record_id: str, field: str, unknown: str) -> str:
        if not record_id:
            return ""
        record = self._all(kind).get(record_id)
        return str(record.get(field) or unknown) if record else unknown

    def _all(self, kind: str) -> dict[str, Record]:
        if kind not in self._kept:
            self._kept[kind] = {str(record["id"]): record for record in self._store.records(kind)}
        return self._kept[kind]

    def _forget(self, changes: Changes) -> None:
        for kind in _KEPT:
            if changes.of(kind):
                self._kept.pop(kind, None)


def _in_force(record: Record, today: str) -> bool:
    start, end = str(record.get("valid_from") or ""), str(record.get("valid_to") or "9999")
    return start <= today <= end and not record.get("void_at")


def _works(org: Record) -> bool:
    return org.get("status") != "已撤销" and not org.get("void_at")


def _short(name: str) -> str:
    """花所村委会 is 花所村, 解放中路社区居委会 is 解放中路社区, in everybody's mouth."""
    for tail in ("村民委员会", "村委会"):
        if name.endswith(tail):
            stem = name.removesuffix(tail)
            return stem if stem.endswith("村") else f"{stem}村"
    for tail in ("居民委员会", "居委会"):
        if name.removesuffix(tail).endswith("社区"):
            return name.removesuffix(tail)
    return name
