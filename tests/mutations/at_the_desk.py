"""Slips in the desk's store and its half of the exchange: what it keeps, shows and says again."""

from __future__ import annotations

from tests.mutations.slip import Slip

_TAKE = "        return self._taken(lambda taking: taking.answer(answer, asked))\n"
_EARLY = """\
        with self._database.writing() as connection:
            marks.put(connection, cursor=answer.cursor)
"""

SLIPS = (
    Slip(
        "the cursor goes on before the page is stored", "desktop/store/replica.py", _TAKE, _EARLY + _TAKE,
        "tests/store/test_departure.py",
    ),
    Slip(
        "what is sent again gets a new id", "desktop/store/own_chain.py",
        "if row.id.startswith(NAMELESS):", "if not row.id.startswith(writer):", "tests/store/test_backup.py",
    ),
    Slip(
        "a clash is set aside and not shown", "desktop/store/clashes.py",
        'state = "open" if decision is None', 'state = "settled" if decision is None',
        "tests/store/test_clashes.py",
    ),
    Slip(
        "the proof compares counts only", "sync/client/round.py",
        "    report.agreed = replica.proof() == proof\n    if",
        "    report.agreed = replica.proof().count == proof.count\n    if",
        "tests/client/test_round.py",
    ),
    Slip(
        "verdicts on a twin's links are taken for ours", "sync/client/round.py",
        "if count and answer.head not in doubt.heads[count - 1 : count]:", "if count > len(doubt.heads):",
        "tests/store/test_with_hub.py",
    ),
    Slip(
        "a page that was cut is believed to be the last", "sync/client/round.py",
        "if replica.waiting() == 0 and (is_stocking or not answer.more):", "if replica.waiting() == 0:",
        "tests/client/test_round.py",
    ),
    Slip(
        "a restored desk goes on under its old writer id", "desktop/store/restoring.py",
        "        own_chain.begin_writer(connection, folder.around.random_bytes)\n", "", "tests/store/test_backup.py",
    ),
    Slip(
        "a refused change is dropped and not put in quarantine", "desktop/store/logged.py",
        "SET state = 'refused', refused = :refused", "SET state = 'dropped', refused = :refused",
        "tests/store/test_quarantine.py",
    ),
    Slip(
        "a decision sent anew decides nothing", "desktop/store/quarantine.py",
        "base=seen.no, was=old, settles=settles, decides=decides)", "base=seen.no, was=old)",
        "tests/store/test_quarantine.py",
    ),
    Slip(
        "fields this version does not know are left out", "desktop/store/taking.py",
        "        self._keep(entry, change, logged)\n",
        "        self._keep(entry, change, logged)\n"
        "        kind = RECORD_TYPES[entry.type]\n"
        "        change = structs.replace(change, set={n: v for n, v in change.set.items() if n in kind.by_name})\n",
        "tests/store/test_taking.py",
    ),
    Slip(
        "a pull that takes much away asks nobody", "desktop/store/taking.py",
        "if left + leaving > max(LEAVING_LEAST, LEAVING_SHARE * held):",
        "if left + leaving > max(LEAVING_LEAST, held):",
        "tests/store/test_departure.py",
    ),
    Slip(
        "what waits for a record that came by now waits for ever", "desktop/store/taking.py",
        "if {row.record, _parent(row)} & self._arrived:", "if row.record in self._arrived:",
        "tests/stories/test_bad_luck.py -k arrive_before",
    ),
    Slip(
        "an older entry takes the place of a newer one", "desktop/store/taking.py",
        "if state is None or entry.no > state.no:", "if state is None or entry.no:", "tests/store/test_taking.py",
    ),
    Slip(
        "a record that leaves is kept", "desktop/store/departure.py",
        "    for record in ids:\n        states.put(record, None)\n", "", "tests/store/test_departure.py",
    ),
    Slip(
        "what is unsent goes with a record that leaves", "desktop/store/departure.py",
        "if record in kept or (record == entry.record and not _is_child(name))",
        "if record == entry.record and not _is_child(name)", "tests/store/test_departure.py",
    ),
    Slip(
        "a restored hub is not offered the words about what left", "desktop/store/epoch.py",
        "AND state IN ('agreed', 'numbered', 'left')", "AND state IN ('agreed', 'numbered')",
        "tests/store/test_taking.py",
    ),
    Slip(
        "an old value is not compared with its digest", "sync/protocol/shortening.py",
        "if old.get(name) is None or _digest(canonical(old[name])) != digest:", "if old.get(name) is None:",
        "tests/protocol/test_shortening.py",
    ),
    Slip(
        "a stick read late brings back what is old", "sync/client/carrier.py",
        "entries=[entry for entry in answer.entries if entry.pos > cursor]", "entries=answer.entries",
        "tests/carrier/test_by_stick.py -k old_receipt",
    ),
    Slip(
        "a stick of before the hub was restored is read", "sync/client/carrier.py",
        "if answer.epoch != replica.standing().epoch:", "if not answer.epoch:",
        "tests/carrier/test_by_stick.py -k before_the_hub",
    ),
    Slip(
        "a file half sent counts as sent", "sync/client/files.py",
        "if offset == piece.size_bytes:", "if offset is not None:",
        "tests/casework/attachments/test_attachments.py -k make_way",
    ),
    Slip(
        "a fetched file is not compared with its digest", "desktop/store/vault.py",
        "if self.offset != self._size or self._whole_hash() != self._digest:", "if self.offset != self._size:",
        "tests/store/test_vault.py",
    ),
    Slip(
        "an unsent file is swept away", "desktop/store/file_roads.py",
        "(*put_by, *_left_behind(connection), *pending)", "(*put_by, *pending)",
        "tests/store/test_files.py",
    ),
    Slip(
        "the file of what left is not sent any more", "desktop/store/file_roads.py",
        "return sorted([*here, *_left_behind(connection)]", "return sorted(here",
        "tests/casework/attachments/test_attachments.py -k moved_away",
    ),
    Slip(
        "own words give way before the hub has decided", "desktop/store/views.py",
        'if item.state in ("waiting", "refused"):', 'if item.state == "refused":', "tests/store/test_taking.py",
    ),
)  # fmt: skip
