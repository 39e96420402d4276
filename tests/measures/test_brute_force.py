"""The engine against brute force, on the golden accounts and on random ones."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from brute_force import brute_force
from bundles import LAST_PLACE, differences, results_of
from random_bundles import random_bundle

GOLDEN = Path(__file__).parents[1] / "golden"


def disagreements(seed: int) -> dict[str, list[str]]:
    rng = Random(seed)
    document = random_bundle(rng)
    known_at = rng.choice((None, None, None, "2026-04-15", "2026-06-28"))
    results = results_of(document, known_at=known_at)
    found = {
        a: differences(got, brute_force(document, a, known_at=known_at), within=LAST_PLACE)
        for a, got in results.items()
    }
    return {f"seed {seed} {a} known at {known_at}": lines for a, lines in found.items() if lines}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.expected.json")), ids=lambda p: p.name)
def test_brute_force_itself_agrees_with_the_golden_accounts(path: Path) -> None:
    name, _, known_at = path.name.removesuffix(".expected.json").partition(".known-at-")
    document = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    for account, expected in json.loads(path.read_text(encoding="utf-8")).items():
        assert differences(brute_force(document, account, known_at=known_at or None), expected) == []


@pytest.mark.parametrize("block", range(10))
def test_every_figure_of_random_accounts_agrees_with_brute_force(block: int) -> None:
    for seed in range(40 * block, 40 * block + 40):
        assert disagreements(seed) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(60))
def test_every_figure_of_thousands_of_random_accounts_agrees_with_brute_force(block: int) -> None:
    for seed in range(1_000_000 + 100 * block, 1_000_000 + 100 * block + 100):
        assert disagreements(seed) == {}


def test_random_accounts_vary_in_what_matters() -> None:
    seen: Counter[str] = Counter()
    for seed in range(100):
        for result in results_of(random_bundle(Random(seed))).values():
            seen["accounts"] += 1
            seen["unobserved"] += not result["observed"]
            if result["observed"]:
                seen["undefined"] += result["fade_90"] is None
                seen["bounded"] += result["key_points"][0] < result["key_points"][1]
                seen["known"] += result["key_points"][0] == result["key_points"][1]
                seen["sole route"] += bool(result["sole_route"])
                seen["kept by the firm"] += result["bus_factor"] is None
                seen["needs two"] += (result["bus_factor"] or 0) >= 2
                seen["two routes"] += any(low >= 2 for low, _ in result["survivability"].values())
    assert {what for what, n in seen.items() if n >= 5} == seen.keys(), seen
