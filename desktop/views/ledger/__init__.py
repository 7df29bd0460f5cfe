"""台账导入: choose a file, say which column is what, look it over, bring it in.

`ledger.page.LedgerPage(desk, lanes, going)`.
"""
