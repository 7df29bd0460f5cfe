"""Files at rest: encrypted, readable in any part, resumed after any cut, and never half there."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.errors import Damaged, NoSpace
from desktop.store.keys import StoreKey
from desktop.store.vault import BLOCK_BYTES, Vault, WrongContent
from sync.protocol.files import digest_of

SIZES = [1, 100, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES, 3 * BLOCK_BYTES + 77]


def vault_at(folder: Path, key: bytes = b"k" * 32, free: int = 1 << 40) -> Vault:
    return Vault(folder / "文件 夹", StoreKey(key), Random(5).randbytes, lambda: free)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_put_in_comes_out_whole_and_in_parts(tmp_path: Path, size: int) -> None:
    vault, raw = vault_at(tmp_path), Random(size).randbytes(size)
    digest = digest_of(raw)
    vault.put(digest, raw)
    assert (vault.size_bytes(digest), vault.read(digest)) == (size, raw)
    for offset in {0, size // 2, size - 1}:
        assert vault.read(digest, offset, 1000) == raw[offset : offset + 1000]


def test_neither_name_nor_bytes_tell_what_lies_there(tmp_path: Path) -> None:
    vault, raw = vault_at(tmp_path), b"%PDF-" + "王有福".encode() * 5000
    digest = digest_of(raw)
    vault.put(digest, raw)
    (path,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert "王有福".encode() not in path.read_bytes()
    assert digest[:8] not in path.as_posix()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    raw = b"x" * 1000
    vault_at(tmp_path).put(digest_of(raw), raw)
    other = vault_at(tmp_path, b"o" * 32)
    assert other.size_bytes(digest_of(raw)) == 0
    with pytest.raises(FileNotFoundError):
        other.read(digest_of(raw))


def test_every_changed_byte_and_every_cut_is_noticed(tmp_path: Path) -> None:
    vault, raw = vault_at(tmp_path), Random(1).randbytes(BLOCK_BYTES * 2)
    digest = digest_of(raw)
    vault.put(digest, raw)
    path = vault.path(digest)
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[: 20 + BLOCK_BYTES + 16], whole[:500] + b"?" + whole[501:], b"FQF2" + whole[4:]):
        path.write_bytes(spoilt)
        with pytest.raises(Damaged):
            vault.read(digest)


@given(cuts=st.lists(st.integers(1, 200_000), max_size=6), torn=st.integers(0, 70_000))
def test_a_file_that_came_in_any_cuts_is_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], torn: int
) -> None:
    vault, raw = vault_at(tmp_path_factory.mktemp("v")), Random(9).randbytes(300_000)
    digest = digest_of(raw)
    for length in [*cuts, len(raw)]:
        with vault.receive(digest, len(raw)) as receiver:
            receiver.write(raw[receiver.offset : receiver.offset + length])
            if receiver.offset == len(raw):
                receiver.finish()
                break
        part = vault.path(digest).with_suffix(".part")
        whole = part.read_bytes()
        part.write_bytes(whole[: max(0, len(whole) - torn)])
        assert vault.size_bytes(digest) == 0
    assert vault.read(digest) == raw
    assert [p.suffix for p in vault.folder.rglob("*") if p.is_file()] == [""]


def test_bytes_that_are_not_the_promised_file_are_not_kept(tmp_path: Path) -> None:
    vault = vault_at(tmp_path)
    with vault.receive(digest_of(b"right"), 5) as receiver:
        receiver.write(b"wrong")
        with pytest.raises(WrongContent):
            receiver.finish()
    with vault.receive(digest_of(b"right"), 5) as receiver:
        assert receiver.offset == 0
        with pytest.raises(WrongContent):
            receiver.write(b"longer than said")
    assert vault.size_bytes(digest_of(b"right")) == 0


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoSpace):
        vault_at(tmp_path, free=1000).put(digest_of(b"x"), b"x")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
