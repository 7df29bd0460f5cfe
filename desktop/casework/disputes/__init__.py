"""Disputes: what people do with them, and the facts a window shows of them."""
