"""Who looked at what is hidden: every look is a line that everybody who works here can read."""

from __future__ import annotations

from desktop.casework.desk import Desk
from desktop.casework.disputes import page as pages
from desktop.casework.looked_at import looks
from desktop.store import Edit
from tests.casework.conftest import COLLEAGUE, Office, registered


def test_each_look_says_who_when_at_what_and_of_whom(desk: Desk) -> None:
    given = registered(desk)
    party = desk.store.children("party", given)[0]
    desk.reveal("party", str(party["id"]), "id_no")
    (look,) = looks(desk)
    assert (look.who, look.what, look.at) == ("马秀兰", "证件号码", desk.now().replace(microsecond=0))
    assert look.about == f"{party['name']} · 王有福与李建军宅基地排水纠纷"


def test_what_was_seen_with_one_click_is_one_line(office: Office, desk: Desk) -> None:
    given = registered(desk)
    pages.told_flags(desk, given)
    office.wait(minutes=1)
    desk.reveal("party", str(desk.store.children("party", given)[0]["id"]), "phone")
    said = [look.what for look in looks(desk)]
    assert said[0] == "电话"
    assert said[1].count("、") >= 3
    assert len(said) == 2


def test_a_colleague_sees_the_look_but_not_the_closed_matter(office: Office, desk: Desk) -> None:
    given = registered(desk)
    desk.reveal("dispute", given, "flag_dv")
    desk.save([Edit("dispute", given, {"closed_session": True})])
    (look,) = looks(office.sit(COLLEAGUE))
    assert (look.who, look.about) == ("马秀兰", "关起门谈的一件")


def test_nobody_has_looked_yet(desk: Desk) -> None:
    assert looks(desk) == ()
