"""Columns about parties beside their names: phone, sex, age, address, ID number."""

from __future__ import annotations

import re

from desktop.casework.ledgers.amounts import parse_people
from desktop.casework.ledgers.draft import Column, Draft
from desktop.casework.ledgers.grid import Cell, cell_text
from desktop.casework.ledgers.parsed import Parsed
from desktop.casework.ledgers.people import Party, Wire
from desktop.casework.ledgers.vocabulary import Vocabulary
from desktop.casework.ledgers.width import half_width, says_nothing

PARTY_PARTS = frozenset({"sex", "age", "ethnic", "phone", "address", "id_no", "occupation"})

_SEPARATOR = re.compile(r"[、,;/|\n，；]+|\s+(?=\d)")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-9]\d{6,7}")
_LAST_EXACT = 10**15
_OLDEST = 130


def read_party_part(draft: Draft, column: Column, vocabulary: Vocabulary) -> None:
    """Give a cell about the parties to the party it speaks of, or one piece to each in order."""
    cell = draft.column_cell(column)
    text = cell_text(cell)
    if says_nothing(text) or column.field is None:
        return
    whose = _whose(draft, column.field.side)
    pieces = [cell] if len(whose) < 2 else [part for part in _SEPARATOR.split(half_width(text)) if part]
    if not whose:
        draft.note(column, f"“{text[:20]}”不知道是谁的，附在经过后面")
    elif len(pieces) > len(whose):
        draft.note(column, f"“{text[:20]}”和当事人的个数对不上，附在经过后面")
    elif len(pieces) < len(whose) and not column.field.side:
        draft.note(column, "比当事人少，从头一个人记起，核对一下")
    if not whose or len(pieces) > len(whose):
        draft.keep(column, text)
        return
    for party, piece in zip(whose, pieces, strict=False):
        _store(draft, column, party, _part(column, piece, vocabulary))


def _whose(draft: Draft, side: str) -> list[Party]:
    return [party for party in draft.parties if not side or party.fields.get("side") == side]


def _store(draft: Draft, column: Column, party: Party, parsed: Parsed[Wire]) -> None:
    if column.field is not None and parsed.value is not None:
        party.fields[column.field.field] = parsed.value
        if column.field.field == "id_no":
            party.fields["id_type"] = "111"
    if parsed.reason:
        draft.note(column, parsed.reason)
        if parsed.value is None:
            draft.keep(column, cell_text(draft.column_cell(column)))


def _part(column: Column, cell: Cell, vocabulary: Vocabulary) -> Parsed[Wire]:
    held = column.field
    text = half_width(cell_text(cell)).strip()
    if held is None or says_nothing(text):
        return Parsed(None)
    if held.reader == "phone":
        return parse_phone(text)
    if held.reader == "id_no":
        return parse_id_number(cell)
    if held.reader == "age":
        return parse_age(text)
    if held.reader == "code":
        code = vocabulary.code(held.set_name, text) or vocabulary.code(held.set_name, f"{text}族")
        return Parsed(code, "" if code else f"“{text[:20]}”没认出是什么")
    return Parsed(cell_text(cell)[: held.limit], f"超过 {held.limit} 个字" if len(text) > held.limit else "")


def parse_phone(text: str) -> Parsed[Wire]:
    """A phone number without blanks; an odd one is kept with a doubt."""
    number = re.sub(r"[\s()]|[^\d\-()\s转]", "", half_width(text))
    bare = number if number.startswith("0") else number.replace("-", "")
    if not bare:
        return Parsed(None, f"“{text[:20]}”不是电话号码")
    return Parsed(bare[:30], "" if _PHONE.fullmatch(bare) else f"电话“{bare[:20]}”看着不对，核对一下")


def parse_id_number(cell: Cell) -> Parsed[Wire]:
    """An ID number as text; Excel keeps only 15 digits of a number, so a number has lost its end."""
    if isinstance(cell, int | float) and abs(cell) >= _LAST_EXACT:
        return Parsed(None, "身份证号在 Excel 里存成了数字，末几位已经丢了，要重新填")
    number = re.sub(r"\s", "", half_width(cell_text(cell))).upper()
    doubt = "" if re.fullmatch(r"\d{17}[\dX]", number) else f"身份证号有 {len(number)} 位，应该是 18 位"
    return Parsed(number[:50], doubt)


def parse_age(text: str) -> Parsed[Wire]:
    """An age in years: 45, 45岁."""
    count = parse_people(text.replace("岁", "")).value
    return Parsed(count) if count and count <= _OLDEST else Parsed(None, f"“{text[:20]}”没认出是几岁")
