"""How the command line is called: help, exit codes, secrets, streams."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.commands.parser import make_parser
from tests.commands.conftest import ROOT, Seat


def call(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL, env={"PATH": "", **environment},
    )  # fmt: skip


def test_help_is_chinese_and_names_every_command() -> None:
    done = call("-h")
    assert done.returncode == 0
    assert "用法" in done.stdout
    for word in ("enrol", "sync", "import", "export", "status", "backup", "restore", "verify", "code", "person"):
        assert word in done.stdout
    for english in ("usage", "options", "positional"):
        assert english not in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["飞"], "命令 不能是"),
        (["import"], "还缺：文件"),
        (["export", "--out"], "后面要写内容"),
        (["export", "--out", "a", "--format", "pdf"], "--format 不能是"),
        (["status", "--nonsense"], "不认识：--nonsense"),
        (["person"], "还缺：做什么"),
    ],
)
def test_a_wrong_call_leaves_with_2_and_says_what_is_wrong(words: list[str], said: str) -> None:
    done = call(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_no_command_takes_a_secret_as_an_argument() -> None:
    for line in ("status --secret x", "enrol --hub h --code x", "person add a --new-secret x"):
        assert call(*line.split()).returncode == 2


def test_a_folder_that_holds_no_store_is_said_in_plain_words(tmp_path: Path) -> None:
    done = call("status", "--folder", str(tmp_path / "空的"), FENGQIAO_SECRET="x")
    assert done.returncode == 1
    assert "没有完整的资料库" in done.stderr


def test_without_a_command_the_window_is_asked_for() -> None:
    assert make_parser().parse_args([]).act is None
    assert make_parser().parse_args(["--selftest"]).selftest


def test_commands_never_load_the_window(village: Seat) -> None:
    code = "import sys; import desktop.__main__; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_rare_characters_go_through_a_pipe_on_any_locale(village: Seat) -> None:
    done = call("person", "list", "--folder", str(village.folder), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "柳建国" in done.stdout
