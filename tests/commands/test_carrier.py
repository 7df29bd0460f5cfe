"""carrier write and read as processes, with the hub's own command line or a township's line in between."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT, TOWNSHIP, District, Seat
from tests.commands.matters import dispute, write_lines


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick."""
    path = tmp_path / "U盘"
    path.mkdir()
    return path


def test_a_desk_without_a_line_exchanges_by_stick_with_the_hub(district: District, stick: Path) -> None:
    seat = district.seat("没网的")
    seat("import", write_lines(stick / "喂.jsonl", dispute()))
    written = seat.process("carrier", "write", stick, "--json").json
    assert written["changes"] == 1
    assert Path(written["file"]).parent == stick
    said = district.hub("carrier", "take", str(stick))
    assert "收下 1 处" in said[0]
    came = seat.process("carrier", "read", stick, "--json").json
    assert (came["agreed"], came["waiting"]) == (True, 0)
    assert "全部同步" in seat("status").out
    assert "早就有了" in seat.process("carrier", "read", stick).out


def test_a_township_carries_it_over_its_own_line(district: District, stick: Path) -> None:
    seat, township = district.seat("靠镇上带的"), district.seat("带件的镇上", TOWNSHIP, "township")
    told = dispute(title="托镇上带去的一件")
    seat("import", write_lines(stick / "喂.jsonl", told))
    seat.process("carrier", "write", stick)
    assert "收下了，是花所村" in township.process("carrier", "read", stick).out
    township.process("sync")
    assert "写上了 1 份回执" in township.process("carrier", "write", stick, "--receipts-only").out
    assert "读好了：区里收下 1 处" in seat.process("carrier", "read", stick).out
    assert told["id"] in township.process("sync", "--json").json["records"]["dispute"]


def test_trouble_is_said_plainly_with_an_exit_code(district: District, village: Seat, stick: Path) -> None:
    assert "没有回执，也没有要带的件" in village.process("carrier", "read", stick, code=1).errors
    assert "U盘不见了，没写完" in village.process("carrier", "write", stick / "没有", code=1).errors


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_while_writing_and_reading_nothing_is_lost_and_nothing_doubled(district: District, stick: Path) -> None:
    seat = district.seat("断电的")
    told = [dispute(title=f"第 {n} 件") for n in range(20)]
    seat("import", write_lines(stick / "喂.jsonl", *told))
    for delay in (0.7, 1.0):
        killed(seat, "carrier", "write", stick, after_seconds=delay)
    seat.process("carrier", "write", stick)
    assert not any("坏了" in line for line in district.hub("carrier", "take", str(stick)))
    for delay in (0.8, 1.1):
        killed(seat, "carrier", "read", stick, after_seconds=delay)
    seat.process("carrier", "read", stick)
    assert seat.process("status", "--json").json["waiting"] == 0
    assert seat.process("verify").out.startswith("都对得上")
    assert seat.process("sync", "--json").json["state"] == "agreed"


def killed(seat: Seat, *words: str | Path, after_seconds: float) -> None:
    """Run a command and kill it in the middle."""
    process = subprocess.Popen(
        seat.line(*words), cwd=ROOT, env=seat.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after_seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
