"""我的信息: a person asks what is held about her, and takes it home (PIPL 45)."""
