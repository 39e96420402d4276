"""What the API takes and returns: one kind of document a file."""
