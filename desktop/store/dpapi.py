"""DPAPI: binds the people's keys to this Windows user, so that a copied keys.json cannot be tried elsewhere."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _UI_FORBIDDEN = 0x1
    _ENTROPY = b"fengqiao-desk store key"

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

        @classmethod
        def of(cls, raw: bytes) -> _Blob:
            return cls(len(raw), ctypes.cast(ctypes.create_string_buffer(raw, len(raw)), ctypes.POINTER(ctypes.c_char)))

    class WindowsProtector:
        """A `Protector` over CryptProtectData for the current user."""

        def protect(self, raw: bytes) -> bytes:
            """The bytes, bound to this user and PC. Raises OSError."""
            return _call(ctypes.windll.crypt32.CryptProtectData, raw)

        def unprotect(self, bound: bytes) -> bytes:
            """The bytes again. Raises ValueError when they were bound elsewhere."""
            try:
                return _call(ctypes.windll.crypt32.CryptUnprotectData, bound)
            except OSError as problem:
                raise ValueError("bound elsewhere") from problem

    def _call(function: ctypes._FuncPointer, raw: bytes) -> bytes:
        given, entropy, result = _Blob.of(raw), _Blob.of(_ENTROPY), _Blob()
        asked = (ctypes.byref(given), None, ctypes.byref(entropy), None, None, _UI_FORBIDDEN, ctypes.byref(result))
        if not function(*asked):
            raise ctypes.WinError()
        try:
            return ctypes.string_at(result.data, result.size)
        finally:
            ctypes.windll.kernel32.LocalFree(result.data)
