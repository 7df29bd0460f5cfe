"""Saving: one transaction writes the change and the row."""

from __future__ import annotations

from desktop.store import DisputeQuery, Edit


def test_what_was_saved_is_read_back(desk) -> None:
    d, p = desk.world.ids(), desk.world.ids()
    changes = desk.store.save(
        [
            Edit("dispute", d, {"title": "张建国与李秀英宅基地纠纷", "status": "10", "place_code": "620802107204"}),
            Edit("party", p, {"dispute_id": d, "seq": 1, "name": "曾祥瑞", "phone": "13812345678"}),
        ],
        "account-1",
    )
    assert changes.of("dispute") == {d}
    assert changes.of("party") == {p}
    assert desk.store.record("dispute", d)["title"] == "张建国与李秀英宅基地纠纷"
    assert [c["name"] for c in desk.store.children("party", d)] == ["曾祥瑞"]
    (row,) = desk.store.disputes(DisputeQuery()).rows
    assert (row.title, row.waiting) == ("张建国与李秀英宅基地纠纷", True)
    found = desk.store.search("宅基")
    assert [r.id for r in found.disputes] == [d]
    found = desk.store.search("5678")
    assert [(h.name, h.disputes) for h in found.people] == [("曾祥瑞", 1)]
