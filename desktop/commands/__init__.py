"""The desk without a window: `python -m desktop …`, for scripts and for support."""
