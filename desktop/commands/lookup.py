"""Finding what a person means by a name or a code."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.commands.trouble import Misused


def find_place(desk: Desk, words: str) -> str:
    """The code of a place given by its code or its name. Raises Misused when none or several are meant."""
    if desk.store.record("place", words):
        return words
    known = {str(place["id"]): str(place["name"]) for place in desk.store.records("place")}
    found = [code for code, name in known.items() if words in (name, desk.directory.place_name(code))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Misused(f"没有叫“{words}”的地方。写全名，或 12 位区划代码。")
    several = "；".join(f"{code} {desk.directory.place_name(f'{code[:9]}000')}{known[code]}" for code in found)
    raise Misused(f"叫“{words}”的不止一处：{several}。写区划代码。")
