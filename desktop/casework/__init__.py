"""What people do, a folder per duty: no Qt, no SQL."""
