"""``graphcrm db copy``, ``export DIR``, ``restore`` and ``check``, as a user runs them."""

import json
import sqlite3
import sys
from contextlib import closing

import pytest
from cli.terminal import DAY, GOLDEN, Cli, read_json
from rich.cells import cell_len
from store_neo4j import the_server, wipe

TWO = GOLDEN / "account-2.json"
COUNTS = ("imports", "versions", "audits", "reviews")


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    """A store with two imports and an audit."""
    cli.load(TWO)
    cli("audit", "run")
    changed = read_json(TWO)
    changed["accounts"][0]["name"] = "Renamed"
    cli.load(changed)
    return cli


def versions(cli: Cli) -> int:
    with closing(sqlite3.connect(cli.folder / "store.db")) as raw:
        ((count,),) = raw.execute("SELECT count(*) FROM version")
    return int(count)


def answers(cli: Cli, *store: str) -> list[str]:
    return [
        cli(*command, *store).out
        for command in (
            ("account", "show", "A0", "--format", "json"),
            ("account", "show", "A0", "--known-at", "2026-01-01", "--format", "json"),
            ("audit", "show", "1", "--format", "json"),
            ("audit", "list", "--format", "json"),
            ("db", "export", "--bundle"),
        )
    ]


def test_a_copy_answers_as_its_original(loaded: Cli) -> None:
    copy = loaded.store("copy.db")
    out = loaded("db", "copy", loaded.store("store.db"), copy).out
    assert out.splitlines() == [
        f"Copied into {copy}.",
        f"Imports: 2, versions: {versions(loaded)}, audits: 1 with 3 reviews.",
    ]
    assert answers(loaded, "--store", copy) == answers(loaded)


def test_an_archive_is_restored_to_what_it_was_made_of(loaded: Cli) -> None:
    made = loaded.json("db", "export", "archive")
    assert made == {
        "imports": 2, "versions": versions(loaded), "audits": 1, "reviews": 3, "latest_as_of": DAY
    }  # fmt: skip
    again = loaded.store("new/again.db")
    assert loaded.json("db", "restore", "archive", "--store", again) == made
    assert answers(loaded, "--store", again) == answers(loaded)
    (row,) = loaded.csv("db", "export", "-o", "other")
    assert {name: int(row[name]) for name in COUNTS} == {name: made[name] for name in COUNTS}


def test_what_it_was_told_it_says_in_words(loaded: Cli) -> None:
    assert loaded("db", "export", "archive").out.startswith("Wrote archive.\n")
    again = loaded.store("again.db")
    out = loaded("db", "restore", "archive", "--store", again).out
    assert out.startswith(f"Restored into {again}.\n")


@pytest.mark.parametrize("command", [("copy", "sqlite:///absent.db"), ("restore", "absent")])
def test_nothing_is_made_where_there_is_nothing_to_take(cli: Cli, command: tuple[str, str]) -> None:
    what, source = command
    target = (cli.store("new.db"),) if what == "copy" else ("--store", cli.store("new.db"))
    err = cli("db", what, source, *target, code=3 if what == "copy" else 2).err
    assert "There is no " in err
    assert list(cli.folder.iterdir()) == []


def test_a_damaged_archive_makes_no_store(loaded: Cli) -> None:
    loaded("db", "export", "archive")
    (loaded.folder / "archive" / "reviews.parquet").unlink()
    err = loaded("db", "restore", "archive", "--store", loaded.store("new.db"), code=2).err
    assert "reviews.parquet of the archive is missing" in err
    assert not (loaded.folder / "new.db").exists()


def test_a_store_that_holds_data_is_refused_and_stays_as_it_was(loaded: Cli) -> None:
    before = answers(loaded)
    loaded("db", "export", "archive")
    here = loaded.store("store.db")
    for command in (("copy", here, here), ("restore", "archive")):
        assert "holds data already; nothing was written" in loaded("db", *command, code=3).err
    assert answers(loaded) == before


def test_an_archive_of_a_day_is_refused(loaded: Cli) -> None:
    for option in ("--as-of", "--known-at"):
        err = loaded("db", "export", "archive", option, DAY, code=2).err
        assert "An archive holds every day there is." in err
    assert not (loaded.folder / "archive").exists()


def test_a_day_from_the_environment_is_no_reason_to_refuse(
    loaded: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPHCRM_AS_OF", DAY)
    loaded("db", "export", "archive")


def test_without_pyarrow_it_says_what_to_install(loaded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for command in (("export", "archive"), ("restore", "archive")):
        err = loaded("db", *command, code=2).err
        assert 'pip install "graphcrm[parquet]"' in err


@pytest.mark.parametrize("url", ["neo4j://ana:sesam@127.0.0.1:1", "bolt://ana:se@sam@127.0.0.1:1"])
def test_passwords_in_urls_are_not_shown(cli: Cli, url: str) -> None:
    cli.load(TWO)
    for command in ((url, cli.store("new.db")), (cli.store("store.db"), url)):
        ran = cli("db", "copy", *command, code=3)
        assert "sam" not in ran.err
        assert "ana" not in ran.err
        assert "127.0.0.1:1" in ran.err


# Checking


def test_a_sound_store_is_told_so(loaded: Cli) -> None:
    out = loaded("db", "check").out
    assert out.startswith(loaded.store("store.db") + "\n")
    assert "The store is sound." in out
    assert max(map(len, out.splitlines()[1:])) <= 80
    document = loaded.json("db", "check")
    assert (document["store"], document["sound"]) == (loaded.store("store.db"), True)
    assert [check["check"] for check in document["checks"]] == [
        "schema", "imports", "versions", "succession", "records", "references", "audits", "reviews",
        "file", "pointing",
    ]  # fmt: skip
    assert {check["problems"] for check in document["checks"]} == {0}
    rows = loaded.csv("db", "check")
    assert [(row["check"], row["problem"]) for row in rows] == [
        (c["check"], "") for c in document["checks"]
    ]


def test_a_store_that_is_not_sound_ends_with_1_and_says_what_helps(loaded: Cli) -> None:
    with closing(sqlite3.connect(loaded.folder / "store.db")) as raw:
        raw.execute("DELETE FROM reference WHERE seq = (SELECT min(seq) FROM reference)")
        raw.commit()
    out = loaded("db", "check", code=1, beside=True).out
    assert "The store is not sound." in out
    assert "`graphcrm db copy`" in " ".join(out.split())
    document = json.loads(loaded("db", "check", "--format", "json", code=1, beside=True).out)
    (broken,) = [check for check in document["checks"] if check["problems"]]
    assert (document["sound"], broken["check"]) == (False, "pointing")
    assert {"place", "problem", "cure"} == set(broken["first"][0])
    rows = loaded("db", "check", "--format", "csv", code=1, beside=True).csv
    assert [row["place"] for row in rows if row["problem"]] == [p["place"] for p in broken["first"]]


def test_both_languages_fit_a_terminal(loaded: Cli) -> None:
    for lang in ("en", "zh"):
        lines = loaded("--lang", lang, "db", "check").out.splitlines()
        assert max(map(cell_len, lines[1:])) <= 80


@pytest.mark.neo4j
def test_between_an_embedded_store_and_neo4j(loaded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    server = the_server()
    monkeypatch.setenv("GRAPHCRM_NEO4J_USER", server.user)
    monkeypatch.setenv("GRAPHCRM_NEO4J_PASSWORD", server.password)
    wipe()
    back = loaded.store("back.db")
    loaded("db", "copy", loaded.store("store.db"), server.uri)
    assert answers(loaded, "--store", server.uri) == answers(loaded)
    assert "The store is sound." in loaded("db", "check", "--store", server.uri).out
    loaded("db", "copy", server.uri, back)
    assert answers(loaded, "--store", back) == answers(loaded)
    for store in ((), ("--store", back), ("--store", server.uri)):
        loaded.load(TWO, *store)
    assert answers(loaded, "--store", server.uri) == answers(loaded)
    assert answers(loaded, "--store", back) == answers(loaded)
