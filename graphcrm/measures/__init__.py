"""The measures: one idea a file, pure functions over an account graph."""
