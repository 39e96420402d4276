"""Answers: the golden figures, and what the command line says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from api_client import GOLDEN
from bundles import TODAY, Customer, differences
from fastapi.testclient import TestClient

from graphcrm.cli.app import run

EXPECTED = sorted(GOLDEN.glob("*.expected.json"))
Golden = Callable[[int], TestClient]
Over = Callable[[str], TestClient]


def printed(capsys: pytest.CaptureFixture[str], store: Path, *command: str) -> Any:
    """What the command line prints as JSON."""
    capsys.readouterr()
    assert run([*command, "--store", f"sqlite:///{store.as_posix()}", "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def agree(said: Any, answered: Any) -> bool:
    """Whether an answer is what was printed, an int an int and a float a float."""
    if isinstance(said, dict):
        return said.keys() == answered.keys() and all(agree(said[key], answered[key]) for key in said)
    if isinstance(said, list):
        return len(said) == len(answered) and all(map(agree, said, answered))
    return type(said) is type(answered) and said == answered


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.name.removesuffix(".expected.json"))
def test_every_golden_figure_comes_over_http(golden: Golden, path: Path) -> None:
    number, _, known_at = path.name.removesuffix(".expected.json").partition(".known-at-")
    expected = json.loads(path.read_text(encoding="utf-8"))
    client, query = golden(int(number.removeprefix("account-"))), {"known_at": known_at} if known_at else {}
    assert {row["account"] for row in client.get("/v1/accounts", params=query).json()} == expected.keys()
    for account, figures in expected.items():
        got = client.get(f"/v1/accounts/{account}", params=query).json()
        assert differences(got, figures) == []
        risk = client.get(f"/v1/accounts/{account}/risk", params=query).json()
        for key in ("risk", "risk_contributions", "dependence", "revenue_at_risk"):
            assert differences({key: risk[key]}, {key: figures.get(key)}) == []


@pytest.mark.parametrize("number", [1, 2, 8])
def test_the_command_line_prints_the_same(
    golden: Golden, stores: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    client, store = golden(number), stores / f"golden-{number}.db"
    rows = client.get("/v1/accounts").json()
    assert agree(printed(capsys, store, "account", "list"), rows)
    for row in rows:
        account = row["account"]
        shown = client.get(f"/v1/accounts/{account}").json()
        assert agree(printed(capsys, store, "account", "show", account), shown)
        asked = client.get(f"/v1/accounts/{account}/questions").json()
        assert agree(printed(capsys, store, "account", "ask", account), asked)
        before = client.get(f"/v1/accounts/{account}", params={"as_of": "2026-03-31"}).json()
        assert agree(printed(capsys, store, "account", "show", account, "--as-of", "2026-03-31"), before)
        leaves = [*shown.get("departure_loss", {})][:2]
        if leaves:
            gone = client.post(f"/v1/accounts/{account}/what-if", json={"leaves": leaves}).json()
            options = [part for employee in leaves for part in ("--leaves", employee)]
            assert agree(printed(capsys, store, "what-if", account, *options), gone)


def test_an_unobserved_account_has_no_measures_and_says_why(over: Over) -> None:
    client = over(json.dumps(Customer(annual_revenue=5, currency="CNY").document))
    shown = client.get("/v1/accounts/A").json()
    assert shown["observed"] is False
    assert shown["risk"] == [0.0, 100.0]
    assert "key_points" not in shown
    assert shown["findings"][0]["rule"] == "nothing_known"
    risk = client.get("/v1/accounts/A/risk").json()
    assert (risk["risk_contributions"], risk["dependence"], risk["revenue_at_risk"]) == (None, None, None)
    assert risk["reasons"].keys() == {"observed"}
    (row,) = client.get("/v1/accounts").json()
    assert (row["observed"], row["three_dimensional"], row["breadth"]) == (False, None, None)


def test_both_faces_tell_what_may_be_won_at_an_account(
    over: Over, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A is seen, B is not; the sums are worked out by hand."""
    customer = Customer().account("B").seat("s", "p").tie("e", "p")
    for name, account, amount, currency in (
        ("o1", "A", 60.0, "USD"),
        ("o2", "A", 15.0, "USD"),
        ("o3", "A", 1.0, "EUR"),
        ("o4", "B", 7.0, "USD"),
    ):
        customer.state("opportunities", id=name, account=account, amount=amount, currency=currency)
    client = over(json.dumps(customer.document))
    seen, unseen = (client.get(f"/v1/accounts/{account}").json() for account in "AB")
    assert (seen["observed"], unseen["observed"]) == (True, False)
    opened = seen["open_opportunities"]
    assert opened["by_currency"] == {"EUR": [1.0, 1.0], "USD": [75.0, 75.0]}
    assert opened["total"] is None
    assert opened["why_apart"] == "The method pack names no currency to convert to."
    assert unseen["open_opportunities"]["total"] == [7.0, 7.0]
    assert unseen["open_opportunities"]["currency"] == "USD"
    gone = client.post("/v1/accounts/A/what-if", json={"leaves": ["e"]}).json()
    assert gone["before"]["open_opportunities"] == gone["after"]["open_opportunities"] == opened
    for shown in (seen, unseen):
        assert agree(printed(capsys, tmp_path / "own.db", "account", "show", shown["account"]), shown)


def test_a_what_if_that_removes_everyone_is_answered(golden: Golden) -> None:
    client = golden(1)
    answer = client.post("/v1/accounts/G1/what-if", json={"leaves": ["Li", "Wang", "Li"]})
    assert answer.status_code == 200
    told = answer.json()
    assert told["leaves"] == ["Li", "Wang"]
    shown = client.get("/v1/accounts/G1").json()
    assert told["before"] == {key: part for key, part in shown.items() if key != "structure"}
    after = told["after"]
    assert after["observed"] is True
    assert after["departure_loss"] == {}
    assert after["breadth"] == [0.0, 0.0]
    assert after["risk"][1] >= told["before"]["risk"][1]
    assert after["answer"]


def test_a_what_if_of_every_kind_is_what_the_command_line_says(
    golden: Golden, stores: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = golden(1).post(
        "/v1/accounts/G1/what-if",
        json={
            "contact_leaves": ["p4"],
            "handovers": [{"giver": "Li", "taker": "Wang"}],
            "new_ties": [{"employee": "Wang", "contact": "p1", "strength": 0.6}],
            "date": "2026-09-30",
        },
    )
    assert answer.status_code == 200
    options = (
        "--contact-leaves", "p4", "--handover", "Li:Wang", "--new-tie", "Wang:p1=.6",
        "--date", "2026-09-30",
    )  # fmt: skip
    store = stores / "golden-1.db"
    assert agree(printed(capsys, store, "what-if", "G1", *options), answer.json())


def test_a_what_if_of_another_day_and_language_is_asked_as_any_review(golden: Golden) -> None:
    client = golden(1)
    query = {"as_of": "2026-06-29", "known_at": "2026-06-30", "lang": "zh"}
    told = client.post("/v1/accounts/G1/what-if", params=query, json={"date": "2026-06-30"}).json()
    for side, day in (("before", "2026-06-29"), ("after", "2026-06-30")):
        shown = client.get("/v1/accounts/G1", params={**query, "as_of": day}).json()
        shown.pop("structure", None)  # a what-if has none
        assert told[side] == shown


def test_an_employees_exposure_is_what_the_accounts_say(golden: Golden) -> None:
    client = golden(2)
    accounts = {r["account"]: client.get(f"/v1/accounts/{r['account']}").json() for r in
                client.get("/v1/accounts").json()}  # fmt: skip
    employees = {e for a in accounts.values() for e in a.get("shape_without", {})}
    assert employees
    for employee in employees:
        told = client.get(f"/v1/employees/{employee}/exposure").json()
        assert told["present"] is True
        listed = {a["account"]: a for a in told["accounts"]}
        assert listed.keys() == {i for i, a in accounts.items() if employee in a.get("shape_without", {})}
        for account, exposed in listed.items():
            whole = accounts[account]
            without = client.post(f"/v1/accounts/{account}/what-if", json={"leaves": [employee]}).json()
            assert exposed["departure_loss"] == whole["departure_loss"].get(employee)
            assert exposed["sole_routes"] == [s for s, e in whole["sole_route"].items() if e == employee]
            assert exposed["revenue_at_risk"] == (whole["revenue_at_risk"] or {}).get(employee)
            for verdict in ("three_dimensional", "adequate"):
                assert exposed[verdict] == whole[verdict]
                assert exposed[f"{verdict}_without"] == without["after"][verdict]
            undefined = {k for k in ("departure_loss", "revenue_at_risk") if exposed[k] is None}
            assert exposed["reasons"].keys() == undefined
            assert all(exposed["reasons"].values())
        highs = [(a["departure_loss"] or [0, -1])[1] for a in told["accounts"]]
        assert highs == sorted(highs, reverse=True)


def test_who_only_owns_a_mechanism_is_exposed_without_a_loss(over: Over) -> None:
    customer = Customer(annual_revenue=5, currency="CNY").seat("s", "p", roles=["decider"], level=1)
    customer.tie("e", "p").employee("owner", function="executive")
    customer.mechanism("m", "steering_committee", our_owners=["owner"], cadence_days=90, held=[TODAY])
    told = over(json.dumps(customer.document)).get("/v1/employees/owner/exposure").json()
    (exposed,) = told["accounts"]
    assert exposed["departure_loss"] is None
    assert exposed["reasons"].keys() == {"departure_loss", "revenue_at_risk"}
    assert exposed["sole_routes"] == []


def test_who_has_left_is_known_and_exposes_nothing(over: Over) -> None:
    customer = Customer().employee("gone", valid_to="2026-01-01").seat("s", "p").tie("gone", "p")
    told = over(json.dumps(customer.document)).get("/v1/employees/gone/exposure").json()
    assert (told["present"], told["accounts"], told["name"]) == (False, [], "GONE")


@pytest.mark.parametrize(
    "odd", ["DE/4711", "100 %", "a/risk", "A%2FB", "寰宇 水泥", "x?y#z", "ü", "a.html"]
)
def test_any_id_can_be_asked_for(over: Over, odd: str) -> None:
    customer = Customer().seat("s", "p")
    customer.document["accounts"][0]["id"] = customer.document["seats"][0]["account"] = odd
    customer.tie(odd, "p")
    client = over(json.dumps(customer.document))
    quoted = "".join(f"%{byte:02X}" for byte in odd.encode())
    for path in (f"/v1/accounts/{quoted}", f"/v1/accounts/{quoted}/risk"):
        assert client.get(path).json()["account"] == odd
    assert client.post(f"/v1/accounts/{quoted}/what-if", json={"leaves": [odd]}).json()["leaves"] == [odd]
    assert client.get(f"/v1/employees/{quoted}/exposure").json()["employee"] == odd
