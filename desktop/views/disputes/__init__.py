"""The disputes: list, registration, one dispute with its tabs, agreement, forms.

Constructors, for whoever opens pages (all take desk, lanes, going; `going` is `going.Going`):

    listing.page.DisputesPage(desk, lanes, going)  .show_filter(ListFilter)
    registration.page.RegistrationPage(desk, lanes, going, *, draft_key="", party_name="")
    page.page.DisputePage(desk, lanes, going, *, dispute_id, act="", record="", part="")
    agreement.page.AgreementPage(desk, lanes, going, *, dispute_id, agreement="")
    desktop.views.session.page.SessionPage(desk, lanes, going, *, dispute_id, kind)
    desktop.views.today.page.TodayPage(desk, lanes, going)  signal counted(int)

All are `shell.pages.Page`. `enter()` reads anew, `leave()` writes down what was typed; nothing is ever asked.
Each has `acts()` for the group 做事 of the command bar, and follows `lanes.hub.changed`.
"""
