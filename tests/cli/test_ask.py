"""``graphcrm account ask``: the questions a library call gives, in every form."""

import pytest
from bundles import Customer, facts_of
from cli.terminal import BUNDLES, GOLDEN, Cli, read_json
from rich.cells import cell_len

from graphcrm.graph.build import build_graph
from graphcrm.i18n import LANGUAGES
from graphcrm.services.ask import ask


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-9.json")
    return cli


def accounts(number: int = 9) -> list[str]:
    return [a["id"] for a in read_json(GOLDEN / f"account-{number}.json")["accounts"]]


def test_json_and_csv_are_what_python_gives(loaded: Cli) -> None:
    facts = facts_of(read_json(GOLDEN / "account-9.json"))
    for account in accounts():
        asked = ask(build_graph(facts, account), facts)
        document = loaded.json("account", "ask", account)
        assert document["width"] == asked.width
        assert document["risk"] == loaded.json("account", "show", account)["risk"]
        rows = loaded.csv("account", "ask", account)
        assert len(document["questions"]) == len(rows) == len(asked.questions)
        for q, said, row in zip(asked.questions, document["questions"], rows, strict=True):
            assert (said["id"], said["question"], said["ask"]) == (q.id, str(q.message), q.ask)
            assert [tuple(end["risk"]) for end in said["ends"]] == [end.risk for end in q.ends]
            assert (row["id"], float(row["narrows"]), row["ask"]) == (q.id, q.narrows, q.ask or "")
            assert [float(row[f"one_risk.{end}"]) for end in ("low", "high")] == list(q.ends[0].risk)
            assert float(row["width_now"]) == asked.width


def vague() -> Customer:
    """One of each kind of question, and names as long as they come."""
    customer = Customer(owner="o", name="Customer").employee("o", level=1).employee("e", captured=False)
    customer.seat("s", "p", title="Chief of everything there is to decide", level=1, roles=["decider"])
    customer.seat("t", "q", "neutral").seat("v", "r", "coach", roles=["decider"], level=2)
    customer.tie("o", "p").tie("e", "p", None, trust_holder="unknown").tie("o", "q", 0.5).tie("o", "r", 0.3)
    return customer


def test_the_table_asks_and_says_whom_and_what_then(cli: Cli) -> None:
    cli.load(vague().document)
    lines = [" ".join(line.split()) for line in cli("account", "ask", "A").out.splitlines()]
    assert lines[0] == "Customer A"
    assert lines[1].startswith("Risk ")
    text = " ".join(lines)
    for said in ("What is P's attitude to us?", "Which part has T (Q) in decisions?", "none: risk",
                 "opponent: risk", "coach: risk", "How well does E know P today?", "0%: risk"):  # fmt: skip
        assert said in text
    assert "Narrower by: points" in text


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("GRAPHCRM_LANG", lang)
    for number, bundle in enumerate(BUNDLES[:3]):
        document = read_json(bundle)
        for kind in ("accounts", "contacts", "employees"):
            for record in document.get(kind, []):
                record["name"] = (
                    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbaugesellschaft 中华人民"
                )
        store = cli.store(f"{number}.db")
        cli.load(document, "--store", store)
        for account in document["accounts"]:
            out = cli("account", "ask", account["id"], "--store", store).out
            assert [line for line in out.splitlines() if cell_len(line.rstrip()) > width] == []


def test_where_nothing_is_known_it_says_what_to_enter_first(cli: Cli) -> None:
    cli.load(Customer().seat("s", "p").document)
    document = cli.json("account", "ask", "A")
    assert (document["risk"], document["width"], document["questions"]) == ([0.0, 100.0], 100.0, [])
    assert document["first"] in " ".join(cli("account", "ask", "A").out.split())
    assert "enter who of us knows somebody here" in document["first"]
    assert cli.csv("account", "ask", "A") == []


def test_where_nothing_is_unknown_it_says_so(cli: Cli) -> None:
    customer = Customer(mechanisms_complete=True).employee("e", level=1)
    cli.load(customer.seat("s", "p", "coach", level=1, roles=["decider"]).tie("e", "p").document)
    assert "Nothing that the method counts as unknown" in cli("account", "ask", "A").out


@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_an_account_that_is_not_there_is_refused(loaded: Cli, format_: str) -> None:
    assert "No account has the id 'Q'" in loaded("account", "ask", "Q", "--format", format_, code=2).err


def test_an_empty_store_is_told(cli: Cli) -> None:
    assert cli("account", "ask", "A", code=3).err
    cli.load({"as_of": "2026-06-30"})
    assert "No account has the id 'A'" in cli("account", "ask", "A", code=2).err
