"""carrier write, carrier read: the road without a line, on a USB stick or any folder."""

from __future__ import annotations

from dataclasses import asdict

from desktop.casework.exchange import carrier
from desktop.commands.call import DONE, TROUBLE, Call
from desktop.commands.opening import opened


def write(call: Call) -> int:
    """Write what waits onto a stick, or only the receipts for other desks."""
    stick = call.arguments.stick
    with opened(call) as desk:
        if call.arguments.receipts_only:
            receipts = [str(path) for path in carrier.hand_over(desk, stick)]
            call.answer({"receipts": receipts}, f"写上了 {len(receipts)} 份回执，交给原来的电脑。")
            return DONE
        written = carrier.write(desk, stick)
    plain = {
        "file": str(written.file), "serial": written.serial, "changes": written.changes, "left": written.left,
        "size_bytes": written.size_bytes, "receipts": [str(path) for path in written.receipts],
    }  # fmt: skip
    call.answer(plain, f"{written.sentence}\n{written.file}")
    return DONE


def read(call: Call) -> int:
    """Read the receipts on a stick, take along what other desks put there."""
    with opened(call) as desk:
        if call.arguments.allow_large_pull:
            desk.store.allow_large_pull()
        came = carrier.read(desk, call.arguments.stick)
        plain = {
            "lines": [asdict(line) for line in came.lines], "agreed": came.agreed,
            "pull_too_large": came.pull_too_large, "waiting": desk.store.waiting(),
        }  # fmt: skip
    call.answer(plain, "\n".join(f"{line.file}：{line.words}" for line in came.lines))
    return DONE if came.is_good else TROUBLE
