"""What went elsewhere of late: said by name, never hidden."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.views.exchange.panel import Panel
from desktop.views.kit import Paragraph

_TITLE = "不在这里了的"
_SHOWN = 12


class LeftPanel(Panel):
    """A sentence for each dispute that is no longer this desk's, and for a place that was merged."""

    def __init__(self) -> None:
        super().__init__(_TITLE)
        self.add(Paragraph("这些归别处管了。您写过的都在区里，没传的还在这台电脑上。", "small"))

    def say(self, lines: Sequence[str]) -> None:
        """Show them."""
        if self.heading:
            self.heading.say(_TITLE, f"{len(lines)} 条")
        self.show_rows([Paragraph(text, "small", tone="ink") for text in lines[:_SHOWN]])
