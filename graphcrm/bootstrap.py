"""The only place that wires: which adapter stands behind which port."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from graphcrm.errors import N_, InputError
from graphcrm.policies import Policy, load_policy
from graphcrm.ports.history import HistoryStore
from graphcrm.ports.store import Store
from graphcrm.records.bundle import Bundle
from graphcrm.records.draft import Draft
from graphcrm.records.review import Review
from graphcrm.services.audit import read_reviews
from graphcrm.services.importing import checked
from graphcrm.services.parallel import in_order, processes
from graphcrm.services.reading import AT_ONCE, View, read_roster, settled
from graphcrm.settings import Settings, without_credentials
from graphcrm.sources.bundles import read_bundle
from graphcrm.sources.tables import templates
from graphcrm.sources.tables.reading import TableSource
from graphcrm.sources.tables.schema import schema_of_mappings
from graphcrm.sources.tables.suggesting import suggestion, writing
from graphcrm.store.archive import Archive
from graphcrm.store.local_neo4j import DEFAULT_VERSION, LocalNeo4j, homes
from graphcrm.store.sqlite import open_store as open_sqlite

SQLITE = "sqlite:///"
NEO4J_VERSION = DEFAULT_VERSION


class SystemClock:
    """The computer's own time."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


def open_store(url: str, *, create: bool = False, settings: Settings | None = None) -> Store:
    """The store at a URL: ``sqlite:///path`` (three slashes before a relative path, four before ``/``).

    Or ``neo4j://host:7687``, ``bolt://host:7687`` and their encrypted kinds (``+s``); user, password and
    database of a Neo4j are those of the settings (where none are given, of the variables), unless the URL
    names the first two. ``create`` makes a store that is not there yet. Raises InputError for a URL no
    adapter serves, StoreError where the store cannot be opened.
    """
    if url.startswith(SQLITE) and url != SQLITE:
        return open_sqlite(Path(unquote(url.removeprefix(SQLITE))), create=create)
    # Only here: the driver takes longer to import than many commands run, with pandas if that is there.
    from graphcrm.store.neo4j import SCHEMES  # noqa: PLC0415
    from graphcrm.store.neo4j import open_store as open_neo4j  # noqa: PLC0415

    if url.partition("://")[0] in SCHEMES:
        # Days play no part here, and one that is none is told where it is used.
        settings = settings or Settings.of(as_of=None, known_at=None)
        secret = settings.neo4j_password
        return open_neo4j(
            url,
            user=settings.neo4j_user,
            password=secret.get_secret_value() if secret else None,
            database=settings.neo4j_database,
            create=create,
        )
    raise InputError(
        N_("Store {url!r} is not a URL of a known kind."),
        hint=N_("Write sqlite:///path/to/file.db or neo4j://host:7687."),
        url=without_credentials(url),
    )


def review_portfolio(
    url: str,
    view: View,
    accounts: Sequence[str] | None = None,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    settings: Settings | None = None,
) -> Iterator[Review]:
    """Review these accounts of the store at a URL, or all, in id order, without holding the portfolio.

    With ``jobs`` above 1 as many processes review them; a script of yours needs its
    ``if __name__ == "__main__":`` then. An ``executor`` may be any of PEP 3148 (its workers must reach the
    store under the same URL), and ``jobs`` says how many it works with. The reviews are the same in any
    case, whatever is imported meanwhile.

    Raises InputError where the store holds nothing yet, StoreError where it cannot be read, GraphcrmError
    where a process comes to a sudden end.
    """
    with open_store(url, settings=settings) as store:
        view = settled(store, view)
        ids = tuple(read_roster(store, view).accounts) if accounts is None else tuple(accounts)
        if executor is None and jobs == 1:
            yield from read_reviews(store, view, ids)
            return
    ranges = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    work = partial(review_range, url, settings, view)
    with nullcontext(executor) if executor is not None else processes(jobs) as workers:
        for reviewed in in_order(workers, work, ranges, ahead=2 * jobs):
            yield from reviewed


def review_range(
    url: str, settings: Settings | None, view: View, accounts: Sequence[str]
) -> tuple[Review, ...]:
    """The reviews of some accounts: what a process of its own does, from opening the store on."""
    with open_store(url, settings=settings) as store:
        return tuple(read_reviews(store, view, accounts))


@contextmanager
def store_to_rehearse(url: str, *, settings: Settings | None = None) -> Iterator[Store]:
    """The store at a URL; where there is no file yet, an empty one that is gone afterwards."""
    path = Path(unquote(url.removeprefix(SQLITE)))
    if url.startswith(SQLITE) and not path.exists():
        with TemporaryDirectory() as folder, open_sqlite(Path(folder) / path.name, create=True) as empty:
            yield empty
    else:
        with open_store(url, settings=settings) as store:
            yield store


def open_archive(folder: str | Path) -> HistoryStore:
    """The archive in a folder, or one that will be: ``copy_history`` writes it, and reads it back.

    It needs the extra ``graphcrm[parquet]``.
    """
    return Archive(Path(folder))


def read_draft(path: Path) -> Draft:
    """What a bundle's file says, and everything that is wrong with it."""
    return read_bundle(path)


def table_source(mapping: Path, paths: Sequence[Path] = ()) -> TableSource:
    """The tables that a mapping's file describes, in these files and folders, or else beside the mapping.

    Raises InputError where something cannot be read, RefusedImport with all that is wrong with the mapping,
    or with the files as such.
    """
    return TableSource(mapping, paths)


def suggest_mapping(paths: Sequence[Path], policy: Policy, today: date) -> suggestion.Suggestion:
    """What was understood of the tables in these files and folders.

    Raises InputError where there is nothing to read, RefusedImport where nothing can be read as a table.
    """
    return suggestion.suggest(paths, policy, today)


def mapping_text(
    found: suggestion.Suggestion, translate: Callable[[str], str], schema: str | None = None
) -> str:
    """A suggestion as the text of a mapping; ``schema`` is where editors find the schema of mappings."""
    return writing.yaml_of(found, translate, schema)


def mapping_schema() -> dict[str, object]:
    """The JSON Schema of mappings."""
    return schema_of_mappings()


def template_files(policy: Policy, translate: Callable[[str], str]) -> dict[str, bytes]:
    """Tables to fill in and the mappings that import them, by the names of their files."""
    return templates.template_files(policy, translate)


def load_bundle(path: str | Path, policy: Policy | None = None) -> Bundle:
    """The bundle in a file, checked as an import into an empty store would check it.

    Raises RefusedImport with every problem.
    """
    return checked(read_bundle(Path(path)), policy or load_policy())


def local_neo4j(version: str = NEO4J_VERSION, *, home: Path | None = None) -> LocalNeo4j:
    """The Neo4j this computer keeps for itself, of a version's line; ``home`` is its folder if not ours.

    Raises InputError for a version of no known line.
    """
    return LocalNeo4j.of_version(version, home)


def local_neo4js(version: str | None = None, *, home: Path | None = None) -> tuple[LocalNeo4j, ...]:
    """The local one of a version's line, else every one that was brought up here before, running or not."""
    if version is None:
        return tuple(LocalNeo4j(folder) for folder in homes(home))
    return (local_neo4j(version, home=home),)
