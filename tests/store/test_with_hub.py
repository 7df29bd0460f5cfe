"""The store against the real hub where its fate turns: a restored hub, a copied disk, a restored desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.store import Edit, Folder, Store, restore
from sync.client.round import Round, run_round
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Unreachable
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from sync.records import RECORD_TYPES
from sync.records.sample import sample
from sync.server.hub import Hub
from tests.store.conftest import CHEAP, VILLAGE, Desk, World

TOWN, DISTRICT = "620802107000", "620802000000"


@dataclass
class District:
    """A hub in a file, and the road to it, which may be cut."""

    world: World
    path: Path
    hub: Hub
    cut_after: int = 10**9

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        if self.cut_after <= 0:
            raise Unreachable("cut")
        self.cut_after -= 1
        status, reply = self.hub.handle(path, body, headers)
        assert status == 200, reply
        return reply

    def exchange(self, store: Store) -> Round:
        return run_round(store.replica, self, clock_ms=self.world.around().clock_ms)

    def keep_copy(self) -> Path:
        return Path(shutil.copytree(self.path, self.path.with_name("copy")))

    def go_back_to(self, copy: Path) -> None:
        """The hub's disk broke; yesterday's copy is put in."""
        self.hub.close()
        shutil.rmtree(self.path)
        copy.rename(self.path)
        self.hub = open_hub(self.path, self.world)
        self.hub.new_epoch()


def open_hub(path: Path, world: World) -> Hub:
    return Hub.open(
        f"sqlite:///{path / 'hub.db'}", clock_ms=world.around().clock_ms, random_bytes=world.random.randbytes
    )


@pytest.fixture
def district(tmp_path: Path, world: World) -> Iterator[District]:
    path = tmp_path / "hub"
    path.mkdir()
    hub = open_hub(path, world)
    hub.initialise(DISTRICT, [(DISTRICT, "崆峒区", 3), (TOWN, "花所镇", 4), (VILLAGE, "花所村", 5)])
    found = District(world, path, hub)
    yield found
    found.hub.close()


@dataclass
class Seat(Desk):
    """An enrolled desk and the account of its person."""

    person: str = ""

    def register(self, title: str = "登记的", **fields: object) -> str:
        dispute = self.world.id()
        given = {"place_code": VILLAGE, "closed_session": False, "found_by": self.person, "org_id": None,
                 "first_contact_id": self.person, "host_mediator_id": None, "co_mediator_ids": None}  # fmt: skip
        kind = RECORD_TYPES["dispute"]
        record = sample(kind, self.world.random, ids=self.world.id, title=title, **{**given, **fields})
        self.store.save([Edit("dispute", dispute, record)], self.person)
        return dispute

    def change(self, dispute: str, **fields: object) -> None:
        self.store.save([Edit("dispute", dispute, fields)], self.person)


@pytest.fixture
def seat(new_desk: Callable[..., Desk], district: District) -> Callable[..., Seat]:
    def make(name: str, place: str, roles: list[str]) -> Seat:
        desk, person = new_desk(name), district.hub.add_account(name, place, roles)
        key = Ed25519PrivateKey.from_private_bytes(desk.world.random.randbytes(32))
        public = encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        code = EnrolmentCode.read(district.hub.make_code(place))
        reply = district.hub.handle("/enrol", pack(Enrol(code.secret, name, public)), {})[1]
        desk.store.enrol(unpack(reply, Enrolled), key, "")
        district.exchange(desk.store)
        return Seat(desk.world, desk.folder, desk.key, desk.code, desk.store, person)

    return make


def come_to_rest(district: District, *stores: Store) -> None:
    for _ in range(6):
        rounds = [district.exchange(store) for store in stores]
        if all(r.agreed and not r.received and not r.applied for r in rounds):
            return
    raise AssertionError("never came to rest")


def titles(store: Store) -> set[object]:
    return {record["title"] for record in store.records("dispute")}


def test_what_a_restored_hub_has_forgotten_is_offered_again_by_those_who_wrote_it(district, seat) -> None:
    village, town = seat("村", VILLAGE, ["village"]), seat("镇", TOWN, ["township"])
    first = village.register("恢复前的")
    come_to_rest(district, village.store, town.store)
    copy = district.keep_copy()
    village.register("恢复后就没了的")
    town.register("镇上登记的")
    town.change(first, risk="高")
    come_to_rest(district, village.store, town.store)
    district.go_back_to(copy)
    come_to_rest(district, village.store, town.store)
    for store in (village.store, town.store):
        assert titles(store) == {"恢复前的", "恢复后就没了的", "镇上登记的"}
        assert store.record("dispute", first)["risk"] == "高"
        assert store.waiting() == 0
        assert store.verify() == []
    assert district.hub.verify() == []


def test_nothing_disappears_from_the_lists_while_a_restored_hub_is_read_anew(district, seat) -> None:
    village, town = seat("村", VILLAGE, ["village"]), seat("镇", TOWN, ["township"])
    village.register("恢复前的")
    come_to_rest(district, village.store, town.store)
    copy = district.keep_copy()
    village.register("恢复后就没了的")
    come_to_rest(district, village.store, town.store)
    district.go_back_to(copy)
    district.cut_after = 1
    with pytest.raises(Unreachable):
        district.exchange(town.store)
    assert titles(town.store) == {"恢复前的", "恢复后就没了的"}
    district.cut_after = 10**9
    come_to_rest(district, town.store)
    assert titles(town.store) == {"恢复前的", "恢复后就没了的"}
    assert town.store.verify() == []
    come_to_rest(district, village.store, town.store)
    assert titles(town.store) == {"恢复前的", "恢复后就没了的"}
    assert town.store.replica.proof().count == sum(map(len, district.hub.standing_for(TOWN).values()))


def test_a_copied_disk_goes_on_under_its_own_name_and_both_keep_their_work(district, seat, tmp_path, world) -> None:
    original = seat("村", VILLAGE, ["village"])
    original.register("拷贝之前")
    original.store.close()
    shutil.copytree(original.folder.path, tmp_path / "拷贝")
    original.store = Store.open(original.folder, original.key)
    copied = Store.open(Folder(tmp_path / "拷贝", world.around(), CHEAP), original.key)
    twin = Seat(world, original.folder, original.key, "", copied, original.person)
    original.register("原盘上的")
    twin.register("拷贝上的")
    come_to_rest(district, original.store, copied)
    assert titles(original.store) == titles(copied) == {"拷贝之前", "原盘上的", "拷贝上的"}
    assert original.store.replica.standing().writer != copied.replica.standing().writer
    assert copied.verify() == []
    copied.close()


def test_a_copy_whose_answer_was_lost_does_not_take_the_originals_verdicts_for_its_own(
    district, seat, tmp_path, world
) -> None:
    original = seat("村", VILLAGE, ["village"])
    original.store.close()
    shutil.copytree(original.folder.path, tmp_path / "拷贝")
    original.store = Store.open(original.folder, original.key)
    copied = Store.open(Folder(tmp_path / "拷贝", world.around(), CHEAP), original.key)
    twin = Seat(world, original.folder, original.key, "", copied, original.person)
    twin.register("拷贝上的")
    district.cut_after = 0
    with pytest.raises(Unreachable):
        district.exchange(copied)
    assert copied.replica.in_doubt() is not None
    district.cut_after = 10**9
    original.register("原盘上的")
    district.exchange(original.store)
    come_to_rest(district, copied, original.store)
    assert titles(original.store) == titles(copied) == {"原盘上的", "拷贝上的"}
    assert original.store.replica.standing().writer != copied.replica.standing().writer
    assert copied.verify() == []
    copied.close()


def test_a_desk_that_went_back_to_a_backup_gets_its_later_work_back_from_the_hub(district, seat) -> None:
    village = seat("村", VILLAGE, ["village"])
    first = village.register("备份前的", risk="低")
    chosen = village.store.back_up()
    village.change(first, risk="高")
    village.register("备份后的")
    come_to_rest(district, village.store)
    village.store.close()
    restore(village.folder, chosen, village.key)
    village.store = Store.open(village.folder, village.key)
    come_to_rest(district, village.store)
    assert titles(village.store) == {"备份前的", "备份后的"}
    assert village.store.record("dispute", first)["risk"] == "高"
    assert [line.mine for line in village.store.history([first])] == [True, True]
    assert village.store.verify() == []
    village.store.close()


def test_a_dispute_whose_doors_are_closed_leaves_the_desks_that_are_not_named(district, seat) -> None:
    village, town = seat("村", VILLAGE, ["village"]), seat("镇", TOWN, ["township"])
    dispute = village.register("关起门谈的")
    come_to_rest(district, village.store, town.store)
    village.change(dispute, closed_session=True)
    come_to_rest(district, village.store, town.store)
    assert titles(town.store) == set()
    assert [sealed.reason for sealed in town.store.sealed_list()] == ["closed"]
    assert town.store.verify() == []
    village.change(dispute, closed_session=False)
    come_to_rest(district, village.store, town.store)
    assert titles(town.store) == {"关起门谈的"}
    assert town.store.sealed_list() == []
