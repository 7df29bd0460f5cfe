"""The dossier (卷宗) of one case: which papers it needs, which are there, and all of them as one file."""
