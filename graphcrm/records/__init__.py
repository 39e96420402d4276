"""What is known and what was found: one kind of record a file. No I/O."""
