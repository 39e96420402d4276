"""The golden accounts: every figure of the expected results, from the bundle straight into the measures."""

import json
import re
from pathlib import Path

import pytest
from bundles import differences, results_of

from graphcrm import Facts, answer, build_graph, load_policy, review
from graphcrm.records.bundle import Bundle

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = sorted(GOLDEN.glob("*.expected.json"))


def read(expected: Path) -> tuple[dict[str, object], str | None]:
    """The bundle an expected file belongs to, and the day it is to be known at."""
    bundle, _, known_at = expected.name.removesuffix(".expected.json").partition(".known-at-")
    return json.loads((GOLDEN / f"{bundle}.json").read_text(encoding="utf-8")), known_at or None


def test_there_are_golden_files_and_one_of_them_is_as_known_at_a_day() -> None:
    assert len(EXPECTED) >= 10
    assert any(read(path)[1] for path in EXPECTED)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.name.removesuffix(".expected.json"))
def test_every_golden_figure_agrees_to_six_decimals(path: Path) -> None:
    document, known_at = read(path)
    expected = json.loads(path.read_text(encoding="utf-8"))
    results = results_of(document, known_at=known_at)
    assert results.keys() == expected.keys()
    assert {a: differences(results[a], expected[a]) for a in expected} == {a: [] for a in expected}


def test_the_comparison_finds_what_differs() -> None:
    expected = {"observed": True, "risk": [1.0, 2.0], "reach": {"low": {"s": 0.5}}, "bus_factor": None}
    assert differences({**expected, "further": 1}, expected) == []
    got = {"observed": True, "risk": [1.0, 2.00001], "reach": {"low": {"t": 0.5}}, "breadth": 1}
    assert differences(got, expected) == [
        "breadth: not expected",
        "bus_factor: missing",
        "risk[1]: 2.00001, expected 2.0",
        "reach.low.s: missing",
        "reach.low.t: not expected",
    ]
    assert differences({**expected, "bus_factor": 0}, expected) == ["bus_factor: 0, expected None"]
    assert differences({**expected, "observed": 1}, expected) == ["observed: 1, expected True"]


def test_the_answer_reads_as_a_sentence_in_plain_python() -> None:
    for path in sorted(GOLDEN.glob("account-?.json")):
        facts = Facts(Bundle.model_validate_json(path.read_text(encoding="utf-8")), load_policy())
        for account in facts.accounts:
            assert not re.search(r"Message|[{}\[\]]|\('", str(answer(review(build_graph(facts, account)))))
