"""How the window looks: tokens, theme, icons, and the shapes painted in code."""
