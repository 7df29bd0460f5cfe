"""Bounds on everything a stranger could send (DESIGN.md §6). Sizes in bytes."""

BODY = 4 * 1024 * 1024
"""A request as it arrives, compressed."""
INFLATED = 24 * 1024 * 1024
"""The same after decompression."""
PRIMED = 4 * 1024 * 1024
"""A request said with PPMd, opened: its time grows with its size."""
CHANGES = 500
"""Changes in one batch."""
CHANGE = 256 * 1024
"""One change as JSON."""
PAGE = 2 * 1024 * 1024
"""Entries in one answer, before compression: the hub's ceiling on what a desk may ask for."""
ROOM_LEAST = 4 * 1024
"""The smallest page a desk asks for; one entry always fits."""
RECORDS = 500
"""Records in one repair request."""
POUCH = 3 * 1024 * 1024
"""A file a desk writes for the hub; also fits into one request of a desk that passes it on."""
RECEIPT = 16 * 1024 * 1024
"""A file the hub writes for a desk."""
RECEIPT_ENTRIES = 24 * 1024 * 1024
"""Entries in one receipt, before compression."""
SKEW_MS = 10 * 60 * 1000
"""A desk's clock this far from the hub's is worth a word to the clerk, in ms."""
CHUNK = 1024 * 1024
"""One chunk of a file, either way."""
CHUNK_LEAST = 16 * 1024
FILE_DAY = 2 * 1024 * 1024 * 1024
"""Bytes of files one desk may send in a day."""
UPLOADS = 200
"""Unfinished uploads of one desk at once."""
STALE_MS = 14 * 24 * 3600 * 1000
"""An unfinished upload that nobody touched for so long is thrown away, in ms; the desk begins it again."""
