"""The HTTP API: a thin face over the services."""
