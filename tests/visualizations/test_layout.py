"""The view model: everything has a place, nothing overlaps, both sides share the rows."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import pytest

from graphcrm.errors import Message
from graphcrm.records.interval import exactly
from graphcrm.records.relationship_map import MapTie, OurPerson, RelationshipMap, TheirDepartment
from graphcrm.visualizations.labels import columns
from graphcrm.visualizations.layout import map_view
from graphcrm.visualizations.view_models import MapView, PersonMark, SeatMark

GLYPH = 7.0
"""Pixels of a column of text at 12 px."""


def rectangle(mark: SeatMark | PersonMark) -> tuple[float, float, float, float]:
    width = max(columns(line) for line in mark.label) * GLYPH + 12
    height = 24 + 15 * len(mark.label)
    return mark.x - width / 2, mark.y - height / 2, mark.x + width / 2, mark.y + height / 2


def overlaps(view: MapView) -> list[tuple[Any, Any]]:
    marks = [(mark, rectangle(mark)) for mark in (*view.people, *view.seats)]
    return [
        (a, b)
        for (a, (al, at, ar, ab)), (b, (bl, bt, br, bb)) in combinations(marks, 2)
        if al < br and bl < ar and at < bb and bt < ab
    ]


def titles(headings: Iterable[Any]) -> list[str]:
    return [str(h.title) if isinstance(h.title, Message) else h.title for h in headings]


def crowd(account: RelationshipMap, seats: int, people: int) -> RelationshipMap:
    """Many seats in few cells, and many of ours, with names of every length."""
    mould = account.seats[0]
    names = ("李", "Katharina von Hohenfels-Lindqvist", "欧阳建国", "Al", "Maximilian")
    theirs = tuple(
        mould.model_copy(
            update={
                "id": f"s{i:04}",
                "holder_name": f"{names[i % 5]} {i}",
                "department": f"d{(i * i) % 3}",
                "elsewhere": None,
                "level": (1, 2, 4, None)[i % 7 % 4],
                "is_decider": i >= seats - 10,
                "reach": exactly(i / seats),
            }
        )
        for i in range(seats)
    )
    ours = tuple(
        OurPerson(id=f"e{i:04}", name=names[i % 5], function=None, level=i % 3 + 1, only_route_to=())
        for i in range(people)
    )
    ties = tuple(
        MapTie(employee=ours[i % people].id, seat=s.id, strength=exactly(0.5), live=True, fading=False)
        for i, s in enumerate(theirs)
    )
    departments = tuple(TheirDepartment(id=f"d{i}", name=f"D{i}", seats=1, reached=0) for i in range(3))
    update = {
        "seats": theirs,
        "our_people": ours,
        "ties": ties,
        "departments": departments,
        "influences": (),
    }
    return account.model_copy(update=update)


@pytest.mark.parametrize("number", range(2, 9))
def test_golden_accounts_have_a_place_for_everything_and_no_overlap(
    number: int, golden: Callable[[int], Any]
) -> None:
    account = golden(number).account
    view = map_view(account)
    assert {m.seat.id for m in view.seats} == {s.id for s in account.seats}
    assert overlaps(view) == []
    assert all(0 <= m.x <= view.width and 0 <= m.y <= view.height for m in (*view.people, *view.seats))


def test_a_crowd_does_not_overlap(handmade: RelationshipMap) -> None:
    view = map_view(crowd(handmade, seats=200, people=60))
    assert len(view.seats) == 200
    assert overlaps(view) == []


def test_the_same_account_is_drawn_the_same(handmade: RelationshipMap) -> None:
    shuffled = handmade.model_copy(update={"seats": handmade.seats[::-1]})
    assert {m.seat.id: (m.x, m.y) for m in map_view(handmade).seats} == {
        m.seat.id: (m.x, m.y) for m in map_view(shuffled).seats
    }


def test_departments_are_columns_then_without_then_elsewhere(handmade: RelationshipMap) -> None:
    view = map_view(handmade)
    assert titles(view.columns) == ["Development", "Finance", "No department", "Elsewhere"]
    starts = {m.seat.id: m.x for m in view.seats}
    for name, column in (("cto", 0), ("cfo", 1), ("clerk", 1), ("adviser", 2), ("group", 3)):
        span = view.columns[column].span
        assert span.start < starts[name] < span.end


def test_levels_are_rows_for_both_sides_and_unknown_comes_last(handmade: RelationshipMap) -> None:
    view = map_view(handmade)
    assert titles(view.rows) == ["Level 1", "Level 3", "Level unknown", "The firm"]
    rows = {"Level 1": view.rows[0].span, "Level 3": view.rows[1].span, "unknown": view.rows[2].span}
    y = {m.seat.id: m.y for m in view.seats} | {m.person.id: m.y for m in view.people}
    for name, row in (
        ("cto", "Level 1"), ("eva", "Level 1"), ("group", "Level 1"), ("clerk", "Level 3"),
        ("empty", "Level 3"), ("adviser", "unknown"), ("noah", "unknown"),
    ):  # fmt: skip
        assert rows[row].start < y[name] < rows[row].end


def test_our_people_and_the_firm_stand_left_of_theirs(handmade: RelationshipMap) -> None:
    view = map_view(handmade)
    assert view.firm is not None
    assert max(view.firm[0], *(m.x for m in view.people)) < min(m.x for m in view.seats)


def test_people_without_a_tie_here_are_not_drawn(handmade: RelationshipMap) -> None:
    view = map_view(handmade)
    assert {m.person.id for m in view.people} == {"eva", "noah"}
    assert view.people_left_out == 0


def test_cells_count_what_is_reached_in_person(handmade: RelationshipMap) -> None:
    view = map_view(handmade)
    counts = {(c.column.start, c.row.start): (c.reached, c.seats) for c in view.cells}
    column, row = [h.span.start for h in view.columns], [h.span.start for h in view.rows]
    assert counts[column[0], row[0]] == (1, 1)
    assert counts[column[1], row[0]] == (1, 1)
    assert counts[column[1], row[1]] == (0, 2)
    assert counts[column[3], row[0]] == (None, 1)


def test_two_seats_that_bear_on_each_other_share_a_line(handmade: RelationshipMap) -> None:
    bonds = {(b.source, b.target): (b.strength, b.back) for b in map_view(handmade).bonds}
    assert bonds == {("clerk", "cfo"): (0.5, 0.3), ("adviser", "cto"): (0.5, 0.0)}


def test_of_too_many_those_who_decide_stay(handmade: RelationshipMap) -> None:
    view = map_view(crowd(handmade, seats=700, people=40))
    assert len(view.seats) + len(view.people) == 500
    assert view.seats_left_out == 240
    shown = {m.seat.id for m in view.seats}
    assert all(f"s{i:04}" in shown for i in range(690, 700))
    assert "s0000" not in shown
    assert all(tie.seat in shown for tie in view.ties)


def test_ours_never_take_more_than_half(handmade: RelationshipMap) -> None:
    view = map_view(crowd(handmade, seats=700, people=600))
    assert (len(view.people), len(view.seats)) == (250, 250)
    assert view.people_left_out == 350


def test_an_account_with_nothing_has_a_picture_of_nothing(unobserved: Any) -> None:
    view = map_view(unobserved.account)
    assert view.seats == view.people == view.ties == ()
    assert view.width > 0
    assert view.height > 0
