"""Where facts come from: each source reads its form into a draft of records."""
