"""What a desk and the district hub both know: records, the exchange, the hub itself."""
