"""The book of what desk processes said they had done, and the reckoning at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from desktop.store import Store
from sync.protocol.files import digest_of


@dataclass
class Book:
    """sure: said to be done. maybe: tried when the process was killed. Values are tags, see `desk_life`.

    files: digest by tag, of attachments said to be done.
    """

    sure: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    drafts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    imported: int = 0
    files: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, list[str]] = field(default_factory=dict)

    def write(self, said: list[tuple[str, Any]]) -> None:
        """Enter what one life said, the last words included; the drafts it found must be those it left."""
        for word, what in said:
            if word == "opened":
                self._compare(what)
            elif word in ("trying", "done"):
                self._note(what, is_done=word == "done")
            elif word == "saved":
                self.imported = max(self.imported, what)

    def _note(self, what: tuple[str, ...], *, is_done: bool) -> None:
        kind, tag = what[0], what[1]
        if kind == "draft":
            former = self.drafts.get(tag, ("",))
            self.drafts[tag] = (what[2],) if is_done else (former[-1], what[2])
            return
        if kind == "file":
            self.files |= {tag: what[2]} if is_done else {}
            return
        (self.sure if is_done else self.maybe).add(tag)
        if kind == "change" and not is_done:
            self.corrected.setdefault(what[2], []).append(tag)
        if kind == "dispute" and is_done:
            self._forget_draft(tag)

    def _forget_draft(self, tag: str) -> None:
        self.drafts = {key: texts for key, texts in self.drafts.items() if not texts[-1].startswith(f"{tag}：")}

    def _compare(self, found: dict[str, Any]) -> None:
        """Every keystroke that was acknowledged is there, or a later one, or what it became."""
        for key, texts in self.drafts.items():
            tag = texts[-1].partition("：")[0]
            if key in found["drafts"]:
                assert found["drafts"][key] in texts, (key, texts, found["drafts"][key])
            else:
                assert texts[0] == "" or tag in self.maybe, f"a draft is lost: {key} {texts}"
        assert found["imported"] >= self.imported, "rows that were saved are gone"

    def reckon(self, store: Store) -> None:
        """Everything sure is there once, everything tried at most once, nothing half, nothing else."""
        disputes = [record for record in store.records("dispute") if not record.get("origin_file")]
        entered = Counter(str(record["place_text"]) for record in disputes)
        lines = [line for line in store.history([str(r["id"]) for r in disputes]) if line.type == "dispute"]
        changed = Counter(str(line.set["resp_person"]) for line in lines if "resp_person" in line.set)
        counted = entered + changed
        missed = {tag: counted[tag] for tag in self.sure if counted[tag] != 1}
        assert not missed, f"acknowledged, and not there once: {missed}"
        assert not [tag for tag, times in counted.items() if times > 1], "there twice"
        assert counted.keys() <= self.sure | self.maybe, "nobody entered this"
        codes = [str(record["matter_code"]) for record in store.records("dispute")]
        assert len(set(codes)) == len(codes), "a number was given twice"
        for record in disputes:
            assert len(store.children("party", str(record["id"]))) == 2, "half a registration"
            self._is_newest(record)

    def _is_newest(self, record: dict[str, Any]) -> None:
        """What a field holds is the last change to it that was acknowledged, or a later one that was tried."""
        tried = self.corrected.get(str(record["id"]), [])
        sure = [number for number, tag in enumerate(tried) if tag in self.sure]
        if sure:
            assert tried.index(str(record["resp_person"])) >= sure[-1], "an older value came back"

    def reckon_files(self, store: Store) -> None:
        """Every file that was said to be safe is here, whole, and bound to one attachment."""
        found = Counter((str(r["name"]), str(r["sha256"])) for r in store.records("attachment"))
        assert not [tag for tag, digest in self.files.items() if found[tag, digest] != 1], "a file is lost or doubled"
        assert max(found.values(), default=1) == 1
        for _, digest in found:
            assert digest_of(store.files.content(digest)) == digest
