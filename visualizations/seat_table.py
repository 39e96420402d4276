"""The map as a table, for those who cannot see the picture or run its script."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graphcrm.i18n import translate as _
from graphcrm.records.relationship_map import RelationshipMap, TheirSeat
from graphcrm.records.words import ATTITUDES
from graphcrm.visualizations.words import share, word


@dataclass(frozen=True)
class SeatRow:
    """A seat in words."""

    name: str
    key: bool
    title: str
    department: str
    level: str
    attitude: str
    reach: str
    known_by: str
    only_through: str


def seat_rows(account: RelationshipMap) -> Iterator[SeatRow]:
    """Every seat of the map, the top levels first."""
    departments = {d.id: d.name for d in account.departments}
    people = {p.id: p.name for p in account.our_people}
    known: dict[str, list[str]] = defaultdict(list)
    for tie in account.ties:
        if tie.live:
            known[tie.seat].append(_("the firm") if tie.employee is None else people[tie.employee])
    for seat in sorted(
        account.seats, key=lambda s: (s.level is None, s.level or 0, s.department or "", s.id)
    ):
        yield SeatRow(
            name=_("vacant") if seat.holder is None else seat.holder_name or seat.holder,
            key=seat.is_key,
            title=seat.title,
            department=_("elsewhere: {account}").format(account=seat.elsewhere)
            if seat.elsewhere is not None
            else departments.get(seat.department or "", "–"),
            level="?" if seat.level is None else str(seat.level),
            attitude=_attitude(seat),
            reach=_("not reached") if seat.reach.high == 0 else share(seat.reach),
            known_by=_(", ").join(known[seat.id]) or "–",
            only_through=people.get(seat.only_through or "", "–"),
        )


def _attitude(seat: TheirSeat) -> str:
    if seat.holder is None:
        return "–"
    return _("unknown") if seat.attitude is None else word(ATTITUDES, seat.attitude)
