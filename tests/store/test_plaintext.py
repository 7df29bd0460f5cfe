"""Nothing a person wrote can be read from the files: not in the database, its log, a backup, or beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store import Edit, Store
from desktop.store.backup import companions
from sync.records import RECORD_TYPES, Record
from sync.records.sample import sample
from tests.store.conftest import ME, Desk
from tests.store.feed import Feed

MARKS = ("枫桥机密标记", "PlainMark7Q", "曾祥瑞独名")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
TEXTS = frozenset({"text", "long_text"})


def fill(desk: Desk, feed: Feed) -> None:
    """Write the marks into every text of every type, and into everything else that is kept."""
    for kind in RECORD_TYPES.values():
        record: Record = sample(kind, desk.world.random, ids=desk.world.id)
        record |= {field.name: " ".join(MARKS) for field in kind.fields if field.kind in TEXTS}
        record |= {field.name: list(MARKS) for field in kind.fields if field.kind == "texts"}
        for field in kind.fields:
            if field.kind == "items":
                words = {part.name: MARKS[0] for part in field.parts if part.kind in TEXTS}
                record[field.name] = [{"id": "1", **words}]
        desk.store.save([Edit(kind.name, desk.world.id(), record)], ME)
    desk.store.write_draft(MARKS[1], {"text": " ".join(MARKS)})
    desk.store.set_setting(MARKS[2], MARKS[0])
    desk.store.log_round(MARKS[1], {"words": MARKS[0]})
    feed.refuse_all(why=MARKS[0])
    feed.tell(feed.entry(feed.theirs(desk.world.id(), {"title": MARKS[0], "future": MARKS[2]})))
    assert len(desk.store.search(MARKS[0]).disputes) == 2


def readable(folder: Path, secrets: list[bytes]) -> list[str]:
    """The files in which one of the secrets can be read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(secret in path.read_bytes() for secret in secrets)]


@pytest.mark.parametrize("closed", [True, False])
def test_no_file_of_the_folder_shows_what_was_written(desk: Desk, feed: Feed, closed: bool) -> None:
    fill(desk, feed)
    desk.store.back_up()
    secrets = [mark.encode(encoding) for mark in MARKS for encoding in ENCODINGS]
    secrets += [desk.key.raw, desk.key.raw.hex().encode(), desk.code.encode(), b"account-9"]
    if closed:
        desk.store.close()
    else:
        assert companions(desk.folder.file)[1].stat().st_size > 0
    assert readable(desk.folder.path, secrets) == []
    assert desk.folder.file.read_bytes()[:6] != b"SQLite"


def test_the_search_would_find_a_mark_that_was_not_encrypted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(MARKS[0], encoding="gb18030")
    assert readable(tmp_path, [MARKS[0].encode("gb18030")]) == ["plain.txt"]


def test_errors_carry_no_content(desk: Desk) -> None:
    desk.register()
    with pytest.raises(Exception, match="table") as problem, desk.store._database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", (MARKS[0],))
    assert MARKS[0] not in str(problem.value)
    assert isinstance(desk.store, Store)
