"""Dossier numbers: never twice, whatever happens to desks, disks and hub; and every gap explained (domain.md §2.3)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from desktop.casework.disputes import agreements, clashes, progress
from desktop.casework.errors import NotAllowed
from desktop.casework.numbers.drawing import PENDING, draw, draw_agreement
from desktop.casework.numbers.gaps import gaps
from desktop.store import restore
from desktop.store.surroundings import home_of
from sync.records import numbering
from sync.server import lending
from sync.server.charter import BLOCK
from tests.stories.district import CHINA, SECRET, TOWN, VILLAGE, District, Office, registered

NEW_YEARS_EVE = datetime(2026, 12, 31, 16, 0, tzinfo=CHINA)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """A district whose PCs know their own disk."""
    made = District(tmp_path, home_of=home_of)
    yield made
    made.close()


def copy_of(office: Office, name: str) -> Office:
    """The whole folder carried to another PC, where it is opened; the first one goes on too."""
    office.store.close()
    copied = Office(office.district, office.place, office.path.with_name(name))
    shutil.copytree(office.path, copied.path)
    office.open()
    copied.open()
    office.district.offices.append(copied)
    return copied


def go_back(office: Office, backup: Path) -> None:
    """The program puts a backup in place of the store."""
    office.store.close()
    restore(office.folder, backup, office.folder.unlock(office.clerk, SECRET, now_ms=office.clock_ms()))
    office.open()


def numbered(office: Office, *names: str) -> str:
    """A dispute registered here, and the number drawn for it."""
    return draw(office.sit(), registered(office.sit(), *names)).text


def committee(office: Office) -> str:
    """The committee of the office's place."""
    (org,) = office.store.records("mediation_org", {"place_code": office.place})
    return str(org["id"])


def test_a_number_is_drawn_without_a_line_and_stays_with_its_dispute(village: Office) -> None:
    village.has_line = False
    first, second = registered(village.sit()), registered(village.sit(), "张有财", "刘桂兰")
    assert draw(village.sit(), first).printed == "（2026）花所人调字第1号"
    assert draw(village.sit(), second).text == "（2026）花所人调字第2号"
    assert draw(village.sit(), first).text == "（2026）花所人调字第1号"
    assert village.dispute(second)["dossier_no"] == "（2026）花所人调字第2号"
    with pytest.raises(NotAllowed, match="卷号编了就不再改"):
        progress.change(village.sit(), first, {"dossier_no": "（2026）花所人调字第9号"})
    progress.void(village.sit(), first, "登记重了")
    assert village.dispute(first)["dossier_no"] == "（2026）花所人调字第1号"


def test_two_pcs_of_a_committee_draw_from_blocks_of_their_own_and_are_given_more_in_time(
    district: District, village: Office
) -> None:
    other = district.office(VILLAGE)
    drawn = [numbered(office) for _ in range(15) for office in (village, other)]
    assert len(set(drawn)) == 30
    assert len(village.store.records("number_lease")) == 1
    district.come_to_rest()
    assert sorted((lease["first"], lease["last"]) for lease in village.store.records("number_lease")) == [
        (1, 20), (21, 40), (41, 60), (61, 80),
    ]  # fmt: skip
    drawn += [numbered(village) for _ in range(25)]
    assert len(set(drawn)) == 55


def test_where_no_number_is_left_the_paper_says_so_and_the_next_exchange_brings_them(village: Office) -> None:
    drawn = [numbered(village) for _ in range(BLOCK)]
    late = registered(village.sit())
    told = draw(village.sit(), late)
    assert (told.text, told.printed) == ("", PENDING)
    assert told.sentence.startswith("这台电脑上没有可用的卷号了")
    assert "dossier_no" not in village.dispute(late)
    village.exchange()
    assert draw(village.sit(), late).text == "（2026）花所人调字第21号"
    assert len({*drawn, draw(village.sit(), late).text}) == BLOCK + 1


def test_before_acceptance_and_for_another_committee_there_is_no_number_and_the_sentence_says_why(
    village: Office, township: Office
) -> None:
    dispute = registered(village.sit())
    village.exchange()
    township.exchange()
    assert draw(township.sit(), dispute).sentence.startswith("卷号归花所村人民调解委员会编")
    number = draw(village.sit(), dispute)
    village.exchange()
    township.exchange()
    assert draw(township.sit(), dispute) == number


def test_numbers_begin_anew_with_the_year_also_on_a_pc_that_had_no_line_over_new_year(
    district: District, village: Office
) -> None:
    assert numbered(village) == "（2026）花所人调字第1号"
    district.now = NEW_YEARS_EVE
    village.exchange()
    village.has_line = False
    assert numbered(village) == "（2026）花所人调字第2号"
    district.wait(hours=12)
    assert numbered(village) == "（2027）花所人调字第1号"


def test_a_desk_put_back_to_a_backup_draws_nothing_before_it_has_exchanged(district: District, village: Office) -> None:
    backup = village.store.back_up()
    printed = {numbered(village) for _ in range(3)}
    go_back(village, backup)
    dispute = registered(village.sit())
    assert draw(village.sit(), dispute).printed == PENDING
    village.exchange()
    assert draw(village.sit(), dispute).text == "（2026）花所人调字第21号"
    assert draw(village.sit(), dispute).text not in printed


def test_a_copied_disk_draws_nothing_until_it_has_a_block_of_its_own(district: District, village: Office) -> None:
    copied = copy_of(village, "拷到另一台")
    here, there = registered(village.sit()), registered(copied.sit())
    assert draw(copied.sit(), there).printed == PENDING
    assert draw(village.sit(), here).text == "（2026）花所人调字第1号", "the first one's block is still its own"
    copied.exchange()
    assert draw(copied.sit(), there).text == "（2026）花所人调字第21号"
    district.come_to_rest()


def test_a_hub_put_back_passes_over_what_it_lent_and_forgot(district: District, village: Office) -> None:
    backup = district.back_up()
    other = district.office(VILLAGE)
    offline = [numbered(other) for _ in range(3)]
    district.wait(hours=20)
    district.restore(backup)
    drawn = [numbered(village)]
    village.exchange()
    drawn += [numbered(village) for _ in range(3)]
    assert draw(other.sit(), registered(other.sit())).text not in {*drawn, *offline}, "it has not heard of it yet"
    other.join_again()
    district.come_to_rest()
    drawn += [numbered(other), numbered(village)]
    assert len({*drawn, *offline}) == len(drawn) + 3
    assert not any(gap.why == "double" for gap in gaps(village.sit(), committee(village), 2026))
    assert any(gap.why == "skipped" for gap in gaps(village.sit(), committee(village), 2026))


def test_one_dispute_numbered_on_two_pcs_keeps_the_first_and_asks_a_person(district: District, village: Office) -> None:
    other = district.office(VILLAGE)
    dispute = registered(village.sit())
    district.come_to_rest()
    first, second = draw(village.sit(), dispute), draw(other.sit(), dispute)
    assert first != second
    district.come_to_rest()
    for office in (village, other):
        assert office.dispute(dispute)["dossier_no"] == first.text
        assert len(office.store.clashes(dispute)) == 1
    (gap,) = [g for g in gaps(village.sit(), committee(village), 2026) if g.why == "not_kept"]
    assert gap.first == numbering.read(second.text).number
    (row,) = clashes.page(village.sit(), dispute).rows
    with pytest.raises(NotAllowed, match="卷号编了就不再改"):
        clashes.settle(village.sit(), dispute, {row.key: ("own", {"dossier_no": "（2026）花所人调字第9号"})})
    clashes.settle(village.sit(), dispute, {row.key: "mine"})
    district.come_to_rest()
    assert village.dispute(dispute)["dossier_no"] == other.dispute(dispute)["dossier_no"] == second.text
    assert [g.first for g in gaps(village.sit(), committee(village), 2026) if g.why == "not_kept"] == [1]
    assert village.store.clashes(dispute) == []


def test_further_agreements_bear_the_dossiers_number_with_a_suffix(village: Office) -> None:
    dispute = registered(village.sit())
    draft = {"form": "口头", "agreed_on": "2026-11-23", "items": ["修好水槽。"], "obligations": [],
             "performance": "未到期", "confirm_state": "未申请"}  # fmt: skip
    for _ in range(3):
        agreements.save(village.sit(), dispute, draft)
    made = [str(a["id"]) for a in village.store.children("agreement", dispute)]
    texts = [draw_agreement(village.sit(), agreement).text for agreement in made]
    assert texts == ["（2026）花所人调字第1号", "（2026）花所人调字第1号-2", "（2026）花所人调字第1号-3"]
    assert draw_agreement(village.sit(), made[1]).text == texts[1]


def test_every_gap_is_explained_alike_here_and_at_the_district(district: District, village: Office) -> None:
    other = district.office(VILLAGE)
    struck = registered(village.sit())
    draw(village.sit(), struck)
    progress.void(village.sit(), struck, "登记重了")
    numbered(village)
    numbered(other)
    district.come_to_rest()
    go_back(other, other.store.back_up())
    district.come_to_rest()
    seen = gaps(village.sit(), committee(village), 2026)
    assert [(gap.first, gap.last, gap.why) for gap in seen] == [
        (1, 1, "void"), (3, 20, "held"), (22, 40, "replaced"), (41, 60, "held"),
    ]  # fmt: skip
    assert seen[0].records == (struck,)
    assert "1 号电脑" in seen[1].text
    assert "2 号电脑" in seen[2].text
    with district.hub.reading() as connection:
        assert lending.gaps(connection, committee(village), 2026, "2026-11-23") == seen
        after = lending.gaps(connection, committee(village), 2026, "2027-01-02")
    assert [gap.why for gap in after] == ["void", "over", "over"]


def test_a_township_sees_the_numbers_of_its_villages(district: District, village: Office) -> None:
    township = district.office(TOWN)
    numbered(village)
    district.come_to_rest()
    assert gaps(township.sit(), committee(village), 2026)[0].first == 2


@dataclass
class Luck:
    """Two PCs of a committee, mostly without a line, and what befalls them, their disks and the hub."""

    district: District
    random: Random
    drawn: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.offices = [self.district.office(VILLAGE), self.district.office(VILLAGE)]
        self.backups = {office.path.name: office.store.back_up() for office in self.offices}
        self.kept = self.district.back_up()
        self.acts = {
            self.draw: 60, settle: 18, self.restart: 4, self.back_up: 4, self.go_back: 4, self.copy: 2, self.wait: 4,
            self.hub_is_kept: 3, self.hub_falls: 2,
        }  # fmt: skip

    def go_on(self) -> None:
        """One more thing happens to one of the PCs."""
        (act,) = self.random.choices([*self.acts], [*self.acts.values()])
        act(self.random.choice(self.offices))

    def draw(self, office: Office) -> None:
        known = [str(record["id"]) for record in office.store.records("dispute")]
        dispute = self.random.choice(known) if known and self.random.random() < 0.3 else registered(office.sit())
        if number := draw(office.sit(), dispute).text:
            self.drawn.setdefault(number, set()).add(dispute)

    def restart(self, office: Office) -> None:
        office.store.close()
        office.open()

    def back_up(self, office: Office) -> None:
        self.backups[office.path.name] = office.store.back_up()

    def go_back(self, office: Office) -> None:
        if office.path.name in self.backups:
            go_back(office, self.backups[office.path.name])

    def copy(self, office: Office) -> None:
        if len(self.offices) < 4:
            self.offices.append(copy_of(office, f"拷贝 {len(self.offices)}"))

    def wait(self, _: Office) -> None:
        self.district.wait(days=self.random.choice((1, 20)))

    def hub_is_kept(self, _: Office) -> None:
        self.kept = self.district.back_up()

    def hub_falls(self, _: Office) -> None:
        self.district.wait(days=1)
        self.district.restore(self.kept)


@pytest.mark.parametrize("seed", range(6))
def test_no_number_is_ever_drawn_twice(district: District, seed: int) -> None:
    luck = Luck(district, Random(seed))
    for _ in range(50):
        luck.go_on()
    assert luck.drawn
    assert {number: on for number, on in luck.drawn.items() if len(on) > 1} == {}
    for office in [*luck.offices, *luck.offices]:
        settle(office)
    assert district.hub.verify() == []
    for office in luck.offices:
        borne = [record["dossier_no"] for record in office.store.records("dispute") if record.get("dossier_no")]
        assert len(set(borne)) == len(borne)
    with district.hub.reading() as connection:
        found = lending.gaps(connection, committee(luck.offices[0]), 2026, "2027-12-31")
    assert not [gap for gap in found if gap.why == "double"]


def settle(office: Office) -> None:
    """Exchange until it agrees; a desk the hub has forgotten joins again."""
    for _ in range(3):
        result = office.exchange()
        if result.state == "agreed":
            return
        if "不认得" in result.sentence:
            office.join_again()
