"""旧件: archived disputes the district keeps."""
