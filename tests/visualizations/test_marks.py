"""Marks: attitude is told by a sign too, and what is unknown does not look like what is not reached."""

import pytest

from graphcrm.policies import Policy
from graphcrm.records.relationship_map import RelationshipMap
from graphcrm.visualizations.layout import map_view
from graphcrm.visualizations.marks import Paint, paint, person_label, seat_label


@pytest.fixture
def looks(handmade: RelationshipMap, policy: Policy) -> dict[str, tuple[Paint, str]]:
    found = {}
    for mark in map_view(handmade).seats:
        look = paint(mark, policy)
        found[mark.seat.id] = (look, seat_label(mark, look))
    return found


def test_every_attitude_has_its_own_sign(looks: dict[str, tuple[Paint, str]]) -> None:
    labels = {name: label for name, (_, label) in looks.items()}
    assert labels["cto"] == "+ Cto ★"
    assert labels["cfo"] == "− Cfo"
    assert labels["clerk"] == "○ Clerk"
    assert labels["buyer"] == "? Buyer"
    assert labels["empty"] == "empty"


def test_unknown_attitude_and_not_reached_look_different(looks: dict[str, tuple[Paint, str]]) -> None:
    unknown, unreached, both = looks["buyer"][0], looks["clerk"][0], looks["adviser"][0]
    assert (unknown.shape, unknown.dashed) == ("dot", True)
    assert (unreached.shape, unreached.dashed) == ("diamond", False)
    assert (both.shape, both.dashed) == ("diamond", True)
    assert unknown.fill != unreached.fill


def test_a_vacant_seat_is_a_dashed_square(looks: dict[str, tuple[Paint, str]]) -> None:
    assert (looks["empty"][0].shape, looks["empty"][0].dashed) == ("square", True)


def test_only_a_sole_route_has_a_ring(looks: dict[str, tuple[Paint, str]]) -> None:
    assert [name for name, (look, _) in looks.items() if look.ring] == ["cto"]


def test_one_of_ours_carries_the_count_of_what_hangs_on_her(handmade: RelationshipMap) -> None:
    labels = {m.person.id: person_label(m) for m in map_view(handmade).people}
    assert labels == {"eva": "Eva\n◎ 1", "noah": "诺亚"}
