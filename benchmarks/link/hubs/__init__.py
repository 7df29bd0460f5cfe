"""Programs that run in the hub's namespace, where they are not part of what is compared with."""
