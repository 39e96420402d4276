"""The structure of an account, as ``graphcrm account show`` prints it, in every format."""

import json

import pytest
from bundles import Customer, facts_of
from cli.terminal import GOLDEN, Cli, read_json
from known_graphs import FLORENCE, account_of

from graphcrm import build_graph, structure


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-2.json")
    return cli


def block(out: str) -> list[str]:
    """The lines under the title, without the ones after it."""
    lines = out.splitlines()
    start = lines.index("Structure, as far as it is proven")
    return lines[start + 1 :]


def test_json_holds_the_structure_that_python_computes(loaded: Cli) -> None:
    facts = facts_of(read_json(GOLDEN / "account-2.json"))
    for account in facts.accounts:
        found, shown = structure(build_graph(facts, account)), loaded.json("account", "show", account)
        assert found is not None
        expected = json.loads(found.model_dump_json())
        for key in expected.keys() - {"reasons"}:
            assert shown["structure"][key] == expected[key]
        assert shown["structure"]["reasons"] == {name: str(why) for name, why in found.reasons.items()}


def test_csv_states_the_same_figures_a_row_each(loaded: Cli) -> None:
    rows = {row["measure"]: row for row in loaded.csv("account", "show", "A1")}
    shown = loaded.json("account", "show", "A1")["structure"]
    assert float(rows["structure.ownership.hhi"]["value"]) == shown["ownership"]["hhi"]
    worst = shown["worst_departures"]["1"]
    assert float(rows["structure.worst_departures.1.value"]["value"]) == worst["value"]
    assert rows["structure.worst_departures.1.sets.1.1"]["value"] == worst["sets"][0][0]
    low, high = shown["counterparts"]["matched"]
    assert [int(rows["structure.counterparts.matched"][end]) for end in ("low", "high")] == [low, high]


def test_the_table_names_the_key_players_and_the_thread(cli: Cli) -> None:
    customer = account_of(FLORENCE, {"e1": ["Pazzi"], "e2": ["Pazzi"]}, both_ways=True)
    cli.load(customer.document)
    lines = block(cli("account", "show", "A").out)
    said = {line[:16].strip(): line[16:].strip() for line in lines if line[:16].strip()}
    assert said["Key players"] == "Of their seats' pairs 38 % apart without MEDICI"
    assert said["One thread"] == "SALVIATI: E1, E2 all come through HOLDER OF PAZZI"
    assert said["Bus factor"] == "2 of ours must leave before half of what is reached goes."


def test_what_is_undefined_says_why_and_an_unobserved_account_has_no_structure(cli: Cli) -> None:
    cli.load(Customer().seat("s", "p", weight=1).tie("e", "p", "none").account("B").document)
    lines = " ".join(block(cli("account", "show", "A").out))
    assert "No seat known to have weight has a live tie." in lines
    assert "Nobody of ours has a proven route to a seat that has weight." in lines
    assert "Structure" not in cli("account", "show", "B").out
    assert "structure" not in cli.json("account", "show", "B")
