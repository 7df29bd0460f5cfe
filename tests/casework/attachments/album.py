"""Invented files: photos with what cameras write into them, scans, recordings, and bombs."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

from PIL import Image

SIDEWAYS = 6
"""EXIF: the camera was held on its side."""


def photo(width: int = 3000, height: int = 1500, *, seed: int = 1, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A grainy picture, red at its left edge, with a GPS position and the hour it was taken."""
    noise = Image.frombytes("RGB", (200, 100), Random(seed).randbytes(200 * 100 * 3)).resize((width, height))
    noise.paste((255, 0, 0), (0, 0, width // 4, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 15:04:05"
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 32.0, 1.0), 3: "E", 4: (106.0, 41.0, 2.0)})
    out = io.BytesIO()
    noise.save(out, kind, **({"exif": exif, "quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()


def pdf(size: int = 90_000, seed: int = 1) -> bytes:
    """Bytes that begin as a PDF does."""
    return b"%PDF-1.4\n" + Random(seed).randbytes(size - 9)


def recording(size: int = 300_000, seed: int = 1) -> bytes:
    """Bytes that begin as an M4A does."""
    return struct.pack(">I", 32) + b"ftypM4A " + Random(seed).randbytes(size - 12)


def png_bomb() -> bytes:
    """A small PNG that claims to be 60,000 pixels square."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pages() -> bytes:
    """A TIFF of two pages."""
    out = io.BytesIO()
    Image.new("RGB", (50, 50)).save(out, "TIFF", save_all=True, append_images=[Image.new("RGB", (50, 50))])
    return out.getvalue()
