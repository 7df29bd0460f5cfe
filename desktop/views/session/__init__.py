"""The session recorder. `session.page.SessionPage(desk, lanes, going, *, dispute_id)`, see disputes."""
