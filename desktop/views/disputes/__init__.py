"""The disputes: list, registration, one dispute with its tabs, forms.

Constructors, for desktop.app (all take desk, lanes, going; `going` is `going.Going`, answered by the app):

    desktop.views.disputes.listing.page.DisputesPage(desk, lanes, going)           .show_filter(ListFilter)
    desktop.views.disputes.registration.page.RegistrationPage(desk, lanes, going, *, draft_key="", party_name="")
    desktop.views.disputes.page.page.DisputePage(desk, lanes, going, *, dispute_id, act="", record="", part="")
    desktop.views.session.page.SessionPage(desk, lanes, going, *, dispute_id)
    desktop.views.today.page.TodayPage(desk, lanes, going)                         signal counted(int)

All are `shell.pages.Page`. `enter()` reads anew, `leave()` writes down what was typed; nothing is ever asked.
Each has `acts() -> tuple[PageAct, ...]` for the group 做事 of the command bar, and follows `lanes.hub.changed`.
"""
