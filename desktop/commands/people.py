"""person list, add, secret, remove: who can open this PC's desk."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.commands.call import DONE, Call
from desktop.commands.opening import desk_of, folder_of, keyholder, unlocked
from desktop.commands.secrets import NEW_VARIABLE, given, new_secret
from desktop.commands.trouble import Misused, Refused
from sync.records import Record

RECOVERY_VARIABLE = "FENGQIAO_RECOVERY_CODE"


def list_people(call: Call) -> int:
    """The names on the door; nothing needs to be opened for that."""
    people = [{"account": one.account, "name": one.name} for one in folder_of(call).people()]
    call.answer({"people": people}, "\n".join(f"{one['account']}  {one['name']}" for one in people))
    return DONE


def add_person(call: Call) -> int:
    """Let a colleague in; somebody who already may must open the door."""
    folder = folder_of(call)
    person, key = unlocked(call, folder)
    with desk_of(call, person, key) as desk:
        account = _colleague(desk, call.arguments.who)
    if any(one.account == account["id"] for one in folder.people()):
        raise Refused(f"{account['name']}在这台电脑上已经有密码，没有改。要换密码，用 person secret。")
    secret = new_secret(call, call.arguments.new_secret_file, NEW_VARIABLE)
    folder.set_secret(key, str(account["id"]), str(account["name"]), secret)
    call.say(f"{account['name']}可以在这台电脑上用自己的密码了。")
    return DONE


def _colleague(desk: Desk, who: str) -> Record:
    """An account that works at this place today."""
    today = desk.today.isoformat()
    here = [
        account
        for account in desk.store.records("account", {"place_code": desk.place})
        if str(account.get("valid_from") or "") <= today <= str(account.get("valid_to") or "9999")
    ]
    found = [account for account in here if who in (account["name"], account["id"])]
    if len(found) == 1:
        return found[0]
    names = "、".join(str(account["name"]) for account in here)
    raise Misused(f"这里有账号的人：{names}。写其中一个，同名的写账号编号；没有的先请区里开账号。")


def change_secret(call: Call) -> int:
    """A new secret for oneself, with the old one or with the recovery code."""
    folder = folder_of(call)
    if call.arguments.recover or call.arguments.recovery_code_file:
        person = keyholder(call, folder)
        given_code = given(call, call.arguments.recovery_code_file, RECOVERY_VARIABLE)
        key = folder.recover(given_code or call.world.ask("恢复码："))
    else:
        person, key = unlocked(call, folder)
    secret = new_secret(call, call.arguments.new_secret_file, NEW_VARIABLE)
    folder.set_secret(key, person.account, person.name, secret)
    call.say(f"{person.name}的密码换好了。")
    return DONE


def remove_person(call: Call) -> int:
    """Shut the door for somebody; the records stay. The last one stays too."""
    folder = folder_of(call)
    _, key = unlocked(call, folder)
    found = [one for one in folder.people() if call.arguments.who in (one.name, one.account)]
    if len(found) != 1:
        raise Misused("要写清是谁。用 person list 看这台电脑上有谁。")
    try:
        folder.remove_person(key, found[0].account)
    except ValueError as problem:
        raise Refused("这台电脑上只有这一个人了，不能移走，不然谁也打不开。") from problem
    call.say(f"{found[0].name}不能再打开这台电脑上的资料。记下的都在。")
    return DONE
