"""What may be attached, and what becomes of it: told by content, upright, small, without where it was taken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop.casework.attachments import intake
from desktop.casework.errors import NotAllowed
from desktop.settings import Settings
from sync.records.attachment import THUMBNAIL_BYTES
from tests.casework.attachments.album import SIDEWAYS, pages, pdf, photo, png_bomb, recording
from tests.casework.conftest import CHINA

SETTINGS = Settings()


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw))


def take(raw: bytes, **more: bool) -> intake.Taken:
    return intake.take_in(raw, SETTINGS, CHINA, **more)


def test_a_photo_becomes_upright_small_and_says_no_more_where_it_was_taken() -> None:
    raw = photo(orientation=SIDEWAYS)
    taken = take(raw)
    assert (taken.mime, taken.original) == ("image/jpeg", b"")
    assert len(taken.body) < len(raw)
    kept = opened(taken.body)
    assert kept.size == (1000, 2000)
    red, _, blue = kept.convert("RGB").getpixel((500, 20))  # type: ignore[misc]
    assert red > 200 > blue
    assert dict(kept.getexif()) == {}
    assert kept.info.get("exif") is None
    assert taken.taken_at is not None
    assert taken.taken_at.isoformat() == "2026-11-20T15:04:05+08:00"


def test_every_thumbnail_is_small_enough_to_travel_first() -> None:
    for seed in range(3):
        small = take(photo(seed=seed)).thumbnail
        assert 0 < len(small) <= THUMBNAIL_BYTES
        assert max(opened(small).size) <= 320


def test_the_original_is_kept_only_when_it_was_asked_for() -> None:
    raw = photo()
    taken = take(raw, keep_original=True)
    assert (taken.original, taken.original_mime) == (raw, "image/jpeg")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_pictures_of_other_kinds_become_jpeg(kind: str) -> None:
    assert opened(take(photo(400, 200, kind=kind)).body).size == (400, 200)


def test_what_is_see_through_becomes_paper_not_ink() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(take(out.getvalue()).body).convert("L").getpixel((25, 25)) == 255


@pytest.mark.parametrize(("raw", "mime"), [(pdf(), "application/pdf"), (recording(), "audio/mp4")])
def test_scans_and_recordings_stay_as_they_are(raw: bytes, mime: str) -> None:
    assert take(raw) == intake.Taken(mime, raw)


@pytest.mark.parametrize(("raw", "said"), [
    (b"", "空的"),
    (b"MZ" + bytes(5000), "不能添"),
    (b"PK\x03\x04" + bytes(5000), "压缩包"),
    (b"\x00\x00\x00\x18ftypheic" + bytes(500), "HEIC"),
    (b"<html><script>", "不能添"),
    (b"\xff\xd8\xff\xe0" + bytes(100), "坏了"),
    (photo()[:40_000], "坏了"),
    (b"BM" + bytes(3), "坏了"),
    (png_bomb(), "卡住"),
    (pages(), "好几页"),
    (pdf(21 * 1024 * 1024), "最多 20 MB"),
], ids=["empty", "program", "zip", "heic", "html", "torn", "cut", "stub", "bomb", "pages", "large"])  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_what_to_do_instead(raw: bytes, said: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        take(raw)
    assert said in refusal.value.message
    assert refusal.value.message.count("。") >= 2


def test_the_name_of_a_file_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "其实是 照片.exe"
    path.write_bytes(photo(300, 150))
    assert take(intake.read(path, SETTINGS)).mime == "image/jpeg"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.wav"
    with path.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(NotAllowed, match="954 MB"):
        intake.read(path, SETTINGS)
    with pytest.raises(NotAllowed, match="读不出来"):
        intake.read(tmp_path / "没有", SETTINGS)
