"""Contents that grow while people talk: encrypted, there to the last chunk after any cut, spoilt nowhere else."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from desktop.store.errors import NoSpace
from desktop.store.growing import GrowingShelf
from desktop.store.keys import StoreKey

CHUNKS = [Random(n).randbytes(1900 + n) for n in range(6)]
START, AROUND = 20, 32


def shelf_at(folder: Path, key: bytes = b"k" * 32, free: int = 1 << 40) -> GrowingShelf:
    return GrowingShelf(folder / "文件 夹", StoreKey(key), Random(5).randbytes, lambda: free)


def grown(shelf: GrowingShelf, name: str = "a1") -> Path:
    with shelf.begin(name, "王有福".encode()) as file:
        for chunk in CHUNKS:
            file.append(chunk)
    (path,) = shelf.folder.iterdir()
    return path


def test_what_was_appended_can_be_read_before_it_is_finished(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    with shelf.begin("a1", b"head") as file:
        for n, chunk in enumerate(CHUNKS, 1):
            file.append(chunk)
            assert shelf_at(tmp_path).read("a1") == b"".join(CHUNKS[:n])
        assert file.size_bytes == shelf.size_bytes("a1") == sum(map(len, CHUNKS))
    assert (shelf.names(), shelf.head("a1")) == (["a1"], b"head")
    shelf.remove("a1")
    assert shelf.names() == []


def test_the_file_tells_nothing_and_another_key_opens_nothing(tmp_path: Path) -> None:
    path = grown(shelf_at(tmp_path))
    raw = path.read_bytes()
    assert "王有福".encode() not in raw
    assert CHUNKS[0][:16] not in raw
    other = shelf_at(tmp_path, b"o" * 32)
    assert (other.head("a1"), other.read("a1")) == (b"", b"")


def test_a_cut_at_any_byte_costs_only_the_chunk_it_fell_into(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    path = grown(shelf)
    whole = path.read_bytes()
    for cut in range(0, len(whole), 97):
        path.write_bytes(whole[:cut])
        kept, at = b"", START + 4 + AROUND + len("王有福".encode())
        for chunk in CHUNKS:
            at += 4 + AROUND + len(chunk)
            if at <= cut:
                kept += chunk
        assert shelf.read("a1") == kept
        assert shelf.size_bytes("a1") == len(kept)


def test_a_bad_sector_costs_its_chunk_and_no_chunk_can_be_moved(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    path = grown(shelf)
    whole = bytearray(path.read_bytes())
    starts = [START]
    for chunk in ["王有福".encode(), *CHUNKS]:
        starts.append(starts[-1] + 4 + AROUND + len(chunk))
    whole[starts[2] + 40] ^= 1
    path.write_bytes(whole)
    assert shelf.read("a1") == b"".join([CHUNKS[0], *CHUNKS[2:]])
    second, third = whole[starts[3] : starts[4]], whole[starts[4] : starts[5]]
    path.write_bytes(whole[: starts[3]] + third + second + whole[starts[5] :])
    assert CHUNKS[2] not in shelf.read("a1")


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path, free=1000)
    with pytest.raises(NoSpace):
        shelf.begin("a1", b"head")
    assert shelf.names() == []
