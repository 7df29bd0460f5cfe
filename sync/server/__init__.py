"""The district hub: checks, numbers, merges, routes."""
