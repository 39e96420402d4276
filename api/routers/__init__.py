"""Routers: one group of addresses a file; each asks a service and returns what it says."""
