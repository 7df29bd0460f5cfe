"""What left this desk while something of it was unsent: said, never hidden."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.views.exchange.panel import Panel
from desktop.views.kit import Label, Paragraph


class SealedPanel(Panel):
    """One line for each record that is no longer this desk's but still holds unsent work."""

    def __init__(self) -> None:
        super().__init__("转走了，还有没传的")
        self.add(Paragraph("这些不归这里管了。您写的都还在，有网就接着传。", "small"))

    def say(self, lines: Sequence[str]) -> None:
        """Show them."""
        if self.heading:
            self.heading.say("转走了，还有没传的", f"{len(lines)} 件")
        self.show_rows([Label(text, "small", elide=True) for text in lines])
