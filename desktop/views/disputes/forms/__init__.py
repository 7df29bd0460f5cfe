"""Forms grown from the declaration: one field of a record becomes one field on the window."""
