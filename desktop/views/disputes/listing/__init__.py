"""The list of disputes (pictures 02 and 02b)."""
