"""The session recorder. `session.page.SessionPage(desk, lanes, going, *, dispute_id, kind)`, see disputes."""
