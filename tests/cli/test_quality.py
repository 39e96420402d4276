"""``graphcrm quality``: gaps on a terminal, as JSON and as CSV."""

import pytest
from bundles import TODAY, Customer, Document
from cli.terminal import GOLDEN, Cli

COLUMNS = [
    "gap",
    "doubtful",
    "records",
    "of",
    "accounts",
    "decided_accounts",
    "verdicts",
    "axes",
    "what",
    "why",
]


def document() -> Document:
    """A, whose decider may be for us or not; B, of which nothing is known; somebody nobody can place."""
    customer = Customer(mode="enterprise", mechanisms_complete=True, annual_revenue=1.0, currency="EUR")
    customer.employee("e", level=1).employee("f", level=1)
    customer.seat("s", "p", level=1, roles=["decider"]).tie("e", "p").tie("f", "p").contact("stray")
    customer.account("B", mode="enterprise", annual_revenue=2.0)
    customer.state("stages", account="A", name="build")
    return customer.state(
        "mechanisms", id="m", account="A", kind="strategic_agreement", cadence_days=90, held=[TODAY],
        stage="build",
    ).document  # fmt: skip


def complete() -> Document:
    """A alone, with the attitude."""
    whole = document()
    whole["accounts"].pop()
    whole["contacts"].pop()
    told = {"subject": "p", "attribute": "attitude", "value": "coach", "valid_from": TODAY}
    return {**whole, "assertions": [told]}


def test_what_most_verdicts_hang_on_comes_first(cli: Cli) -> None:
    cli.load(document())
    result = cli.json("quality")
    assert (result["accounts"], result["account"], result["as_of"]) == (2, None, TODAY)
    assert [(g["gap"], g["verdicts"], g["axes"]) for g in result["gaps"]] == [
        ("no_seat", 4, 6),
        ("attitude_unknown", 4, 2),
        ("mechanisms_incomplete", 0, 0),
        ("currency_unknown", 0, 0),
        ("contact_outside", None, None),
    ]
    attitude = result["gaps"][1]
    assert attitude["found"] == [{"kind": "contacts", "ids": ["p"], "name": "P", "accounts": ["A"]}]
    assert attitude["touched"]["A"]["axes"] == ["shape.key_points", "meets_mode.key_points"]


def test_the_rows_of_csv_are_those_of_json_and_what_is_unknown_is_empty(cli: Cli) -> None:
    cli.load(document())
    rows = cli.csv("quality")
    assert list(rows[0]) == COLUMNS
    told = [
        {k: "" if gap[k] is None else str(gap[k]).replace("False", "false") for k in COLUMNS}
        for gap in cli.json("quality")["gaps"]
    ]
    assert rows == told


def test_one_account_names_its_records_and_the_verdicts_that_hang_on_them(cli: Cli) -> None:
    cli.load(document())
    assert [(r["gap"], r["kind"], r["id"], r["name"]) for r in cli.csv("quality", "--account", "A")] == [
        ("attitude_unknown", "contacts", "p", "P")
    ]
    out = cli("quality", "--account", "A").out
    assert "  P  p" in out
    assert "Hangs on it: three-dimensional, three-dimensional whoever leaves, adequate" in out
    assert "No seat" not in out


def test_many_records_of_one_gap_are_counted_on_a_terminal_and_all_in_csv(cli: Cli) -> None:
    customer = Customer()
    for i in range(11):
        customer.seat(f"s{i:02}", f"p{i}", roles=["user"])
    cli.load(customer.document)
    out = cli("quality", "--account", "A").out
    assert "s07" in out
    assert "s08" not in out
    assert "… and 3 more" in out
    rows = cli.csv("quality", "--account", "A")
    assert len([r for r in rows if r["gap"] == "seat_level_unknown"]) == 11


def test_where_nothing_is_missing_it_says_so(cli: Cli) -> None:
    cli.load(complete())
    assert "Nothing is missing and nothing looks doubtful." in cli("quality").out
    assert "没有缺失，也没有存疑之处。" in cli("quality", "--lang", "zh").out
    assert cli.json("quality")["gaps"] == []
    assert cli.csv("quality") == []


def test_an_account_nobody_knows_is_an_error(cli: Cli) -> None:
    cli.load(document())
    assert "No account has the id 'Z'" in cli("quality", "--account", "Z", code=2).err


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_fits_the_terminal_and_cuts_nothing_off(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    cli.load(GOLDEN / "account-2.json")
    out = cli("quality", "--lang", lang).out
    assert "…" not in out
    wide = [sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in out.splitlines()]
    assert max(wide) <= width


def test_what_was_recorded_later_is_missing_earlier(cli: Cli) -> None:
    late = complete()
    late["assertions"][0]["recorded_at"] = "2026-07-15"
    cli.load(late)
    assert cli.json("quality")["gaps"] == []
    (gap,) = cli.json("quality", "--known-at", "2026-07-01")["gaps"]
    assert gap["gap"] == "attitude_unknown"
    assert "known at 2026-07-01" in cli("quality", "--known-at", "2026-07-01").out
