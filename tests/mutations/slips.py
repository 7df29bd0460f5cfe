"""All deliberate bugs."""

from __future__ import annotations

from tests.mutations import at_the_desk, at_the_hub

SLIPS = (*at_the_hub.SLIPS, *at_the_desk.SLIPS)
