"""The server's jars: fetched from Maven Central through jgo, checked, and kept for the next time.

We ship none of them: Neo4j Community is under the GPL-3, and the user's computer fetches it.
"""

import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from graphcrm.errors import N_, StoreError
from graphcrm.store.local_neo4j.extra import needed
from graphcrm.store.local_neo4j.lock import only_one
from graphcrm.store.local_neo4j.versions import DEFAULT_VERSION

ARTEFACTS = ("org.neo4j:neo4j:jar:{version}:compile", "org.neo4j.app:neo4j-server:jar:{version}:compile")
"""Both are needed: the first holds the main class, the second the server."""

Watch = Callable[[int, int | None], None]
"""Told how many files are there, and of how many, once that is known."""

_AT_ONCE = 4
_TIMEOUT = 30
_RUNTIME = {"compile", "runtime"}


def server_jars(version: str, cache: Path, watch: Watch, *, again: bool = False) -> tuple[Path, ...]:
    """The jars of a version, for the class path; fetched where they are not there or broken.

    Raises StoreError where they cannot be had.
    """
    folder = cache / version
    with _told(version, folder), only_one(cache / f"{version}.lock", wait=True):
        if again:
            shutil.rmtree(folder, ignore_errors=True)
        known = _known(folder)
        if known is None:
            _discard_broken(folder)
            known = _fetch(version, folder, watch)
            must_be_sound(known, folder)
            _remember(known, folder)
        return known


def must_be_sound(jars: Iterable[Path], folder: Path) -> None:
    """Read every jar to its end. Raises StoreError for one that is broken."""
    for jar in jars:
        if not _sound(jar):
            raise StoreError(
                N_("{jar} is broken: it was fetched in part or changed since."),
                hint=N_("Run `graphcrm neo4j up --fetch-again`, or delete {folder}."),
                jar=jar.name,
                folder=folder,
            )


def _known(folder: Path) -> tuple[Path, ...] | None:
    """The jars as remembered, if each is there in its size and ends as a zip file does."""
    try:
        sizes: dict[str, int] = json.loads((folder / "jars.json").read_text(encoding="utf-8"))
        jars = {folder / name: size for name, size in sizes.items()}
        whole = all(jar.stat().st_size == size and zipfile.is_zipfile(jar) for jar, size in jars.items())
    except (OSError, ValueError, AttributeError):
        return None
    return tuple(jars) if jars and whole else None


def _remember(jars: Iterable[Path], folder: Path) -> None:
    sizes = {jar.relative_to(folder).as_posix(): jar.stat().st_size for jar in jars}
    (folder / "jars.json").write_text(json.dumps(sizes, indent=0), encoding="utf-8")


def _discard_broken(folder: Path) -> None:
    """Delete what an interrupted fetch left behind: jgo takes a file that is there for a whole one."""
    for file in folder.rglob("*"):
        if (file.suffix == ".jar" and not _sound(file)) or (file.suffix == ".pom" and not _ends(file)):
            file.unlink()


def _sound(jar: Path) -> bool:
    try:
        with zipfile.ZipFile(jar) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        return False


def _ends(pom: Path) -> bool:
    return pom.read_bytes().rstrip().endswith((b"</project>", b"-->"))


def _fetch(version: str, folder: Path, watch: Watch) -> tuple[Path, ...]:
    maven, config, constants = needed("jgo.maven", "jgo.config", "jgo.constants")
    seen = 0

    @contextmanager
    def count(*_: object) -> Iterator[Callable[[int], None]]:
        nonlocal seen
        seen += 1
        watch(seen, None)
        yield lambda _bytes: None

    folder.mkdir(parents=True, exist_ok=True)
    # A repository of the user's jgo.conf may stand in for Maven Central under its name.
    remote = {"central": constants.MAVEN_CENTRAL_URL, **config.GlobalSettings.load().repositories}
    context = maven.MavenContext(
        resolver=maven.PythonResolver(progress_callback=count),
        repo_cache=folder,
        remote_repos=remote,
        timeout=_TIMEOUT,
    )
    wanted = [context.create_dependency(artefact.format(version=version)) for artefact in ARTEFACTS]
    given, others = context.resolver.resolve(wanted)
    artifacts = [found.artifact for found in (*given, *others) if found.scope in _RUNTIME]
    context.resolver.progress_callback = None
    return _download(artifacts, watch)


def _download(artifacts: list[Any], watch: Watch) -> tuple[Path, ...]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        fetches = [pool.submit(artifact.resolve) for artifact in artifacts]
        try:
            for done, fetch in enumerate(as_completed(fetches), start=1):
                fetch.result()
                watch(done, len(fetches))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return tuple(dict.fromkeys(fetch.result() for fetch in fetches))


@contextmanager
def _told(version: str, folder: Path) -> Iterator[None]:
    """Turn what goes wrong while fetching into one sentence."""
    (requests,) = needed("requests")
    try:
        yield
    except requests.RequestException as error:
        raise StoreError(
            N_("Neo4j {version} has to be fetched first, and Maven Central cannot be reached."),
            hint=N_("Check the network and run it again: what was fetched is kept."),
            version=version,
        ) from error
    except OSError as error:
        raise StoreError(
            N_("The jars of Neo4j cannot be kept in {folder}: {reason}."),
            hint=N_("Make room there, and make the folder writable."),
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    except ParseError as error:
        raise StoreError(
            N_("What was fetched of Neo4j {version} is broken."),
            hint=N_("Run `graphcrm neo4j up --fetch-again`, or delete {folder}."),
            version=version,
            folder=folder,
        ) from error
    except (RuntimeError, ValueError) as error:
        raise StoreError(
            N_("Maven Central does not have Neo4j {version}, or not all it needs."),
            hint=N_("Check the version; without --version it is {default}."),
            version=version,
            default=DEFAULT_VERSION,
        ) from error
