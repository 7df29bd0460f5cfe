"""What the window is given of sound: how a microphone is made, and a player. Tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.sound.microphone import Microphone, SystemMicrophone
from desktop.sound.player import Player


@dataclass(frozen=True)
class Sound:
    """microphone: a fresh one for each take. player(raw, mime): for a recording in memory; raises Unplayable."""

    microphone: Callable[[], Microphone] = SystemMicrophone
    player: Callable[[bytes, str], Player] = Player
