"""The use cases. They see ports, never adapters."""
