"""Outside rules on single values: ID numbers, phones, credit codes. They warn, they never block."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from sync.records import places
from sync.records.field import Check

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?")


def doubt(check: Check, value: str) -> str:
    """Why the value is doubtful, in the clerk's words; "" when nothing is wrong with it."""
    return {
        "id_number": _id_number, "phone": _phone, "credit_code": _credit_code, "division_code": _division,
    }[check](value)  # fmt: skip


def birth_day(id_number: str) -> date | None:
    """The birth date in an 18-character ID number, or None when it holds no real date."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def _id_number(value: str) -> str:
    if len(value) != 18:
        return f"身份证号有 {len(value)} 位，应该是 18 位"
    if not re.fullmatch(r"\d{17}[\dX]", value):
        return "身份证号里有不该有的字"
    if birth_day(value) is None:
        return "身份证号里的出生日期不存在"
    return "" if mod_11_2.is_valid(value) else "身份证号最后一位对不上，核对一下"


def _phone(value: str) -> str:
    digits = re.sub(r"[\s-]", "", value)
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(value.replace(" ", "")):
        return ""
    if digits.startswith("1") and digits.isdigit():
        return f"电话只有 {len(digits)} 位，手机号是 11 位" if len(digits) < 11 else "手机号是 11 位，核对一下"
    return "电话看着不对，核对一下"


def _credit_code(value: str) -> str:
    return "" if uscc.is_valid(value) else "统一社会信用代码对不上，核对一下"


def _division(value: str) -> str:
    return "" if places.is_code(value) else "区划代码应该是 12 位数字"
