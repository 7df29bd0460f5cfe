"""What runs on an office PC."""
