"""The templates at hand: the shipped ones of resources/papers, and a district's own in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from desktop import resources
from desktop.papers.kinds import KINDS
from desktop.papers.template.blocks import Template
from desktop.papers.template.reading import Malformed, read

_SHIPPED_INSTEAD = "。先用自带的样式印，请区里改好这一行"


def shipped_body(name: str) -> str:
    """The text of a shipped template, for a district to begin from."""
    return (resources.folder() / "papers" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def shipped(name: str) -> Template:
    """A shipped template, read once."""
    return read(name, shipped_body(name))


def complaint(name: str, body: str) -> str:
    """What is wrong with a district's text, naming the line; "" when it can be printed."""
    try:
        read(name, body)
    except Malformed as problem:
        return problem.message
    return ""


@dataclass(slots=True)
class Library:
    """Templates for one printing. own: a district's texts by name; used: whether a paper goes into the dossier,
    as the district said. complaints: what was wrong with its texts, for the person."""

    own: Mapping[str, str] = field(default_factory=dict)
    used: Mapping[str, bool] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)

    def template(self, name: str) -> Template:
        """The district's template, or the shipped one when there is none or it cannot be read."""
        if name in self.own:
            try:
                return read(name, self.own[name])
            except Malformed as problem:
                self.complaints[name] = problem.message + _SHIPPED_INSTEAD
        return shipped(name)

    def is_used(self, name: str) -> bool:
        """Whether a paper goes into the dossier."""
        return self.used.get(name, KINDS[name].used)
