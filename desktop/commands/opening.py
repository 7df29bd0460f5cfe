"""Opening the desk for one call: which folder, which person, which secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop.casework import calendar, holidays
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes.deadlines import Deadlines
from desktop.commands.call import Call
from desktop.commands.secrets import secret
from desktop.commands.trouble import Misused, Refused
from desktop.settings import Settings
from desktop.store import ClockDoubt, Folder, Keyholder, Store, StoreKey, Summariser
from sync.records.ids import uuid7


def folder_of(call: Call) -> Folder:
    """The data folder of this call."""
    world = call.world
    return Folder(call.arguments.folder or world.home, world.around, world.argon, world.protector)


def keyholder(call: Call, folder: Folder) -> Keyholder:
    """The person of this call: named by --as, else the only one. Raises Misused, and NotAStore."""
    people, wanted = folder.people(), call.arguments.person_as
    found = [one for one in people if wanted in ("", one.name, one.account)]
    if len(found) == 1:
        return found[0]
    names = "、".join(one.name for one in people)
    raise Misused(f"这台电脑上有：{names}。用 --as 写明是谁（同名的写账号编号）。")


def unlocked(call: Call, folder: Folder) -> tuple[Keyholder, StoreKey]:
    """The person and the key their secret opens."""
    person = keyholder(call, folder)
    return person, folder.unlock(person.account, secret(call), now_ms=call.world.around.clock_ms())


@contextmanager
def opened(call: Call) -> Iterator[Desk]:
    """The desk with the person of this call at it, closed again at the end."""
    person, key = unlocked(call, folder_of(call))
    with desk_of(call, person, key) as desk:
        yield desk


@contextmanager
def desk_of(call: Call, person: Keyholder, key: StoreKey) -> Iterator[Desk]:
    """The desk with that person at it, closed again at the end."""
    settings = Settings()
    with Store.open(folder_of(call), key, summariser=summariser(settings), progress=_folding(call)) as store:
        settings.load(store.setting)
        try:
            store.check_clock()
        except ClockDoubt as doubt:
            call.note(str(doubt))
        yield seated(call, store, person, settings)


def summariser(settings: Settings) -> Summariser:
    """What the store asks about each dispute."""
    return Deadlines(calendar.load(), settings).summariser()


def seated(call: Call, store: Store, person: Keyholder, settings: Settings) -> Desk:
    """The desk over an open store. Before the first exchange nobody's roles are known here."""
    here, world = store.desk(), call.world
    record = store.record("account", person.account)
    account = Account.of(record) if record else Account(person.account, person.name, place=here.place)
    days = calendar.load()
    holidays.follow(store, days)
    return Desk(
        store=store,
        account=account,
        place=here.place,
        device_number=here.number,
        now=world.now,
        ids=lambda: uuid7(world.around.clock_ms(), world.around.random_bytes),
        calendar=days,
        settings=settings,
        directory=Directory(store),
    )


def _folding(call: Call) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if done == 0 and total:
            call.note(f"程序更新过，正在整理 {total:,} 条记录，要等一会儿。")

    return tell


def require_roles(desk: Desk) -> None:
    """Raises Refused while this desk does not know yet what the person may do."""
    if not desk.account.roles:
        raise Refused("还没从区里收到账号的身份，什么也没有做。先传一次（sync），再来。")
