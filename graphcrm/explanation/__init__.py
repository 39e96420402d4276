"""Explanations: every figure of an account as a tree, down to records, days and the method pack."""
