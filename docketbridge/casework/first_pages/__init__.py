"""What a day begins with: the clerk's page, chambers, lists of matters, the search."""
