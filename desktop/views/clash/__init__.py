"""两边改得不一样，要您定. `clash.page.ClashPage(desk, lanes, going, *, dispute_id)`."""
