"""Official papers on the screen, on the printer and as files."""
