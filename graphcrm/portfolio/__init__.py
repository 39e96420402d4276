"""A portfolio as columns: the proven figures of many accounts at once."""
