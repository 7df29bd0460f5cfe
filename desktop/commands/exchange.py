"""enrol, sync, code: meeting the district, exchanging with it, asking it for a code."""

from __future__ import annotations

from dataclasses import asdict

from desktop.casework.exchange import enrolment, shelf
from desktop.casework.exchange.enrolment import Joined
from desktop.casework.exchange.rounds import Exchange, RoundResult
from desktop.commands.call import DONE, TROUBLE, Call
from desktop.commands.lookup import find_place
from desktop.commands.opening import folder_of, opened, require_roles, seated, summariser
from desktop.commands.secrets import VARIABLE, given, new_secret
from desktop.commands.stopping import stoppable
from desktop.commands.transport import line
from desktop.commands.trouble import Refused
from desktop.settings import Settings
from desktop.store import Keyholder
from sync.client.caller import Caller
from sync.client.files import FileReport
from sync.protocol.messages import Code, MakeCode, Person

CODE_VARIABLE = "FENGQIAO_CODE"


def enrol(call: Call) -> int:
    """Let this PC in with a one-time code, set the first person's secret, exchange once."""
    folder, arguments = folder_of(call), call.arguments
    if folder.holds_store():
        raise Refused("这个文件夹里已经有接入过的资料，没有再接入。要另接一个，用 --folder 换个文件夹。")
    secret = new_secret(call, arguments.secret_file, VARIABLE)
    code = given(call, arguments.code_file, CODE_VARIABLE) or call.world.ask("入网码：")
    joined = enrolment.enrol(folder, arguments.hub, code, name=arguments.name)
    person = _first_person(call, joined)
    settings = Settings()
    started = enrolment.start(joined, person, secret, summariser=summariser(settings))
    with started.store as store:
        desk = seated(call, store, Keyholder(person.id, person.name), settings)
        with line(call, desk) as connect:
            result = Exchange(store, connect, now=call.world.now, random=call.world.random).run()
    told = {
        "place": joined.enrolled.place, "place_name": joined.place_name, "person": person.name,
        "recovery_code": started.recovery_code, "exchange": _plain(result),
    }  # fmt: skip
    call.answer(told, "\n".join([
        f"已接入：{joined.place_name}，{person.name}。",
        f"恢复码（只显示这一次，抄下来锁好）：{started.recovery_code}",
        result.sentence,
    ]))  # fmt: skip
    return DONE


def rejoin(call: Call) -> int:
    """Join again with everything that is here, when the district does not know this PC any more."""
    with opened(call) as desk:
        code = given(call, call.arguments.code_file, CODE_VARIABLE) or call.world.ask("入网码：")
        joined = enrolment.rejoin(desk.store, folder_of(call), code)
    call.say(f"重新接入了：{joined.place_name}。这里登记的都在，和区里传一次（sync），没有的会再传上去。")
    return DONE


def shelved(call: Call) -> int:
    """Old disputes the district keeps; with --fetch, ask for one back."""
    with opened(call) as desk:
        found = shelf.listed(desk, call.arguments.words)
        if call.arguments.fetch:
            if len(found) != 1:
                raise Refused(f"有 {len(found)} 件对得上，要写到只剩一件。什么也没有动。")
            shelf.fetch_back(desk, found[0].dispute_id)
    lines = [f"{one.matter_code}  {one.title}  {one.place}  {one.when}收到区里" for one in found]
    end = "传一次（sync）就调回来。" if call.arguments.fetch else "" if found else "没有收到区里的旧件。"
    call.answer({"shelved": [asdict(one) for one in found]}, "\n".join(line for line in (*lines, end) if line))
    return DONE


def _first_person(call: Call, joined: Joined) -> Person:
    """Who of the place's people sits here. The code is used up by now, so a wrong name is asked again."""
    wanted = call.arguments.person
    while True:
        found = [one for one in joined.people if wanted in ("", one.name, one.id)]
        if len(found) == 1:
            return found[0]
        lines = [f"  {one.id}  {one.name}  {one.post}" for one in joined.people]
        call.note("\n".join(["这里的人（同名的写前面的编号）：", *lines]))
        wanted = call.world.ask("是谁：").strip() or "?"


def sync(call: Call) -> int:
    """One round; done only when both sides agree."""
    with opened(call) as desk, line(call, desk) as connect, stoppable() as stopped:
        if call.arguments.allow_large_pull:
            desk.store.allow_large_pull()
        exchange = Exchange(desk.store, connect, now=call.world.now, random=call.world.random)
        result = exchange.run(stopped)
        moved = exchange.run_files(stopped) if result.state == "agreed" else FileReport()
        plain = {**_plain(result), "waiting": desk.store.waiting(), "files": asdict(moved)}
    told = f"\n附件：传出 {moved.sent} 个，收进 {moved.received} 个。" if moved.sent or moved.received else ""
    call.answer(plain, result.sentence + told)
    return DONE if result.state == "agreed" else TROUBLE


def _plain(result: RoundResult) -> dict[str, object]:
    return {**asdict(result), "records": {kind: sorted(ids) for kind, ids in result.records.items()}}


def code(call: Call) -> int:
    """A one-time enrolment code for a place, asked of the hub by a district account."""
    with opened(call) as desk, line(call, desk) as connect:
        require_roles(desk)
        place = find_place(desk, call.arguments.place)
        replica = desk.store.replica
        ask = MakeCode(replica.standing().writer, replica.next_number(), desk.account.id, place)
        made = Caller(connect(), replica.identity()).call("/code", ask, Code)
        name = desk.directory.place_name(place)
    if made.refused:
        raise Refused(f"区里没有开：{made.refused}")
    plain = {"place": place, "place_name": name, "code": made.code, "until": made.until}
    call.answer(plain, f"{name}的入网码：{made.code}\n有效到 {made.until}，只能用一次。")
    return DONE
