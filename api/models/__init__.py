"""What the API takes and returns, described and checked: one kind of document a file.

The documents themselves are made in ``services/documents.py`` and ``records/summary.py``.
"""
