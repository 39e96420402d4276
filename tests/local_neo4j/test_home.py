"""A server's folder: what it is for, its password, its configuration."""

import re
import stat
from pathlib import Path

import pytest

from graphcrm.errors import InputError, StoreError
from graphcrm.store.local_neo4j import LocalNeo4j, homes
from graphcrm.store.local_neo4j.home import Home, Made
from graphcrm.store.local_neo4j.versions import Line

MADE = Made("5.26", "5.26.30", 7687, 7474)


def test_the_password_is_long_new_each_time_and_readable_by_the_user_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first, second = home.make_password(), home.make_password()
    assert re.fullmatch("[0-9a-f]{48}", first)  # nothing in it means anything to a shell or a tool
    assert first != second == home.password()
    assert stat.S_IMODE(home.password_file.stat().st_mode) == 0o600


def test_the_configuration_listens_on_loopback_only_and_advertises_its_own_ports(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.remember(Made("5.26", "5.26.30", 17687, 17474))
    lines = (home.conf / "neo4j.conf").read_text(encoding="utf-8").splitlines()
    addresses = {
        key: value for key, _, value in (line.partition("=") for line in lines) if "address" in key
    }
    assert addresses == {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": "127.0.0.1:17687",
        "server.bolt.advertised_address": "127.0.0.1:17687",
        "server.http.listen_address": "127.0.0.1:17474",
        "server.http.advertised_address": "127.0.0.1:17474",
    }
    assert {"db.tx_log.preallocate=false", "dbms.usage_report.enabled=false"} <= set(lines)


def test_a_home_of_another_line_is_refused_with_the_version_that_made_it(tmp_path: Path) -> None:
    Home(tmp_path).remember(MADE)
    with pytest.raises(StoreError, match=r"was made by Neo4j 5\.26; 2026 cannot use it") as refused:
        LocalNeo4j(tmp_path).up("2026.08.1")
    assert "--version 5.26.30" in str(refused.value.hint)


def test_a_neo4j_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data" / "databases").mkdir(parents=True)
    with pytest.raises(StoreError, match="did not make"):
        LocalNeo4j(tmp_path).up("5.26.30")
    assert not (tmp_path / "conf").exists()


def test_a_home_that_cannot_be_made_is_told_with_the_variable_that_moves_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written to") as refused:
        LocalNeo4j(tmp_path / "file" / "home").up("5.26.30")
    assert "GRAPHCRM_NEO4J_HOME" in str(refused.value.hint)


def test_a_lost_password_file_is_told_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="password file") as refused:
        Home(tmp_path).password()
    assert "Write the server's password into it" in str(refused.value.hint)


@pytest.mark.parametrize(
    "version", ["5.26", "4.4.1", "5.27.0", "2026.8.1", "2025.01.0", "latest", "", "5.26.30/"]
)
def test_versions_of_no_known_line_are_bad_input(version: str) -> None:
    with pytest.raises(InputError, match="not of a line"):
        Line.of(version)


def test_homes_are_those_that_were_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert homes(tmp_path) == ()
    Home(tmp_path).remember(MADE)
    assert homes(tmp_path) == (tmp_path,)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert tmp_path not in homes()
