"""Pictures brought to a sensible size: upright, without what the camera wrote into them, with a small one for lists.

Whoever hands in a photo hands in where it was taken; a village office has no use for that (domain.md §6.4: no tracks).
So every picture is decoded and written anew, and only the day and hour it was taken survive, as a field.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PIL import Image, ImageOps

from sync.records.attachment import THUMBNAIL_BYTES

MOST_PIXELS = {"JPEG": 120_000_000}
"""Larger than any phone makes; a JPEG is decoded at a part of its size."""
MOST_PIXELS_OTHERWISE = 40_000_000
"""A page of A3 at 400 dpi and more; what claims more would fill an old PC's memory and is not opened."""
THUMBNAIL_SIDE = 320
MIME = "image/jpeg"
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
_TAKEN, _DETAILS = 0x9003, 0x8769

# Our own bound is stricter and asked before any pixel is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


class Unreadable(Exception):
    """Not a picture that can be opened."""


class TooManyPixels(Exception):
    """A picture that would fill the memory."""


class ManyPages(Exception):
    """A scan of several pages, of which only the first would be kept."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept (JPEG), its small one, and when the camera says it was taken."""

    body: bytes
    thumbnail: bytes
    taken_at: datetime | None


def prepare(raw: bytes, *, side_px: int, quality: int, zone: tzinfo | None) -> Picture:
    """The picture at most `side_px` long, JPEG at `quality`. Cameras tell no zone, so `zone` is taken for theirs.

    Raises Unreadable, TooManyPixels, ManyPages.
    """
    try:
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as opened:
            _check(opened)
            taken = _taken_at(opened, zone)
            opened.draft("RGB", (side_px, side_px))
            upright = ImageOps.exif_transpose(opened)
            plain = _on_white(upright)
    except (OSError, SyntaxError, ValueError, MemoryError, Image.DecompressionBombError) as problem:
        raise Unreadable(str(problem)) from problem
    plain.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    return Picture(_jpeg(plain, quality), thumbnail(plain), taken)


def _check(picture: Image.Image) -> None:
    """Only the head has been read so far."""
    if picture.width * picture.height > MOST_PIXELS.get(str(picture.format), MOST_PIXELS_OTHERWISE):
        raise TooManyPixels
    if picture.format == "TIFF" and getattr(picture, "n_frames", 1) > 1:
        raise ManyPages


def thumbnail(picture: Image.Image) -> bytes:
    """The small one, never above THUMBNAIL_BYTES."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    quality = 75
    while len(raw := _jpeg(small, quality)) > THUMBNAIL_BYTES:
        if quality > 35:
            quality -= 20
        else:
            small.thumbnail((small.width * 3 // 4, small.height * 3 // 4), Image.Resampling.LANCZOS)
    return raw


def _on_white(picture: Image.Image) -> Image.Image:
    """In plain colours; what is see-through becomes paper."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _taken_at(picture: Image.Image, zone: tzinfo | None) -> datetime | None:
    """When the camera says, in its own clock's time."""
    said = picture.getexif().get_ifd(_DETAILS).get(_TAKEN)
    try:
        return datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone) if said else None
    except ValueError:
        return None
