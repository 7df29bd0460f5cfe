"""status, backup, restore, verify: how the desk stands, and keeping it safe."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.casework.exchange import status
from desktop.commands.call import DONE, TROUBLE, Call
from desktop.commands.opening import folder_of, opened, summariser, unlocked
from desktop.commands.trouble import Refused
from desktop.settings import Settings
from desktop.store import Damaged, Folder, NotAStore, Store, StoreKey
from desktop.store.backup import listed, made_at
from desktop.store.restoring import restore


def show_status(call: Call) -> int:
    """Who and where this desk is, what waits, when both sides last agreed."""
    with opened(call) as desk:
        facts, page = status.card(desk), status.page(desk, rounds=1)
        plain = {**_whereabouts(call, desk), **_exchange(facts)}
    lines = [
        f"{plain['place_name']}，{plain['person']}，{plain['device_number']} 号电脑，文件夹 {plain['folder']}",
        page.headline,
        page.detail,
        f"待传 {facts.waiting}，没收下 {facts.refused}，两边不一样 {plain['clashes']}，没写完 {plain['drafts']}",
        f"最近的备份：{plain['backup_at'] or '还没有'}",
        page.skew,
    ]
    call.answer(plain, "\n".join(line for line in lines if line))
    return DONE


def _whereabouts(call: Call, desk: Desk) -> dict[str, object]:
    here, folder = desk.store.desk(), folder_of(call)
    backups = listed(folder)
    return {
        "folder": str(folder.path), "hub": here.hub_url, "place": here.place, "place_name": here.place_name,
        "device_number": here.number, "person": desk.account.name, "account": desk.account.id,
        "drafts": len(desk.store.drafts()), "clashes": len(desk.store.clashes()),
        "backup_at": made_at(backups[0]).isoformat() if backups else None,
    }  # fmt: skip


def _exchange(facts: status.ExchangeCard) -> dict[str, object]:
    return {
        "waiting": facts.waiting,
        "refused": facts.refused,
        "oldest_waiting_at": facts.oldest.isoformat() if facts.oldest else None,
        "agreed_at": facts.agreed_at.isoformat() if facts.agreed_at else None,
        "all_agreed": facts.all_agreed,
        "trouble": facts.trouble,
    }


def back_up(call: Call) -> int:
    """Make a checked backup, or list those there are."""
    folder = folder_of(call)
    if call.arguments.list:
        found = [{"file": str(path), "made_at": made_at(path).isoformat()} for path in listed(folder)]
        lines = [f"{one['made_at']}  {one['file']}" for one in found]
        call.answer({"backups": found}, "\n".join(lines) or "还没有备份。")
        return DONE
    with opened(call) as desk:
        made = desk.store.back_up()
    call.answer({"file": str(made)}, f"备份好了，读回来核对过：{made}")
    return DONE


def go_back(call: Call) -> int:
    """Restore a backup; the present files are moved aside, never deleted."""
    folder = folder_of(call)
    chosen = call.arguments.file or next(iter(listed(folder)), None)
    if chosen is None:
        raise Refused("还没有备份，没有恢复。原来的都在。")
    if not chosen.is_file():
        raise Refused(f"没有“{chosen}”这个备份，没有恢复。原来的都在。用 backup --list 看有哪些。")
    _, key = unlocked(call, folder)
    unsent = _unsent(folder, key)
    if unsent and not call.arguments.leave_unsent:
        raise Refused(
            f"这里还有 {unsent} 处没传到区里，没有恢复。先传一次（sync）再恢复；实在传不了，加 --leave-unsent，"
            "现在的文件会移到一边，不删。"
        )
    aside = restore(folder, chosen, key)
    call.answer(
        {"restored": str(chosen), "aside": str(aside)},
        f"恢复好了，用的是 {chosen.name}。原来的文件移到了 {aside}。和区里传一次（sync），备份以后的会接着回来。",
    )
    return DONE


def _unsent(folder: Folder, key: StoreKey) -> int:
    """What would be lost from sight; a store that no longer opens can say nothing."""
    try:
        with Store.open(folder, key, summariser=summariser(Settings())) as store:
            return store.unsent()
    except (Damaged, NotAStore):
        return 0


def verify(call: Call) -> int:
    """Check the whole store."""
    with opened(call) as desk:
        faults = desk.store.verify()
    words = "\n".join([*faults, f"有 {len(faults)} 处对不上。原来的都在。先备份，再打电话问区里。"])
    call.answer({"faults": faults}, words if faults else "都对得上。")
    return TROUBLE if faults else DONE
