"""Sample dossiers for the documents: `python -m tests.samples` writes them, from invented people only."""
