"""A file kept with a dispute: a photo, a scanned page, a recording. domain.md §8.16, §6.5; peers.md group E.

The record is small and travels with all others; the bytes follow later in their own lane, named by their SHA-256.
A written attachment never changes: another file is another attachment, a wrong one is struck out.
"""

from __future__ import annotations

from sync.records.dispute import MEDIATION
from sync.records.kinds import VOID, code, digest, integer, long_text, moment, reference, text
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS, when

FILE_BYTES = 64 * 1024 * 1024
"""The largest file: some three hours of speech, or a thick scanned dossier."""
THUMBNAIL_BYTES = 12 * 1024

RECORDING = "录音"
"""The kind that is bound to the session it was made in."""

_seen_small = when("thumbnail")
_kept_whole = when("original")

ATTACHMENT = RecordType(
    name="attachment",
    label="附件",
    parent="dispute_id",
    parent_type="dispute",
    writers=MEDIATION,
    write_once=True,
    title="name",
    source="domain.md §8.16",
    fields=(
        reference("dispute_id", "纠纷", "dispute", required=ALWAYS, automatic=True),
        reference("session_id", "哪次调解记录", "session", required=when("kind", RECORDING), source="人民调解记录"),
        reference("agreement_id", "哪份协议", "agreement", source="L-DZQM: 签字页扫描"),
        code("kind", "哪种附件", "ATTACHMENT_KIND", required=ALWAYS, source="design"),
        text("name", "名称", 100, required=ALWAYS, privacy="P", source="design"),
        digest("sha256", "内容指纹", required=ALWAYS, automatic=True, source="design: §6.5"),
        integer("size_bytes", "大小", FILE_BYTES, required=ALWAYS, automatic=True, unit="字节"),
        code("mime", "格式", "FILE_TYPE", required=ALWAYS, automatic=True),
        digest("thumbnail", "缩略图指纹", automatic=True, group="thumbnail"),
        integer("thumbnail_bytes", "缩略图大小", THUMBNAIL_BYTES, required=_seen_small, automatic=True,
                group="thumbnail", unit="字节"),
        digest("original", "原件指纹", automatic=True, group="original"),
        integer("original_bytes", "原件大小", FILE_BYTES, required=_kept_whole, automatic=True, group="original",
                unit="字节"),
        code("original_mime", "原件格式", "FILE_TYPE", required=_kept_whole, automatic=True, group="original"),
        moment("taken_at", "什么时候拍的、录的", source="design"),
        moment("added_at", "什么时候添的", required=ALWAYS, automatic=True),
        reference("added_by", "谁添的", "account", required=ALWAYS, automatic=True),
        long_text("note", "说明", 500, privacy="P", source="design"),
        *VOID,
    ),
)  # fmt: skip
