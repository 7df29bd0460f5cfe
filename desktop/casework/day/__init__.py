"""Today (picture 01): what is to do, what was left half-written, what waits on others, what is new."""
