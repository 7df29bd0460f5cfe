"""Slips in the hub: what it takes, whom it believes, to whom it tells."""

from __future__ import annotations

from tests.mutations.slip import Slip

SLIPS = (
    Slip(
        "what arrived twice is taken in twice", "sync/server/chains.py",
        "fresh = [link for link in links if link.n > last]", "fresh = [link for link in links if link.n >= last]", 30,
    ),
    Slip(
        "the same change under a new writer is journaled again", "sync/server/chains.py",
        "if former is not None and former[0] == body:", "if former is not None and former[0] != body:", 30,
    ),
    Slip(
        "an old value left unsaid counts as the latest: a silent overwrite", "sync/protocol/merge.py",
        "was, new = change.was.get(name), change.set[name]",
        "was, new = change.was.get(name, agreed), change.set[name]",
        "tests/protocol/test_merge.py",
    ),
    Slip(
        "a field changed on both sides is overwritten", "sync/protocol/merge.py",
        "            return False, merged\n    return True, agreed",
        "            return False, merged\n    return False, new", "tests/protocol/test_merge.py",
    ),
    Slip(
        "fields of a group are merged one by one", "sync/protocol/merge.py",
        "together = {mate for name in clashing for mate in kind.together_with(name)}", "together = clashing",
        "tests/protocol/test_merge.py",
    ),
    Slip(
        "the beginning of a batch is not compared with the chain", "sync/server/chains.py",
        "if batch.first > last + 1 or chain.decode(batch.before).hex() != before:", "if batch.first > last + 1:",
        "tests/server/test_exchange.py -k sqlite",
    ),
    Slip(
        "a link said again with other words is believed", "sync/server/chains.py",
        "if any(link.digest != known[link.n].digest for link in links if link.n in known):", "if batch.first < 0:", 60,
    ),
    Slip(
        "the signature over a batch is not checked", "sync/server/exchange.py",
        "        if not is_ours:\n", "        if not is_ours and is_short(batch):\n",
        "tests/server/test_door.py -k sqlite",
    ),
    Slip(
        "the range of a file request is not signed", "sync/protocol/files.py",
        '"upload-metadata", "upload-checksum", "range")', '"upload-metadata", "upload-checksum")',
        "tests/server/test_files.py -k sqlite",
    ),
    Slip(
        "scope is not checked on write: into another place", "sync/server/judge.py",
        "if not is_held or not all(inside):", "if not is_held:", "tests/server/test_scope.py -k sqlite",
    ),
    Slip(
        "scope is not checked on write: what one does not hold", "sync/server/judge.py",
        "if not is_held or not all(inside):", "if not all(inside):", "tests/server/test_delivery.py -k sqlite",
    ),
    Slip(
        "closed sessions leak to desks that once could read them", "sync/server/pages.py",
        '        elif row.kind != "leave" and heard:\n', '        elif row.kind != "leave":\n',
        "tests/server/test_delivery.py -k sqlite",
    ),
    Slip(
        "closed sessions stay on the desks that held them", "sync/server/whereabouts.py",
        "        if not root.closer:\n", "        if not root.closer or root.place:\n",
        "tests/server/test_delivery.py -k sqlite",
    ),
    Slip(
        "nobody is told that a record left", "sync/server/feed.py",
        "gone = lost - set(after.addresses)", "gone = set(after.addresses) - lost",
        "tests/server/test_delivery.py -k sqlite",
    ),
    Slip(
        "a new epoch is ignored", "sync/server/exchange.py",
        "if (ask.epoch and ask.epoch != charter.epoch) or ask.cursor > end:", "if ask.cursor > end:",
        "tests/server/test_exchange.py -k sqlite",
    ),
    Slip(
        "a request may be played again", "sync/server/access.py",
        'WRITER.c.number < bindparam("spent")', 'WRITER.c.number <= bindparam("spent")',
        "tests/server/test_exchange.py -k sqlite",
    ),
    Slip(
        "a revoked PC is served", "sync/server/access.py",
        'bool(fields.get("revoked_at"))', 'bool(fields.get("revoked"))',
        "tests/stories/test_who_holds_what.py",
    ),
    Slip(
        "a file of another content is kept", "sync/server/shelf.py",
        "if _digest(part) != digest or not _is_of_type(part, mime):", "if not _is_of_type(part, mime):",
        "tests/server/test_files.py -k sqlite",
    ),
    Slip(
        "an upload goes on from what was never on disk", "sync/server/files.py",
        "return int(row.reached) if on_disk >= row.reached else 0", "return int(row.reached)",
        "tests/server/test_files.py -k sqlite",
    ),
    Slip(
        "any number of disputes may be struck out in a day", "sync/server/striking.py",
        "return self._left >= 0", "return self._left is not None", "tests/server/test_striking.py -k sqlite",
    ),
    Slip(
        "a hub whose clock is mad takes work in", "sync/server/clock_doubt.py",
        "return not last - DAY_MS <= now_ms <= last + SILENT_MS", "return now_ms <= last - DAY_MS - SILENT_MS",
        "tests/stories/test_bad_luck.py -k 1970",
    ),
    Slip(
        "late work that names a merged village is refused", "sync/server/turn.py",
        "meant = change if origin.author.is_hub else self._redirected(kind, change)", "meant = change",
        "tests/stories/test_moving.py -k merged",
    ),
    Slip(
        "fields of another type are let into a record", "sync/server/judge.py",
        "if any(name not in kind.by_name for name in change.set):",
        "if all(name not in kind.by_name for name in change.set):",
        "tests/server/test_scope.py -k sqlite",
    ),
)  # fmt: skip
