"""Today: what is late, what is for today, what is new. `today.page.TodayPage(desk, lanes, going)`, see disputes."""
