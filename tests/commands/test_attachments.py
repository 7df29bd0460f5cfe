"""attach and files: against a real hub over TLS, from one PC to another."""

from pathlib import Path

from tests.casework.attachments.album import pdf, photo
from tests.commands.conftest import TOWNSHIP, District, Seat
from tests.commands.matters import dispute, write_lines


def test_files_attached_on_one_pc_are_saved_on_another(district: District, village: Seat, tmp_path: Path) -> None:
    township = district.seat("花所镇 附件电脑", TOWNSHIP, "township")
    told = dispute(title="甲某与乙某地界纠纷")
    village("import", write_lines(tmp_path / "喂.jsonl", told))
    (tmp_path / "界石 照片.jpg").write_bytes(photo(900, 600))
    (tmp_path / "老地契.pdf").write_bytes(pdf())
    (tmp_path / "坏的.docx").write_bytes(b"PK\x03\x04")
    files = [tmp_path / name for name in ("界石 照片.jpg", "老地契.pdf", "坏的.docx")]
    said = village("attach", told["id"], *files, "--note", "村里存的", "--json", code=1)
    assert [len(said.json[part]) for part in ("added", "refused")] == [2, 1]
    assert "Office" in said.json["refused"][0]["why"]
    assert village("sync", "--json").json["files"]["sent"] == 3
    assert {one["state"] for one in village("files", told["id"], "--json").json["attachments"]} == {"there"}
    township("sync")
    out = tmp_path / "取 出来"
    out.mkdir()
    assert township("files", told["id"], "--save", out, "--json").json["saved"] == []
    township("sync")
    assert len(township("files", told["id"], "--save", out, "--json").json["saved"]) == 2
    assert (out / "老地契.pdf").read_bytes() == pdf()
    again = township("files", told["id"], "--save", out)
    assert "老地契 2.pdf" in again.out
    assert "没有编码" in village("attach", "1234", files[0], code=2).errors
