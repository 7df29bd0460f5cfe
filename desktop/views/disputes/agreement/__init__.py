"""Writing an agreement."""
