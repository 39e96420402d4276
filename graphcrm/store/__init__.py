"""The stores: adapters behind ``ports/store.py``, all under one contract suite."""
