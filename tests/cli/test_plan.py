"""``graphcrm plan``: the three plans in every form, and what is refused."""

from collections import Counter

import pytest
from bundles import Customer, day, facts_of
from cli.terminal import GOLDEN, Cli, Document, read_json

from graphcrm import handover_plan, plan, rotation

DECIDER = {"roles": ["decider"], "level": 1}
STAR = {"function": "account", "level": 2, "region": "North"}


def portfolio() -> Document:
    """Star holds X alone and leaves, twin holds Y alone; other stands in for anybody."""
    customer = Customer()
    customer.document["accounts"] = []
    for account, holder in (("X", "star"), ("Y", "twin")):
        customer.account(account, region="North", annual_revenue=100.0, currency="EUR")
        customer.seat(f"{account}.s", f"{account}.p", account=account, **DECIDER)
        customer.employee(holder, **STAR).tie(holder, f"{account}.p", 0.9)
        customer.met(holder, f"{account}.p", at=f"{day(-400)}T10:00:00+00:00")
    customer.employee("other", **STAR)
    customer.document["employees"][0]["valid_to"] = day(40)
    return customer.document


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(portfolio())
    return cli


def test_json_is_what_python_says(loaded: Cli) -> None:
    facts = facts_of(portfolio())
    for command, result in (
        (("X", "--budget", "2"), plan(facts, "X", budget=2)),
        (("--leaver", "star"), handover_plan(facts, "star")),
        (("--rotate",), rotation(facts)),
    ):
        document = loaded.json("plan", *command)
        assert "caution" in document
        plain = result.model_dump(mode="json")
        for key in ("proposals", "today", "together", "moves", "leaving", "names", "begin_by", "waves"):
            assert document.get(key) == plain.get(key)


def test_the_csv_has_a_row_for_each_tie_contact_and_move(loaded: Cli) -> None:
    (tie,) = loaded.csv("plan", "X", "--budget", "1")
    assert (tie["order"], tie["employee"], tie["contact"], tie["path"]) == (
        "1",
        "other",
        "X.p",
        "other star X.p",
    )
    assert float(tie["gain"]) == 0.25
    (contact,) = loaded.csv("plan", "--leaver", "star")
    assert (contact["account"], contact["contact"], contact["successor"], contact["handed.low"]) == (
        "X", "X.p", "other", "0.5",
    )  # fmt: skip
    (move,) = loaded.csv("plan", "--rotate")
    assert (move["account"], move["employee"], move["taker"], move["wave"]) == ("Y", "twin", "other", "1")
    assert float(move["risk_meanwhile.high"]) > float(move["risk_after.high"])


def test_people_read_who_meets_whom_by_whom_and_what_it_changes(loaded: Cli) -> None:
    out = " ".join(loaded("plan", "X", "--budget", "1").out.split())
    assert "1. OTHER → X.P X.S STAR introduces. Sees to it: OTHER." in out
    assert "They raise the worth from 0.45 to 0.70 of 1.00." in out
    assert "No plan of this budget is worth more" in out
    assert "no basis for judging" in out


def test_people_read_when_to_begin_and_what_is_lost(loaded: Cli) -> None:
    out = " ".join(loaded("plan", "--leaver", "star").out.split())
    assert f"Not there any more from {day(40)} on. 90 days together mean to begin by {day(-50)}." in out
    assert "That day has passed: 40 days are left." in out
    assert "Lost meanwhile 100 %, after 44 %." in out
    assert "X.P 0.90 OTHER" in out


def test_people_read_who_takes_over_and_why_others_stay(loaded: Cli) -> None:
    out = " ".join(loaded("plan", "--rotate").out.split())
    assert "Moves: 1 in 1 waves of 90 days; without a taker: 0." in out
    assert "Leaving, so a handover comes first: STAR at Customer X." in out


def test_everybody_reads_why_nobody_takes_over(cli: Cli) -> None:
    """Star holds four accounts alone; twin, the only one who fits, takes two of them."""
    customer = Customer()
    customer.document["accounts"] = []
    for account in "VXYZ":
        customer.account(account, region="North").seat(
            f"{account}.s", f"{account}.p", account=account, **DECIDER
        )
        customer.employee("star", **STAR).tie("star", f"{account}.p", 0.9, assessed_on=day(-400))
    cli.load(customer.employee("twin", **STAR).document)
    why = "Everybody who fits takes over elsewhere already, or here from somebody else."
    assert Counter(move["reason"] for move in cli.json("plan", "--rotate")["moves"]) == {None: 2, why: 2}
    assert Counter(row["reason"] for row in cli.csv("plan", "--rotate")) == {"": 2, why: 2}
    out = " ".join(cli("plan", "--rotate").out.split())
    assert "Moves: 2 in 2 waves of 90 days; without a taker: 2." in out
    assert "all taken" in out
    assert "nobody fits" not in out
    assert why in out


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("X",),
        ("--budget", "2"),
        ("X", "--rotate"),
        ("X", "--leaver", "star"),
        ("--leaver", "star", "--rotate"),
        ("X", "--budget", "2", "--rotate"),
        ("X", "--budget", "2", "--leaver", "star"),
    ],
)
def test_two_plans_at_once_or_none_are_refused_with_the_three_there_are(
    loaded: Cli, command: tuple[str, ...]
) -> None:
    err = " ".join(loaded("plan", *command, code=2).err.split())
    for written in (
        "graphcrm plan ID --budget K",
        "graphcrm plan --leaver EMPLOYEE",
        "graphcrm plan --rotate",
    ):
        assert written in err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("X", "--budget", "-1"), "-1"),
        (("X", "--budget", "many"), "--budget"),
        (("Q", "--budget", "1"), "'Q'"),
        (("--leaver", "nobody"), "'nobody'"),
        (("--leaver", "star", "--as-of", day(40)), "'star'"),
    ],
)
def test_what_makes_no_sense_is_refused(loaded: Cli, command: tuple[str, ...], said: str) -> None:
    for format_ in ("table", "json", "csv"):
        assert said in loaded("plan", *command, "--format", format_, code=2).err


def test_an_empty_plan_says_why(loaded: Cli) -> None:
    assert "The budget is 0." in loaded("plan", "X", "--budget", "0").out
    assert loaded.json("plan", "X", "--budget", "0")["reason"] == "The budget is 0."
    assert loaded.csv("plan", "X", "--budget", "0") == []
    assert "nothing to hand over" in loaded("plan", "--leaver", "other").out
    assert "Nobody has to move" in loaded("plan", "--rotate", "--as-of", day(-300)).out


@pytest.mark.parametrize("number", [1, 2, 4, 7, 9])
def test_every_golden_account_and_employee_has_its_plans(cli: Cli, number: int) -> None:
    document = read_json(GOLDEN / f"account-{number}.json")
    cli.load(document)
    for account in document["accounts"]:
        assert account["name"] in cli("plan", account["id"], "--budget", "3").out
        cli.csv("plan", account["id"], "--budget", "3")
    for employee in document["employees"]:
        if "valid_to" not in employee and "valid_from" not in employee:
            assert cli("plan", "--leaver", employee["id"]).out
            assert cli.csv("plan", "--leaver", employee["id"]) is not None
    assert cli("plan", "--rotate").out
    assert cli.csv("plan", "--rotate") is not None
