"""Paper templates (文书样式): the plain text a district may edit, read into blocks, and filled from the record."""
