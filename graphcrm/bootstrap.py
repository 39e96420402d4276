"""The only place that wires: which adapter stands behind which port."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from graphcrm.errors import N_, InputError
from graphcrm.policies import Policy, load_policy
from graphcrm.ports.history import HistoryStore
from graphcrm.ports.store import Store
from graphcrm.records.audit import AuditHeader
from graphcrm.records.bundle import Bundle
from graphcrm.records.draft import Draft
from graphcrm.records.partitions import Manifest, Partition
from graphcrm.records.review import Review
from graphcrm.services.audit import read_reviews, run_audit
from graphcrm.services.importing import checked
from graphcrm.services.parallel import spread, unheeded
from graphcrm.services.reading import AT_ONCE, View, latest_day, read_roster, settled
from graphcrm.services.spreading import called, manifest_of, ranges, reviews_of, view_of, view_over
from graphcrm.settings import Settings, without_credentials
from graphcrm.sources.bundles import read_bundle
from graphcrm.sources.tables import templates
from graphcrm.sources.tables.reading import TableSource
from graphcrm.sources.tables.schema import schema_of_mappings
from graphcrm.sources.tables.suggesting import suggestion, writing
from graphcrm.store import partitions
from graphcrm.store.archive import Archive
from graphcrm.store.local_neo4j import DEFAULT_VERSION, LocalNeo4j, homes
from graphcrm.store.sqlite import open_store as open_sqlite

SQLITE = "sqlite:///"
NEO4J_VERSION = DEFAULT_VERSION

Lost = Callable[[Sequence[str], int], None]
"""Is told of accounts whose worker was lost, and how often that was so."""
Progress = Callable[[int, int], None]
"""Is told how many partitions are done, and of how many."""


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
    jobs: int | None = None,
    executor: Executor | None = None,
    lost: Lost = unheeded,
    settings: Settings | None = None,
) -> Iterator[Review]:
    """Review these accounts of the store at a URL, or all, in id order, without holding the portfolio.

    With ``jobs`` above 1 as many processes review them; a script of yours needs its
    ``if __name__ == "__main__":`` then. An ``executor`` may be any of PEP 3148 (its workers must reach the
    store under the same URL), and ``jobs`` says how many it works with. The reviews are the same in any
    case, whatever is imported meanwhile. Accounts whose worker is lost are reviewed again; ``lost`` is told
    which, and how often they were lost.

    Raises InputError where the store holds nothing yet, StoreError where it cannot be read, GraphcrmError
    where the same accounts lose their worker again and again.
    """
    with open_store(url, settings=settings) as store:
        view = settled(store, view)
        ids = tuple(read_roster(store, view).accounts) if accounts is None else tuple(accounts)
        if executor is None and (jobs or 1) == 1:
            yield from read_reviews(store, view, ids)
            return
    work, parts = partial(review_range, url, settings, view), ranges(ids, AT_ONCE)
    for reviewed in spread(work, parts, jobs=jobs, executor=executor, lost=lost, called=called):
        yield from map(Review.model_validate_json, reviewed)


def review_range(
    url: str, settings: Settings | None, view: View, accounts: Sequence[str]
) -> tuple[str, ...]:
    """The reviews of some accounts as JSON: what a process of its own does, from opening the store on.

    As JSON they travel several times as fast as Python's own objects do.
    """
    with open_store(url, settings=settings) as store:
        return tuple(review.model_dump_json() for review in read_reviews(store, view, accounts))


def share_portfolio(
    url: str,
    view: View,
    folder: str | Path,
    *,
    size: int = AT_ONCE,
    jobs: int | None = None,
    progress: Progress = unheeded,
    lost: Lost = unheeded,
    settings: Settings | None = None,
) -> Manifest:
    """Write all that reviews need into a folder: Parquet files, each with what bears on ``size`` accounts.

    They show one state of the store at a URL, whatever is imported meanwhile. The folder must be new or
    empty. With ``jobs`` above 1 as many processes write.

    Raises InputError where the store holds nothing yet, StoreError where it cannot be read, the folder
    cannot be written or pyarrow is missing; then the folder is left empty.
    """
    folder = Path(folder).absolute()
    with open_store(url, settings=settings) as store:
        view = settled(store, view)
        parts = list(enumerate(ranges(tuple(read_roster(store, view).accounts), size), start=1))
    with partitions.begun(folder):
        work, written = partial(share_range, url, settings, view, folder), []
        for partition in spread(
            work, parts, jobs=jobs, executor=None,
            lost=lambda part, times: lost(part[1], times), called=lambda part: called(part[1]),
        ):  # fmt: skip
            written.append(partition)
            progress(len(written), len(parts))
        manifest = manifest_of(view, written)
        partitions.finish(folder, manifest)
    return manifest


def share_range(
    url: str, settings: Settings | None, view: View, folder: Path, part: tuple[int, Sequence[str]]
) -> Partition:
    """One file of such a folder: what a process of its own does, from opening the store on."""
    number, accounts = part
    with open_store(url, settings=settings) as store:
        facts = store.facts_about(accounts, latest_day(store, view.as_of), view.known_at, upto=view.upto)
    return partitions.write_partition(folder, number, accounts, facts)


def partitions_in(folder: str | Path) -> Manifest:
    """What ``share_portfolio`` wrote into a folder. Raises StoreError where there is none of it."""
    return partitions.read_manifest(Path(folder))


def review_partitions(
    folder: str | Path,
    executor: Executor | None = None,
    *,
    jobs: int | None = None,
    progress: Progress = unheeded,
    lost: Lost = unheeded,
) -> Iterator[Review]:
    """Review every account of a folder that ``share_portfolio`` wrote, in id order: here, or by workers.

    An ``executor`` may be any of PEP 3148. Its workers must have this version of graphcrm and reach the
    folder under the same path; ``jobs`` says how many it works with. Without one, as many processes review
    as ``jobs`` says. The reviews are those from the store, whoever makes them. Accounts whose worker is
    lost are reviewed again; ``lost`` is told which, and how often they were lost.

    Raises StoreError where a file is not what was written, GraphcrmError where the same partition loses its
    worker again and again, or the executor takes no more work.
    """
    folder, manifest = Path(folder).absolute(), partitions_in(folder)
    parts = manifest.partitions
    work = partial(review_partition, folder, manifest.model_copy(update={"partitions": ()}))
    done = spread(
        work, parts, jobs=jobs, executor=executor,
        lost=lambda part, times: lost(part.accounts, times), called=lambda part: called(part.accounts),
    )  # fmt: skip
    for number, reviewed in enumerate(done, start=1):
        progress(number, len(parts))
        yield from map(Review.model_validate_json, reviewed)


def review_partition(folder: Path, manifest: Manifest, partition: Partition) -> tuple[str, ...]:
    """The reviews of a partition's accounts as JSON: what a worker does, which needs this one file only."""
    view = view_of(manifest)
    facts = partitions.read_partition(folder, partition, manifest.as_of)
    return tuple(review.model_dump_json() for review in reviews_of(facts, view, partition.accounts))


def audit_partitions(
    url: str,
    folder: str | Path,
    executor: Executor | None = None,
    *,
    jobs: int | None = None,
    progress: Progress = unheeded,
    lost: Lost = unheeded,
    settings: Settings | None = None,
) -> AuditHeader:
    """Review the partitions in a folder (see ``review_partitions``), and keep the audit in a store.

    It is kept once all reviews are there, or not at all. Raises as that does, and InputError where the
    partitions come from another store.
    """
    with open_store(url, settings=settings) as store:
        view = view_over(store, partitions_in(folder))
        reviewed = review_partitions(folder, executor, jobs=jobs, progress=progress, lost=lost)
        return run_audit(store, view, SystemClock(), reviewed)


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
