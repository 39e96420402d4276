"""The only place that wires: which adapter stands behind which port."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from graphcrm.errors import N_, InputError
from graphcrm.policies import Policy, load_policy
from graphcrm.ports.store import Store
from graphcrm.records.bundle import Bundle
from graphcrm.records.draft import Draft
from graphcrm.services.importing import checked
from graphcrm.sources.bundles import read_bundle
from graphcrm.store.sqlite import open_store as open_sqlite

SQLITE = "sqlite:///"


class SystemClock:
    """The computer's own time."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


def open_store(url: str, *, create: bool = False) -> Store:
    """The store at a URL: ``sqlite:///path`` (three slashes before a relative path, four before ``/``).

    ``create`` makes an embedded store that is not there yet. Raises InputError for a URL no adapter
    serves, StoreError where the store cannot be opened.
    """
    if not url.startswith(SQLITE) or url == SQLITE:
        raise InputError(
            N_("Store {url!r} is not a URL of a known kind."),
            hint=N_("Write sqlite:///path/to/file.db."),
            url=url,
        )
    return open_sqlite(Path(unquote(url.removeprefix(SQLITE))), create=create)


def read_draft(path: Path) -> Draft:
    """What a bundle's file says, and everything that is wrong with it."""
    return read_bundle(path)


def load_bundle(path: str | Path, policy: Policy | None = None) -> Bundle:
    """The bundle in a file, checked as an import into an empty store would check it.

    Raises RefusedImport with every problem.
    """
    return checked(read_bundle(Path(path)), policy or load_policy())
