"""The window: the only package besides desktop/app.py that imports PySide6."""
