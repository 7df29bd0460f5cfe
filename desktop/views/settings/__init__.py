"""设置: how the window looks, the deadlines, the people on this PC, backups, checks.

`settings.page.SettingsPage(desk, lanes, going, house)`; `house.House` is what the open store can do beyond casework.
"""
