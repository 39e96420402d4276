"""Nested results as flat properties: every value comes back, of its own type, in its own place."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j.time import Date
from store_samples import observed_review, unobserved_review

from graphcrm.records.review import Review
from graphcrm.store.neo4j.columns import decode, encode
from graphcrm.store.neo4j.keeping import NAMED, audit_row, review_row

KEYS = st.text(max_size=4) | st.sampled_from(["", ".", "#0", "\\", "\\#", "a.b", "a\\.b", "\n", "\\\n"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.dates()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)


def exact(value: Any) -> Any:
    """The value with every type told, for 1, 1.0 and True are equal."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return type(value).__name__, repr(value)


@settings(max_examples=400)
@given(DOCUMENTS)
def test_every_document_comes_back(document: dict[str, Any]) -> None:
    again = decode(encode(document))
    assert exact(again) == exact(document)
    assert list(again) == list(document)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES | st.dictionaries(st.just("d"), VALUES)))
def test_every_document_comes_back_where_paths_are_named(document: dict[str, Any]) -> None:
    named = {("a",), ("b",), ("b", "d"), ("c", "d")}
    assert exact(decode(encode(document, named))) == exact(document)


@given(DOCUMENTS)
def test_properties_are_what_neo4j_can_hold(document: dict[str, Any]) -> None:
    for value in encode(document).values():
        items = value if isinstance(value, list) else [value]
        assert len({type(item) for item in items}) <= 1
        assert all(type(item) in {bool, int, float, str, date} for item in items)


def test_days_of_the_driver_are_days() -> None:
    properties = encode({"a": date(2026, 6, 30), "x": {"y": date(2026, 7, 1)}}, {("a",)})
    stored = {**properties, "a": Date(2026, 6, 30), "_days": [Date(2026, 7, 1)]}
    assert decode(stored) == {"a": date(2026, 6, 30), "x": {"y": date(2026, 7, 1)}}


@pytest.mark.parametrize("review", [observed_review(), unobserved_review("a")])
def test_a_review_comes_back(review: Review) -> None:
    row = review_row(review, 1, 0)
    assert Review.model_validate(decode(row)) == review
    assert Review.model_validate(decode(row)).model_dump_json() == review.model_dump_json()


def test_what_names_a_property_of_a_review_does_not_depend_on_the_data() -> None:
    row = review_row(observed_review(), 1, 0)
    names = {name for name in row if not name.startswith("_")}
    assert names <= {".".join(path) for path in NAMED if all(isinstance(step, str) for step in path)}
    assert row["measures.key_points"] == [0.5, 0.5]
    assert row["measures.shape.breadth"] == "possible"
    assert row["as_of"] == date(2026, 6, 30)
    assert not any("s1" in name or "e1" in name for name in row)


def test_nothing_is_json() -> None:
    pack = {"name": "n", "version": "1", "deep": {"list": [{"a": 1}]}, "day": date(2026, 1, 1)}
    rows = [
        review_row(observed_review(), 1, 0),
        audit_row(
            run_at=datetime(2026, 7, 1, tzinfo=UTC),
            as_of=date(2026, 6, 30),
            known_at=None,
            policy_pack=pack,
            accounts=0,
        ),
    ]
    for row in rows:
        for value in row.values():
            texts = value if isinstance(value, list) else [value]
            assert not any(
                isinstance(text, str) and text[:1] in {"{", "["} and '"' in text for text in texts
            )
