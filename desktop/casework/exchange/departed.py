"""What went elsewhere, and what became of this place itself: told by name, once it is known here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes.change_log import moment_of
from desktop.store import SealedRecord
from sync.records import places

TOLD_DAYS = 30
"""How long a departure or a merger is news."""
_DAY_MS = 24 * 3600 * 1000


def lines(desk: Desk) -> tuple[str, ...]:
    """Sentences for the exchange page: mergers first, then each departure, then what the district keeps."""
    since = round(desk.now().timestamp() * 1000) - TOLD_DAYS * _DAY_MS
    sealed = [one for one in desk.store.sealed_list() if one.since_ms > since or one.unsent]
    shelved = sum(one.reason == "shelved" and not one.unsent for one in sealed)
    kept = [f"{shelved} 件旧件按规定收到区里了，要看随时能调回来。"] if shelved else []
    named = [sentence(desk, one) for one in sealed if one.type == "dispute" and one.reason != "shelved"]
    return (*merged(desk), *named, *_others(sealed), *kept)


def sentence(desk: Desk, sealed: SealedRecord) -> str:
    """“王有福与李建军排水纠纷”11月23日转到段沟村了，2 处没传的还留在这里."""
    name = str(sealed.stub.get("title") or "")
    place = desk.directory.place_name(str(sealed.stub.get("place_code") or ""))
    when = spoken.day(moment_of(desk, sealed.since_ms).date(), desk.today)
    what = f"“{name}”{when}" if name else f"{place}的 1 件" if place else "1 件纠纷"
    unsent = f"，{sealed.unsent} 处没传的还留在这里" if sealed.unsent else ""
    return f"{what}{_where(sealed, place)}{unsent}。"


def merged(desk: Desk) -> Iterator[str]:
    """花所村到10月31日为止，以后并到段沟村。原来的一件也没少，都归段沟村。"""
    oldest = (desk.today - timedelta(days=TOLD_DAYS)).isoformat()
    for place in desk.store.records("place"):
        heirs, ended = place.get("replaced_by") or [], str(place.get("valid_to") or "")
        heir = str(heirs[0]) if isinstance(heirs, list) and heirs else ""
        if heir and ended >= oldest and places.contains(desk.store.desk().place, heir):
            old, new = (desk.directory.place_name(code) for code in (str(place["id"]), heir))
            last = spoken.iso_day(ended, desk.today)
            yield f"{old}到{last}为止，以后并到{new}。原来的一件也没少，都归{new}。"


def _where(sealed: SealedRecord, place: str) -> str:
    if sealed.reason == "closed":
        return "关起门谈了，只有经办人能看"
    if sealed.reason == "moved":
        return f"转到{place or '别处'}了" if sealed.stub.get("title") else "不归这里管了"
    return "不归这里管了"


def _others(sealed: list[SealedRecord]) -> Iterator[str]:
    count = sum(one.unsent for one in sealed if one.type != "dispute")
    if count:
        yield f"转走的里头还有 {count} 处没传的留在这里。"
