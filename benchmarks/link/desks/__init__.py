"""Programs that run in a desk's namespace. Each makes ready, waits for the word, and tells when it is done."""
