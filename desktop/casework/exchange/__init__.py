"""The exchange with the district, as the person at the desk sees it."""
