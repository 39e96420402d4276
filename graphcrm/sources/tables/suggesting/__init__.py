"""From files alone to a first mapping: columns are looked at, named by what they mean, and linked."""
