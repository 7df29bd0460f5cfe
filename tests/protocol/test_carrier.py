"""The sealed file: whole or refused, for one reader, of one writer; and the folder it lies in."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import carrier_folder, limits
from sync.protocol.carrier import Label, Unfit, read_label, seal, unseal
from sync.protocol.carrier_folder import NoCarrier
from tests.store.test_full_disk import mount

LABEL = Label("pouch", "hub", "device", 7, "620802107204", "花所村1号", "2026-11-23")
HUB, OTHER = (X25519PrivateKey.from_private_bytes(Random(n).randbytes(32)) for n in (1, 2))
ROOMY = 1 << 40


def sealed(content: bytes = "王有福与李建军".encode(), **more: X25519PrivateKey) -> bytes:
    return seal(content, LABEL, HUB.public_key(), random_bytes=Random(3).randbytes, **more)


def unfit(act: object, *arguments: object, **more: object) -> str:
    with pytest.raises(Unfit) as found:
        act(*arguments, **more)  # type: ignore[operator]
    return found.value.reason


def test_only_the_hub_reads_what_was_sealed_for_it() -> None:
    raw = sealed()
    assert unseal(raw, HUB) == "王有福与李建军".encode()
    assert "王有福".encode() not in raw
    assert unfit(unseal, raw, OTHER) == "sealed"


def test_the_label_is_read_by_anybody_and_changed_by_nobody() -> None:
    raw = sealed()
    assert read_label(raw).name == "花所村1号"
    bent = raw.replace(b'"serial":7', b'"serial":8')
    assert unfit(read_label, bent) == "torn"
    assert unfit(unseal, bent[:-32] + hashlib.sha256(bent[:-32]).digest(), HUB) == "sealed"


def test_a_receipt_that_the_hub_did_not_write_is_not_opened() -> None:
    assert unseal(sealed(writer=OTHER), HUB, writer=OTHER.public_key())
    assert unfit(unseal, sealed(), HUB, writer=OTHER.public_key()) == "sealed"


def test_a_torn_file_is_told_from_a_strange_one_and_from_a_newer_one() -> None:
    raw = sealed()
    assert {unfit(read_label, raw[:n]) for n in range(1, len(raw))} == {"torn"}
    assert unfit(read_label, raw + b"\0") == "torn"
    assert unfit(read_label, b"") == unfit(read_label, b"PK\x03\x04" + raw) == "foreign"
    assert unfit(read_label, raw[:8] + b"\x02" + raw[9:]) == "newer"


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_at_all_do_more_than_be_refused(junk: bytes, at: int) -> None:
    raw = sealed()
    for bent in (junk, raw[:at] + junk, raw[:at] + junk + raw[at + len(junk) :]):
        if bent != raw:
            assert unfit(unseal, bent, HUB)


def place(folder: Path, name: str = "枫桥-花所村1号-20261123-0007.fqd", raw: bytes = b"x" * 9000) -> Path:
    return carrier_folder.place(folder, name, raw, lambda _: ROOMY)


def why(act: object, *arguments: object) -> str:
    with pytest.raises(NoCarrier) as found:
        act(*arguments)  # type: ignore[operator]
    return found.value.why


def test_a_file_is_named_in_words() -> None:
    assert carrier_folder.file_name(LABEL) == "枫桥-花所村1号-20261123-0007.fqd"
    crafted = Label("receipt", "h", "d", 12, "620802107204", "../../花:所*村\n", "2026-11-23T../x")
    assert carrier_folder.file_name(crafted) == "回执-花所村-20261123-0012.fqd"


def test_writing_the_same_again_changes_nothing_and_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    stick = tmp_path / "我的U盘"
    stick.mkdir()
    first = place(stick)
    stamp = first.stat().st_mtime_ns
    assert place(stick) == first
    second = place(stick, raw=b"another")
    assert second.name == "枫桥-花所村1号-20261123-0007（2）.fqd"
    assert (first.read_bytes(), second.read_bytes()) == (b"x" * 9000, b"another")
    assert first.stat().st_mtime_ns == stamp
    assert carrier_folder.found(stick) == [first, second]


def test_a_stick_that_is_not_there_is_gone(tmp_path: Path) -> None:
    assert why(place, tmp_path / "没有") == why(carrier_folder.found, tmp_path / "没有") == "gone"
    assert why(carrier_folder.read, tmp_path / "没有.fqd") == "gone"


def test_a_stick_pulled_out_while_it_is_written_is_gone_too(tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()

    def pull(folder: Path) -> int:
        folder.rename(tmp_path / "拔走的")
        return ROOMY

    assert why(carrier_folder.place, stick, "a.fqd", b"x", pull) == "gone"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A real stick of one megabyte."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a small disk of one's own needs root")
    path = tmp_path / "小U盘"
    path.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(path))
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


def test_a_full_stick_is_told_before_and_while_it_is_written_and_nothing_half_stays(small: Path) -> None:
    assert why(carrier_folder.place, small, "a.fqd", b"x" * (2 << 20), lambda _: 1000) == "full"
    assert why(place, small, "a.fqd", b"x" * (2 << 20)) == "full"
    assert list(small.iterdir()) == []


def test_a_stick_with_its_lock_on_is_locked(small: Path) -> None:
    mount("-o", "remount,ro", str(small))
    assert why(place, small) == "locked"
    mount("-o", "remount,rw", str(small))


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    big = tmp_path / "大.fqd"
    with big.open("wb") as file:
        file.truncate(limits.RECEIPT + 2)
    assert unfit(carrier_folder.read, big) == "foreign"
