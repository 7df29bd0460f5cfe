"""开锁: who are you, your secret; or the recovery code. `unlock.cover.UnlockCover(door, lanes, now)` covers all."""
