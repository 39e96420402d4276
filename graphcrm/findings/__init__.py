"""The findings: one rule a file, in a registry."""
