"""Whatever a bundle holds, only problems come out: no bare exception, nothing that cannot be printed."""

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphcrm.errors import GraphcrmError
from graphcrm.policies import load_policy
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import own_problems, state_problems
from graphcrm.records.store_state import Known
from graphcrm.sources.bundles import parse_bundle

GOLDEN = Path(__file__).parent.parent / "golden"
POLICY = load_policy()
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
ANYTHING = st.recursive(
    SCALARS
    | st.sampled_from(
        ["2026-06-30", "2026-06-30T00:00:00Z", "9999-12-31", "0001-01-01", "\ud800", 10**400]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
GOLDEN_2 = json.loads((GOLDEN / "account-2.json").read_bytes())
SMALL = {k: v[:3] if isinstance(v, list) else v for k, v in GOLDEN_2.items()}


def survives(document: Any) -> None:
    """Nothing but problems, all of them printable, comes out."""
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    try:
        draft = parse_bundle(text, "b.json")
        known = Known(ids_of(draft.bundle), draft.bundle)
        problems = [
            *draft.problems,
            *own_problems(draft, POLICY),
            *state_problems(draft, known, POLICY),
        ]
    except GraphcrmError:
        return
    for problem in problems:
        line = f"{problem.path}{problem.value}{problem.what}{problem.cure}"
        assert "This cannot be used" not in line
        json.dumps([problem.path, problem.value], allow_nan=False).encode()
        line.encode()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_anything_in_place_of_any_field(data: st.DataObject) -> None:
    document = copy.deepcopy(SMALL)
    kind = data.draw(st.sampled_from([*RECORDS, "header"]))
    if kind == "header":
        document[data.draw(st.sampled_from(["as_of", "source", "complete", "x", *RECORDS]))] = data.draw(
            ANYTHING
        )
    else:
        record = data.draw(st.sampled_from(document.setdefault(kind, []) or [{}]))
        names = [f.alias or n for n, f in RECORDS[kind].model_fields.items()]
        record = {**record, data.draw(st.sampled_from([*names, "x"])): data.draw(ANYTHING)}
        document[kind] = [*document[kind], record, data.draw(ANYTHING)]
    survives(document)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_mutations_of_a_golden_bundle(data: st.DataObject) -> None:
    text = bytearray(json.dumps(SMALL).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.sampled_from([at, at + 1, at + 1, at + 7]))
        text[at:end] = data.draw(
            st.sampled_from([b"", b'"', b"0", b"-", b"NaN", b"\xff", b"{", b"]", b",", b"null"])
        )
    survives(bytes(text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_values_that_wander_between_fields(data: st.DataObject) -> None:
    document = copy.deepcopy(SMALL)
    records = [record for kind in RECORDS for record in document.get(kind, [])]
    values = [value for record in records for value in record.values()]
    for _ in range(data.draw(st.integers(1, 6))):
        record = data.draw(st.sampled_from(records))
        record[data.draw(st.sampled_from(sorted(record)))] = data.draw(st.sampled_from(values))
    survives(document)
