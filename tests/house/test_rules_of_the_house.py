"""Rules of the house that no linter knows: sizes, encodings, words, and documents that tell the truth."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from sync.records import RECORD_TYPES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted(p for top in ("desktop", "sync", "benchmarks", "tests") for p in (ROOT / top).rglob("*.py"))
PROGRAM = [p for p in SOURCE if p.relative_to(ROOT).parts[0] in ("desktop", "sync")]
VAGUE = {"utils", "helpers", "common", "manager", "misc", "base", "util", "helper"}
LONG_FILES: set[str] = set()
"""Files that may still be over the limit; this list may only shrink."""
LONG_FUNCTIONS: set[str] = set()


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCE, ids=name)
def test_a_file_is_one_thing(path: Path) -> None:
    limit = 600 if "tests" in path.parts else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit or name(path) in LONG_FILES
    assert path.stem not in VAGUE


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_every_module_says_what_it_is_and_every_public_name_too(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not tree.body:
        return
    assert ast.get_docstring(tree), "module docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"docstring of {node.name}"


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and f"{name(path)}:{node.name}" not in LONG_FUNCTIONS:
            assert (node.end_lineno or 0) - node.lineno < 70, f"{node.name} is too long"


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_every_text_file_is_opened_with_its_encoding_named(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("read_text", "write_text"):
            assert any(k.arg == "encoding" for k in node.keywords), f"line {node.lineno}"


REACHING = re.compile(r"^import random$|\b(?:datetime\.now|datetime\.utcnow|time\.time|uuid4|uuid1)\(", re.MULTILINE)
MAY_REACH = re.compile(r"__main__\.py$|desktop/app\.py$|desktop/selftest\.py$|desktop/demo/|desktop/commands/|gallery")


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_time_ids_and_randomness_are_handed_in(path: Path) -> None:
    if not MAY_REACH.search(name(path)):
        found = REACHING.findall(path.read_text(encoding="utf-8"))
        assert found == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_no_path_of_one_machine_is_in_the_repository() -> None:
    pattern = re.compile("/" + "(work|root|home)/[a-z]")
    kinds = (".py", ".md", ".toml", ".json", ".spec", "")
    texts = [p for p in tracked() if p.suffix in kinds]
    assert [name(p) for p in texts if pattern.search(p.read_text(encoding="utf-8", errors="ignore"))] == []


PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_documents_name_only_files_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"`((?:desktop|sync|resources|tests|benchmarks|docs)/[\w./-]*)`", text)
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [n for n in named if not (ROOT / n).exists()] + [n for n in linked if not (path.parent / n).exists()]
    assert missing == []


def test_the_protocol_page_names_every_message_and_path() -> None:
    page = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    for word in ("Ask", "Answer", "Compare", "Compared", "Enrol", "Enrolled", "MakeCode", "Code", "/exchange", "/ca"):
        assert f"`{word}`" in page or word in page


def test_every_record_type_has_its_word_in_the_glossary() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").replace("-", " ")
    for kind in RECORD_TYPES:
        assert kind.replace("_", " ") in page, kind


def test_no_secret_is_ever_an_argument_of_a_command() -> None:
    for path in (ROOT / "desktop").rglob("*.py"):
        assert not re.search(r"""["']--(secret|password|passphrase|key)["']""", path.read_text(encoding="utf-8"))


TO_COME = {"attach", "image", "mic"}
"""Icons of pages that are still to come; this list may only shrink."""


def test_every_icon_that_is_shipped_is_drawn_somewhere() -> None:
    words = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "desktop" / "views").rglob("*.py"))
    shipped = {re.sub(r"_20_(regular|filled)$", "", p.stem) for p in (ROOT / "resources" / "icons").glob("*.svg")}
    assert {icon for icon in shipped - TO_COME if f'"{icon}"' not in words} == set()
