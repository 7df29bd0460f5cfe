"""Committees, studios and mediators: who they are, whether they stand as the law wants, what is paid for a case."""
