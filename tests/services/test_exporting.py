"""An export is taken by any empty store, whatever was retired before."""

from draft_samples import POLICY, draft_of

from graphcrm.services.exporting import importable
from graphcrm.services.importing import checked
from graphcrm.sources.bundles import parse_bundle

EVERYTHING = {
    "accounts": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
    "seats": [{"id": "s", "account": "a"}, {"id": "t", "account": "b", "decides_for": ["a"]}],
    "contacts": [{"id": "p", "name": "P"}],
    "holdings": [{"contact": "p", "seat": "s"}],
    "employees": [{"id": "e", "name": "E"}],
    "ties": [{"employee": "e", "contact": "p"}],
    "stages": [{"account": "b", "name": "design"}],
    "mechanisms": [{"id": "m", "account": "b", "kind": "training", "stage": "design"}],
}


def test_what_points_at_something_retired_stays_behind_and_so_on() -> None:
    bundle = draft_of(**{**EVERYTHING, "accounts": EVERYTHING["accounts"][1:], "stages": []}).bundle
    exported = importable(bundle)
    assert {(kind, len(exported.of(kind))) for kind in EVERYTHING} == {
        ("accounts", 1), ("seats", 0), ("contacts", 1), ("holdings", 0), ("employees", 1), ("ties", 1),
        ("stages", 0), ("mechanisms", 0),
    }  # fmt: skip
    assert len(checked(parse_bundle(exported.to_json().encode(), "export.json"), POLICY)) == len(exported)


def test_where_nothing_is_missing_everything_is_exported() -> None:
    bundle = draft_of(**EVERYTHING).bundle
    assert importable(bundle) is bundle
