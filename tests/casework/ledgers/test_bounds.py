"""Bombs cost little: each is met in a process of its own with little memory and a clock."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from desktop.casework.ledgers import LedgerRefused, Limits, open_ledger
from tests import ledger_files

MEMORY_MB = 500
SECONDS = 30

SCRIPT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
from pathlib import Path
from desktop.casework.ledgers import LedgerRefused, open_ledger
try:
    print("read", sum(len(sheet.rows) for sheet in open_ledger(Path(sys.argv[1])).sheets))
except LedgerRefused as refused:
    print("refused", refused.code.value)
"""

Maker = Callable[[Path, Random], Path]


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited the POSIX way")
@pytest.mark.parametrize(
    ("make", "answer"),
    [
        (ledger_files.far_cell_xlsx, "refused far_cell"),
        (ledger_files.deep_zip_xlsx, "refused too_big"),
        (partial(ledger_files.deep_zip_xlsx, declared=60_000), "refused damaged"),
        (ledger_files.echo_xlsx, "refused too_big"),
        (ledger_files.entities_xlsx, "refused damaged"),
        (ledger_files.lying_count_xlsx, "read 5"),
        (ledger_files.many_merges_xlsx, "refused too_big"),
        (ledger_files.far_cell_xls, "refused far_cell"),
        (ledger_files.circular_xls, "refused damaged"),
    ],
)
def test_a_bomb_costs_little_and_ends_in_words(tmp_path: Path, random: Random, make: Maker, answer: str) -> None:
    path = make(tmp_path, random)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), str(MEMORY_MB)],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    assert done.stdout.strip() == answer, done.stderr
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    "content",
    [
        b"a,b,c\n" + b"," * 3_000_000,
        b"a,b,c\n" + b"\n" * 3_000_000,
        b"a,b,c\n" + b"1,2,3\n" * 210_000,
        "序号,当事人\n".encode() + b'1,"' + b"x" * 200_000 + b'"\n',
    ],
    ids=["commas", "lines", "rows", "cell"],
)
def test_endless_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "长.csv"
    path.write_bytes(content)
    with pytest.raises(LedgerRefused):
        open_ledger(path)


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.csv"
    path.write_bytes(b"a,b\n" * 1000)
    with pytest.raises(LedgerRefused, match="超过"):
        open_ledger(path, limits=Limits(file_bytes=1000))


def test_a_blank_cell_far_away_is_nothing(tmp_path: Path, random: Random) -> None:
    """Borders drawn to the last row, or a stray space, are no reason to refuse a ledger."""
    cells = b'<row r="1048576"><c r="XFD1048576" s="1"/><c r="A1048576" t="str"><v> </v></c></row></sheetData>'
    path = ledger_files.edited(
        ledger_files.plain_xlsx(tmp_path, random, count=3), tmp_path / "画到底.xlsx",
        {ledger_files.SHEET: lambda xml: xml.replace(b"</sheetData>", cells)},
    )  # fmt: skip
    assert len(open_ledger(path).sheets[0].rows) == 5
