"""The design tokens of the window: every number and colour, read once from resources/styles/tokens.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from desktop import resources

Mode = Literal["light", "dark", "highContrast"]
MODES: tuple[Mode, ...] = ("light", "dark", "highContrast")
TEXT_SIZES: tuple[str, ...] = ("标准", "大", "特大")


@dataclass(frozen=True)
class TypeRole:
    """One role of text: letter height and line height in logical pixels (window.md §2.1)."""

    px: int
    line: int
    bold: bool = False


# tokens.json says these two in the use of `title`: over a second line, and below 1000 px.
_LESSER_TITLES = {"titleOverLine": TypeRole(20, 28, True), "titleNarrow": TypeRole(19, 28, True)}


@dataclass(frozen=True)
class Tone:
    """Which shape and which colour say a state (window.md §2.4). `text_tone` is empty when it equals `tone`."""

    shape: str
    tone: str
    text: str = ""
    text_tone: str = ""


@dataclass(frozen=True)
class Tokens:
    """All tokens; colours are sRGB hex by mode and name, lengths are logical pixels."""

    families: tuple[str, ...]
    rare_name_families: tuple[str, ...]
    roles: Mapping[str, TypeRole]
    text_sizes: Mapping[str, float]
    sizes: Mapping[str, int]
    radii: Mapping[str, int]
    breakpoints: Mapping[str, int]
    colours: Mapping[Mode, Mapping[str, str]]
    scrim_alpha: Mapping[Mode, float]
    toast_ms: int
    states: Mapping[str, Tone]
    deadlines: Mapping[str, Tone]
    risks: Mapping[str, Tone]
    exchanges: Mapping[str, Tone]
    contrast: Mapping[Mode, Mapping[str, float]] = field(repr=False)


@cache
def load(path: Path | None = None) -> Tokens:
    """Read the tokens. Raises OSError or KeyError when the file is missing or lacks a token."""
    source = path or resources.folder() / "styles" / "tokens.json"
    raw = json.loads(source.read_text(encoding="utf-8"))
    return Tokens(
        families=tuple(raw["font"]["families"]),
        rare_name_families=tuple(raw["font"]["rareNames"]),
        roles={name: TypeRole(r["px"], r["line"], r.get("bold", False)) for name, r in raw["type"].items()}
        | _LESSER_TITLES,
        text_sizes=raw["userTextSize"],
        sizes={name: value for name, value in raw["size"].items() if isinstance(value, int)},
        radii=raw["radius"],
        breakpoints={name: raw["breakpoints"][name] for name in ("wide", "narrow")},
        colours={mode: _plain_colours(raw["colour"][mode]) for mode in MODES},
        scrim_alpha={mode: raw["colour"][mode]["scrim"]["alpha"] for mode in MODES},
        toast_ms=raw["motion"]["toast_ms"],
        states=_tones(raw["state"]),
        deadlines=_tones(raw["deadline"]),
        risks=_tones(raw["risk"]),
        exchanges=_tones(raw["exchange"]),
        contrast={mode: {pair: entry["atLeast"] for pair, entry in raw["contrast"][mode].items()} for mode in MODES},
    )


def _plain_colours(raw: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in raw.items() if isinstance(value, str)}


def _tones(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Tone]:
    return {
        name: Tone(entry["shape"], entry["tone"], str(entry.get("text", "")), entry.get("textTone", ""))
        for name, entry in raw.items()
    }
