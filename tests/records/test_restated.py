"""Interactions of a stream that give an id other values than an earlier one did."""

from collections.abc import Mapping
from dataclasses import replace

from draft_samples import POLICY, call, draft_of, told
from streams import Listed

from graphcrm.records.checks.integrity import state_problems
from graphcrm.records.checks.problems import in_order
from graphcrm.records.draft import Draft
from graphcrm.records.interaction import Interaction
from graphcrm.records.store_state import Known
from graphcrm.records.stream import Mention

CURE = "Give each record its own id, or make the two agree."


class ForgetsWhatItMentions(Listed):
    """Reading starts anew, and this one is not read to its end."""

    def places_of(self, ids: frozenset[str]) -> Mapping[str, str]:
        self.mentions = {}
        return super().places_of(ids)


def draft_with(stream: Listed) -> Draft:
    return replace(draft_of(), stream=stream, name="crm.yaml")


def rows(*ids: str) -> list[Interaction]:
    return [Interaction.model_validate_json(_json(id_)) for id_ in ids]


def _json(id_: str) -> str:
    (record,) = draft_of(
        interactions=[{**call(participants=["eva", "cai"]), "id": id_}]
    ).bundle.interactions
    return record.model_dump_json(by_alias=True)


def test_each_is_told_with_the_place_it_contradicts() -> None:
    draft = draft_with(Listed(rows("a", "b", "b", "a")))
    known = Known({}, draft.bundle, (("b", "rows[2]"), ("a", "rows[3]")), 2)
    assert told(state_problems(draft, known, POLICY)) == [
        ("rows[2].id", "b", "rows[1] has the id b already, with other values.", CURE),
        ("rows[3].id", "a", "rows[0] has the id a already, with other values.", CURE),
    ]


def test_how_many_more_there_are_is_told_first() -> None:
    draft = draft_with(Listed(rows("a", "a", "a")))
    known = Known({}, draft.bundle, (("a", "rows[1]"),), 1_000_000)
    problems = told(state_problems(draft, known, POLICY))
    assert [(path, value, what) for path, value, what, _ in problems] == [
        ("crm.yaml", None, "999999 more ids are given again with other values."),
        ("rows[1].id", "a", "rows[0] has the id a already, with other values."),
    ]


def test_to_find_the_places_hides_no_other_problem() -> None:
    mentions = {"participants": {"nobody": Mention("rows[1].participants[0]", 1)}}
    draft = draft_with(ForgetsWhatItMentions(rows("a", "a"), mentions=mentions))
    known = Known({}, draft.bundle, (("a", "rows[1]"),), 1)
    problems = state_problems(draft, known, POLICY)
    assert problems == in_order(problems)
    assert {problem.path for problem in problems} == {"rows[1].participants[0]", "rows[1].id"}
