"""Whole cases through the real window, from the first word to the bound dossier."""
