"""Why the hub may refuse one change: a code for programs, words for people."""

from __future__ import annotations

REFUSALS = {
    "unknown_type": "区里的程序还不认识这种记录，等区里更新后再传",
    "unknown_field": "区里的程序还不认识其中一项，等区里更新后再传",
    "invalid": "有的地方没填对",
    "out_of_scope": "这件事不在您这里的地界内",
    "not_allowed": "这个账号不能改这一项",
    "unknown_account": "区里没有这个账号，或已经停用",
    "no_record": "它改的那一件还没传到区里，那一件到了会自动接着传",
    "no_parent": "它所属的那一件区里没收下",
    "wrong_step": "办理步骤对不上",
    "written_once": "已经写定的记录不能改，只能作废后重写",
    "exists": "这个编号区里已经有了另一件",
    "too_large": "这一条太大了",
    "too_many": "一天里作废的太多，区里先没收，要先打电话问区里",
    "duplicate_id": "这一条的编号和另一条重了",
}
"""Refusal code -> the words a clerk reads. HTTP errors never refuse a change; they only mean "try again"."""
