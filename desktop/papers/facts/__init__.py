"""What the placeholders of papers stand for: each Chinese name with the plain-data function that answers it."""
