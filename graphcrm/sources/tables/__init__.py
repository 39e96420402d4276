"""Tables: a company's own files, read as a mapping says."""
