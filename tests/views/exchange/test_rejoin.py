"""A hub that was restored and does not know this PC: a calm word, a new code, and on as before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PySide6.QtCore import Qt

from desktop.casework.exchange import enrolment
from desktop.casework.exchange.enrolment import Joined, NotJoined
from desktop.store import Folder
from desktop.views.exchange.page import ExchangePage
from desktop.views.exchange.rejoin import RejoinPanel
from desktop.views.kit import Button
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from tests.casework.conftest import TOWN, Office, registered
from tests.casework.district import District, Line
from tests.views.at_work import Sitting, premises_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def panel(sitting: Sitting) -> RejoinPanel:
    page = sitting.window.stack.page()
    assert isinstance(page, ExchangePage)
    return next(iter(page.findChildren(RejoinPanel)))


def filled(sitting: Sitting) -> list[str]:
    return [b.text() for b in sitting.window.findChildren(Button) if b.kind == "primary" and b.isVisible()]


@pytest.fixture
def restored(tmp_path: Path, new_office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch) -> District:
    """The district after its restore: it has no PC at all. New codes are shown to it without a socket."""
    (tmp_path / "恢复的").mkdir()
    district = District(tmp_path / "恢复的", new_office)

    def enrol(folder: Folder, url: str, code: str, *, name: str = "") -> Joined:
        key = Ed25519PrivateKey.generate()
        public = encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        try:
            secret = EnrolmentCode.read(code).secret
        except ValueError as problem:
            raise NotJoined("入网码不对。什么也没有动。对着区里给的那张纸，再核对一遍。") from problem
        _, body = district.hub.handle("/enrol", pack(Enrol(secret, name or "镇 电脑", public)), {})
        return Joined(folder, url, unpack(body, Enrolled), key)

    monkeypatch.setattr(enrolment, "enrol", enrol)
    return district


@pytest.fixture
def forgotten(district: District, restored: District, sit_down: Callable[..., Sitting]) -> tuple[Sitting, Line]:
    """Somebody at a PC the hub no longer knows, with work of today."""
    office, line, _ = district.office("镇 电脑")
    sitting = sit_down(premises_of(office, line))
    registered(sitting.work.desk)
    line.hub = restored.hub
    sitting.work.courier.run_now()
    sitting.work.show_exchange()
    sitting.settle()
    return sitting, line


def test_a_pc_the_district_knows_sees_nothing_of_it(sitting: Sitting) -> None:
    sitting.work.show_exchange()
    sitting.settle()
    assert not panel(sitting).isVisible()
    assert filled(sitting) == ["现在就传"]


def test_a_forgotten_pc_is_told_calmly_and_asked_for_a_new_code(forgotten: tuple[Sitting, Line]) -> None:
    sitting, _ = forgotten
    assert panel(sitting).isVisible()
    assert filled(sitting) == ["重新接入"]


def test_a_low_window_shows_the_way_back_in_alone(forgotten: tuple[Sitting, Line]) -> None:
    sitting, _ = forgotten
    sitting.window.resize(911, 440)
    sitting.settle()
    assert panel(sitting).height() >= panel(sitting).sizeHint().height()
    assert panel(sitting).code.height() >= 30


def test_a_district_that_was_put_right_again_needs_no_code(
    forgotten: tuple[Sitting, Line], district: District
) -> None:
    sitting, line = forgotten
    line.hub = district.hub
    next(b for b in panel(sitting).findChildren(Button) if b.text() == "先再传一次看看").click()
    sitting.settle()
    assert not panel(sitting).isVisible()
    assert filled(sitting) == ["现在就传"]


def test_a_wrong_code_is_said_under_the_field_and_stays(forgotten: tuple[Sitting, Line]) -> None:
    sitting, _ = forgotten
    sitting.type(panel(sitting).code, "不是入网码")
    sitting.press(Qt.Key.Key_Return, CONTROL)
    assert panel(sitting).trouble.isVisible()
    assert "入网码不对" in panel(sitting).trouble.text()
    assert panel(sitting).code.value() == "不是入网码"
    assert panel(sitting).button.isEnabled()


def test_with_a_new_code_everything_here_goes_over_again(
    forgotten: tuple[Sitting, Line], restored: District
) -> None:
    sitting, _ = forgotten
    store = sitting.work.desk.store
    held = [record["id"] for record in store.records("dispute")]
    assert held
    sitting.type(panel(sitting).code, restored.hub.make_code(TOWN))
    sitting.press(Qt.Key.Key_Return, CONTROL)
    sitting.settle()
    assert [record["id"] for record in sitting.work.desk.store.records("dispute")] == held
    assert sitting.work.desk.store.unsent() == 0
    assert not panel(sitting).isVisible()
    assert any("重新接入了" in notice.accessibleName() for notice in sitting.work.notices.shown())
    assert restored.hub.verify() == []
