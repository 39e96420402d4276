"""Tooltips: what stands behind a mark or a line, as plain text on lines."""

from collections.abc import Iterator

from graphcrm.i18n import translate as _
from graphcrm.records.interval import exactly
from graphcrm.records.relationship_map import MapTie
from graphcrm.records.words import ATTITUDES, ROLES
from graphcrm.visualizations.labels import plain
from graphcrm.visualizations.view_models import Bond, PersonMark, SeatMark
from graphcrm.visualizations.words import share, word


def firm_name() -> str:
    """What the firm is called as a holder of trust."""
    return _("The firm")


def firm() -> str:
    """The firm as a route."""
    return "\n".join((firm_name(), _("Trust that stays with the firm, whoever leaves.")))


def person(mark: PersonMark) -> str:
    """One of our people."""
    who = mark.person
    lines = [plain(who.name)]
    if who.function:
        lines.append(plain(who.function))
    lines.append(_level(who.level))
    lines.append(_("Seats only this person reaches: {count}").format(count=len(who.only_route_to)))
    return "\n".join(lines)


def seat(mark: SeatMark) -> str:
    """A seat and who holds it."""
    return "\n".join(_seat_lines(mark))


def tie(what: MapTie, employee: str, holder: str) -> str:
    """A tie of an employee (or the firm) with the holder of a seat."""
    state = _("fading") if what.fading else _("live") if what.live else _("not live")
    return "\n".join(
        (
            f"{plain(employee)} – {plain(holder)}",
            _("Strength {strength}, {state}").format(strength=share(what.strength), state=state),
        )
    )


def bond(what: Bond) -> str:
    """A seat that bears on another."""
    text = _("Influence {strength}").format(strength=share(exactly(what.strength)))
    if not what.back:
        return text
    return "\n".join((text, _("and back {strength}").format(strength=share(exactly(what.back)))))


def _seat_lines(mark: SeatMark) -> Iterator[str]:
    seat_ = mark.seat
    yield plain(seat_.holder_name) if seat_.holder_name else _("vacant")
    yield plain(seat_.title)
    if seat_.elsewhere is not None:
        yield _("Seat of another account: {account}").format(account=plain(seat_.elsewhere))
    yield _level(seat_.level)
    if seat_.roles is None:
        yield _("Roles unknown")
    elif seat_.roles:
        yield _(", ").join(word(ROLES, role) for role in seat_.roles)
    if seat_.holder is not None:
        attitude = _("unknown") if seat_.attitude is None else word(ATTITUDES, seat_.attitude)
        yield _("Attitude: {attitude}").format(attitude=attitude)
    if mark.reached == "no":
        yield _("Not reached")
    else:
        yield _("Reach {reach}").format(reach=share(seat_.reach))
    if seat_.only_through is not None:
        yield _("Only one of our people gets through.")


def _level(level: int | None) -> str:
    return _("Level unknown") if level is None else _("Level {level}").format(level=level)
