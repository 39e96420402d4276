"""``graphcrm why``: trees on a terminal, as JSON and as CSV."""

import re

import auditor
import pytest
from bundles import Customer, day
from cli.terminal import GOLDEN, Cli
from rich.cells import cell_len

from graphcrm.i18n import LANGUAGES


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-2.json")
    return cli


def test_the_verdicts_and_the_risk_agree_with_the_account(loaded: Cli) -> None:
    for account in ("A0", "A1", "A2"):
        shown = loaded.json("account", "show", account)
        trees = {tree["id"]: tree for tree in loaded.json("why", account)["trees"]}
        assert trees["three_dimensional"]["value"] == shown["three_dimensional"]
        assert trees["adequate"]["value"] == shown["adequate"]
        assert [round(end, 6) for end in trees["risk"]["value"]] == shown["risk"]


def test_the_json_to_the_deepest_is_enough_to_recompute_it(loaded: Cli) -> None:
    for asked in (
        (),
        ("--axis", "key_points"),
        ("--seat", "A0.s0"),
        ("--risk",),
        ("--figure", "bus_factor"),
    ):
        document = loaded.json("why", "A0", *asked, "--depth", 100)
        assert document["trees"]
        assert [line for tree in document["trees"] for line in auditor.faults(tree)] == []


def test_every_finding_of_an_account_is_explained(loaded: Cli) -> None:
    for finding in loaded.json("account", "show", "A0")["findings"]:
        (tree,) = loaded.json("why", "A0", "--finding", finding["identity"])["trees"]
        assert tree["value"] == "proven"
        assert finding["text"] in tree["text"]


def test_the_table_says_what_how_and_from_where(cli: Cli) -> None:
    customer = Customer(mode="enterprise").seat("s1", "p1", "coach", roles=["decider"], level=1)
    cli.load(customer.tie("e1", "p1", "in_depth", by="ann", source="notes", recorded_at=day(-1)).document)
    out = cli("why", "A", "--figure", "reach/s1", "--depth", 9).out
    text = re.sub(r"[│├└─\s]+", " ", out)
    assert "Reach of S1 (P1): 75 % = the largest of" in text
    assert "By the method pack: 20 % [reach.live]" in text
    assert "in_depth ‹ties e1|p1|2026-06-30" in text
    assert "by ann, from notes, recorded 2026-06-29›" in text
    assert "Scores are no basis for judging an employee." in text


def test_the_greatest_come_first_and_the_rest_is_counted(cli: Cli) -> None:
    customer = Customer()
    for i in range(12):
        customer.seat(f"s{i:02}", f"p{i}", "coach", weight=(i + 1) / 100).tie("e", f"p{i}")
    cli.load(customer.document)
    out = cli("why", "A", "--figure", "key_points").out
    assert re.findall(r"S\d\d(?= \(P\d+\): \S+ %, weight)", out) == [
        "S11",
        "S10",
        "S09",
        "S08",
        "S07",
        "S06",
    ]
    assert "… and 6 more: `--all` shows them." in out
    whole = cli("why", "A", "--figure", "key_points", "--all").out
    assert len(re.findall(r"S\d\d(?= \(P\d+\): \S+ %, weight)", whole)) == 12
    assert "more:" not in whole


def test_depth_is_how_many_levels_are_shown(loaded: Cli) -> None:
    shallow, deep = (loaded("why", "A0", "--risk", "--depth", n).out for n in (1, 3))
    assert len([line for line in shallow.splitlines() if line.startswith(("├── ", "└── "))]) == 5
    assert len(deep.splitlines()) > len(shallow.splitlines())
    assert "▸" in shallow
    assert "--depth" in loaded("why", "A0", "--depth", 0, code=2).err


def test_the_csv_has_a_row_a_node_and_numbers_in_two_cells(loaded: Cli) -> None:
    rows = loaded.csv("why", "A0", "--risk", "--depth", 2)
    document = loaded.json("why", "A0", "--risk", "--depth", 2)
    nodes = [node for tree in document["trees"] for node in auditor.nodes(tree)]
    assert [row["id"] for row in rows] == [node["id"] for node in nodes]
    assert [float(rows[0][f"value.{end}"]) for end in ("low", "high")] == nodes[0]["value"]
    assert {row["level"] for row in rows} == {"0", "1", "2"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_a_deep_tree_is_wider_than_the_terminal(loaded: Cli, lang: str) -> None:
    for account in ("A0", "A1", "A2"):
        out = loaded("why", account, "--depth", 9, "--lang", lang).out
        assert [line for line in out.splitlines() if cell_len(line.rstrip()) > 80] == []
        assert not re.search(r"(Interval|Message|Words|Part|Pair)\(|[{}]", out)


@pytest.mark.parametrize(
    "asked",
    [
        ("--axis", "x"),
        ("--seat", "x"),
        ("--finding", "x"),
        ("--figure", "x"),
        ("--risk", "--axis", "breadth"),
    ],
)
@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_what_is_not_there_is_an_error_and_nothing_else(
    loaded: Cli, asked: tuple[str, ...], format_: str
) -> None:
    ran = loaded("why", "A0", *asked, "--format", format_, code=2)
    assert len(ran.err.strip().splitlines()) >= 2


def test_an_account_that_is_not_there_is_refused(loaded: Cli) -> None:
    assert "No account has the id 'Q'" in loaded("why", "Q", code=2).err


def test_an_unobserved_account_says_why_it_could_be_anything(cli: Cli) -> None:
    cli.load(Customer().seat("s", "p", roles=["decider"]).document)
    out = cli("why", "A").out
    assert "Risk: 0–100" in out
    assert "(nothing on record)" in re.sub(r"[│├└─\s]+", " ", out)


def test_a_name_stands_as_it_is_on_record_and_a_sentence_starts_with_a_capital(cli: Cli) -> None:
    customer = Customer().seat("s", "p", "coach", title="van Dijk's chair", weight=1).tie("e", "p")
    cli.load(customer.document)
    lines = cli("why", "A", "--seat", "s", "--depth", 1).out.splitlines()
    assert any(line.startswith("van Dijk's chair (P): 100 %") for line in lines)
    assert any(line.startswith("Only route to van Dijk's chair (P): e ") for line in lines)
