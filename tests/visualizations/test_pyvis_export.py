"""The pyvis network: positions given, physics off, nothing dropped, its script found."""

from pathlib import Path
from typing import Any

import pytest
import pyvis

from graphcrm.policies import Policy
from graphcrm.records.relationship_map import RelationshipMap
from graphcrm.visualizations import pyvis_export
from graphcrm.visualizations.layout import map_view
from graphcrm.visualizations.pyvis_export import ScriptMissing, network_data, vis_network_script

HOUSE = Path(pyvis_export.__file__).parents[1]


@pytest.fixture
def network(handmade: RelationshipMap, policy: Policy) -> dict[str, Any]:
    return dict(network_data(map_view(handmade), policy))


def test_every_node_has_its_place_and_nothing_moves(network: dict[str, Any]) -> None:
    assert len(network["nodes"]) == 2 + 1 + 7
    assert all({"x", "y"} <= node.keys() for node in network["nodes"])
    assert network["options"]["physics"] == {"enabled": False}


def test_no_tie_is_dropped_and_each_has_its_look(network: dict[str, Any]) -> None:
    ties = {(e["from"], e["to"]): e for e in network["edges"] if e["id"].startswith("tie:")}
    assert set(ties) == {
        ("person:eva", "seat:cto"),
        ("person:noah", "seat:cfo"),
        ("person:noah", "seat:buyer"),
        ("firm", "seat:cfo"),
    }
    strong, fading, faint = (ties[key] for key in list(ties)[:3])
    assert strong["width"] > fading["width"] > faint["width"]
    assert (strong["dashes"], bool(fading["dashes"])) == (False, True)
    assert faint["color"]["opacity"] < strong["color"]["opacity"]


def test_titles_are_text(network: dict[str, Any]) -> None:
    title = next(n["title"] for n in network["nodes"] if n["id"] == "seat:cto")
    assert title.split("\n") == [
        "Cto",
        "cto",
        "Level 1",
        "Attitude: coach",
        "Reach 80\N{NO-BREAK SPACE}%",
        "Only one of our people gets through.",
    ]


def test_the_script_is_found_and_asks_for_nothing() -> None:
    script = vis_network_script()
    assert "vis-network" in script[:200]
    assert "sourceMappingURL" not in script


def test_the_newest_script_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.1.2", "10.0.1", "9.0.4"):
        (tmp_path / "lib" / f"vis-{version}").mkdir(parents=True)
        (tmp_path / "lib" / f"vis-{version}" / "vis-network.min.js").write_text(version)
    monkeypatch.setattr(pyvis, "__file__", str(tmp_path / "__init__.py"))
    assert vis_network_script() == "10.0.1"


def test_no_script_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyvis, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(ScriptMissing, match="no vis-network script") as caught:
        vis_network_script()
    assert caught.value.hint is not None


def test_one_file_knows_pyvis() -> None:
    sources = {p for p in (HOUSE / "visualizations").glob("*.py") if "import pyvis" in p.read_text("utf-8")}
    sources |= {p for p in (HOUSE / "visualizations").glob("*.py") if "from pyvis" in p.read_text("utf-8")}
    assert {p.name for p in sources} == {"pyvis_export.py"}
