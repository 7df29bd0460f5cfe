"""A demonstration of the main job on invented data."""
