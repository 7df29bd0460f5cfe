"""The district hub: checks, numbers, merges and routes what the desks send."""

from sync.server.hub import Hub

__all__ = ["Hub"]
