"""Findings: why a rule fired, down to the measures it looks at (section 12)."""

from collections.abc import Callable, Iterable, Mapping

from graphcrm.errors import N_, Message
from graphcrm.explanation.breadth import live_tie, met
from graphcrm.explanation.ground import LATER, Ground, as_of, entry, family, given, leaf, node, nothing
from graphcrm.explanation.losses import departure_loss
from graphcrm.explanation.organisation import organisation_elements
from graphcrm.explanation.reach import reach, vacant
from graphcrm.explanation.stated import attitude_word, read_words, seat_level, seat_roles, stated
from graphcrm.explanation.strength import strength
from graphcrm.explanation.structure import sole_route
from graphcrm.explanation.weight import decides, decision_weight
from graphcrm.records.explanation import Node, Words, unescaped
from graphcrm.records.finding import Finding

Subjects = tuple[str, ...]
Conditions = Callable[[Ground, Subjects], Iterable[Node]]


@family
def finding(why: Ground, *identity: str) -> Node:
    """A finding: its rule's conditions, each of which holds."""
    fired = next(f for f in why.findings if tuple(f.identity.split("/")) == identity)
    alike = sum(f.rule == fired.rule for f in why.findings)
    counted = {"finding": fired.message, "fired": alike, "looked_at": fired.denominator}
    says = Message(N_("{finding} (fired for {fired} of {looked_at})"), counted)
    return node(says, "all_of", *CONDITIONS[fired.rule](why, fired.subjects), unit="verdict")


def identities(why: Ground) -> list[tuple[str, ...]]:
    """The findings there are, as names of nodes have them."""
    return [tuple(f.identity.split("/")) for f in why.findings]


def found(why: Ground, asked: str) -> list[Finding]:
    """The findings of that identity, or of that rule."""
    return [f for f in why.findings if asked in {f.identity, f.rule, unescaped(f.identity)}]


def _no_reach(why: Ground, seat: str) -> Node:
    says = Message(N_("no route to {seat} is proven"), {"seat": why.seat(seat)})
    return node(says, "not_proven", reach(why, seat), unit="verdict")


def _unknown(of: Node) -> Node:
    """Whether something is not on record."""
    return node(Message(N_("{what} is not known"), {"what": of.says}), "is_unknown", of, unit="verdict")


def _nothing_known(why: Ground, subjects: Subjects) -> Iterable[Node]:
    del why, subjects
    none = nothing(Message(N_("no tie and no interaction with a holder of a seat on record")))
    yield _unknown(none)


def _decider_unknown(why: Ground, subjects: Subjects) -> Iterable[Node]:
    del subjects
    seats = [decides(why, seat.id) for seat in why.graph.scope]
    known = node(
        Message(N_("a seat is known to decide")), "any_of", *(seats or [_no_seat()]), unit="verdict"
    )
    yield node(Message(N_("no seat is known to decide")), "not_proven", known, unit="verdict")


def _no_seat() -> Node:
    return nothing(Message(N_("no seat on record")), "no", "verdict")


def _decider_unreached(why: Ground, subjects: Subjects) -> Iterable[Node]:
    yield decides(why, subjects[0])
    yield _no_reach(why, subjects[0])


def _single_threaded_decider(why: Ground, subjects: Subjects) -> Iterable[Node]:
    (seat,) = subjects
    yield decides(why, seat)
    says = Message(N_("one employee is the only route to {seat}"), {"seat": why.seat(seat)})
    there = _unknown(sole_route(why, seat))
    yield node(says, "not", there, unit="verdict")


def _opponent_decides(why: Ground, subjects: Subjects) -> Iterable[Node]:
    seat, contact = subjects
    yield decides(why, seat)
    says = Message(N_("{contact} is against us"), {"contact": why.contact(contact)})
    opposed = entry(why, "opposed", unit="words")
    yield node(says, "one_of", attitude_word(why, contact), opposed, unit="verdict")


def _star_employee(why: Ground, subjects: Subjects) -> Iterable[Node]:
    (employee,) = subjects
    says = Message(N_("so much of our reach leaves with {employee}"), {"employee": why.employee(employee)})
    loss, much = departure_loss(why, employee), entry(why, "findings.star_loss")
    yield node(says, "proven_to_reach", loss, much, unit="verdict")


def _is_key(why: Ground, seat: str) -> Node:
    """Whether a seat decides, or can weigh so much."""
    heavy = node(
        Message(N_("{seat} can weigh so much"), {"seat": why.seat(seat)}),
        "can_reach",
        decision_weight(why, seat),
        entry(why, "decision_weight.key"),
        unit="verdict",
    )
    known = node(
        Message(N_("{seat} is known to decide"), {"seat": why.seat(seat)}),
        "is_proven",
        decides(why, seat),
        unit="verdict",
    )
    says = Message(N_("{seat} is a key seat"), {"seat": why.seat(seat)})
    return node(says, "any_of", known, heavy, unit="verdict")


def _key_seat_vacant(why: Ground, subjects: Subjects) -> Iterable[Node]:
    (seat,) = subjects
    yield _is_key(why, seat)
    says = Message(N_("nobody holds {seat}"), {"seat": why.seat(seat)})
    yield node(says, "is_nought", vacant(why, seat), unit="verdict")


def _department_unreached(why: Ground, subjects: Subjects) -> Iterable[Node]:
    (department,) = subjects
    for seat in why.graph.scope:
        if seat.own and seat.department == department:
            says = Message(N_("we are not proven to know {seat} in person"), {"seat": why.seat(seat.id)})
            yield node(says, "not_proven", met(why, seat.id), unit="verdict")


def _fading_tie(why: Ground, subjects: Subjects) -> Iterable[Node]:
    employee, contact = subjects
    held = [s.id for s in why.graph.scope if s.holder == contact and s.is_key]
    key = Message(N_("{contact} holds a key seat"), {"contact": why.contact(contact)})
    yield node(key, "any_of", *(_is_key(why, seat) for seat in held), unit="verdict")
    who = {"employee": why.employee(employee), "contact": why.contact(contact)}
    now = Message(N_("the tie of {employee} with {contact} is live today"), who)
    yield node(now, "is_proven", live_tie(why, employee, contact), unit="verdict")
    then = Message(N_("it will be live without contact"))
    faded = strength(why, employee, contact, LATER)
    alive = node(then, "reaches", faded, entry(why, "reach.live"), unit="verdict")
    gone = Message(N_("it is not proven to be live later"))
    yield node(gone, "not_proven", alive, unit="verdict")


def _levels_unmatched(why: Ground, subjects: Subjects) -> Iterable[Node]:
    del subjects
    says = Message(N_("too few are matched, even at best"))
    matched, enough = organisation_elements(why, "matching"), entry(why, "findings.matching")
    yield node(says, "surely_below", matched, enough, unit="verdict")


def _no_organisational_tie(why: Ground, subjects: Subjects) -> Iterable[Node]:
    del subjects
    if not why.graph.mechanisms:
        yield _unknown(nothing(Message(N_("mechanism between the companies"))))
        return
    for element in ("communication", "joint_work", "recognition"):
        found_nought = organisation_elements(why, element)
        says = Message(N_("nothing of it: {element}"), {"element": found_nought.says})
        yield node(says, "is_nought", found_nought, unit="verdict")


def _contact_moved(why: Ground, subjects: Subjects) -> Iterable[Node]:
    contact, seat = subjects
    who = next(w for w in why.graph.leavers if (w.contact, w.seat) == (contact, seat))
    words = {"contact": who.name, "seat": why.seat(seat)}
    ended = Message(N_("{contact} left {seat}"), words)
    recorded = why.root.recorded
    past = [h for h in recorded.holdings[contact, seat] if h.valid_to == who.left_on] if recorded else []
    left = leaf(ended, who.left_on, "date", operator="record" if past else "given",
                evidence=past[0] if past else None)  # fmt: skip
    age = node(Message(N_("days since")), "days_between", as_of(why), left, unit="days")
    limit = entry(why, "findings.moved_days", unit="days")
    yield node(Message(N_("that is not long ago")), "within", age, limit, unit="verdict")
    says = Message(N_("attitude of {contact}"), {"contact": who.name})
    if recorded is None:
        source = given(says, None if who.attitude is None else Words((who.attitude,)), "words")
    else:
        source = stated(why, contact, "attitude", says, read=read_words)
    supportive = entry(why, "supportive", unit="words")
    yield node(Message(N_("{contact} supported us"), words), "one_of", source, supportive, unit="verdict")
    for now in who.now_at:
        held = recorded.holdings[contact, now] if recorded else []
        there = Message(N_("{contact} holds {place} elsewhere"), {"contact": who.name, "place": now})
        yield leaf(there, "proven", "verdict", operator="record" if held else "given",
                   evidence=held[0] if held else None)  # fmt: skip


def _attitude_unknown(why: Ground, subjects: Subjects) -> Iterable[Node]:
    (contact,) = subjects
    held = [s.id for s in why.graph.scope if s.holder == contact and s.is_key]
    key = Message(N_("{contact} holds a key seat"), {"contact": why.contact(contact)})
    yield node(key, "any_of", *(_is_key(why, seat) for seat in held), unit="verdict")
    yield _unknown(attitude_word(why, contact))


CONDITIONS: Mapping[str, Conditions] = {
    "nothing_known": _nothing_known,
    "decider_unknown": _decider_unknown,
    "decider_unreached": _decider_unreached,
    "single_threaded_decider": _single_threaded_decider,
    "opponent_decides": _opponent_decides,
    "star_employee": _star_employee,
    "key_seat_vacant": _key_seat_vacant,
    "department_unreached": _department_unreached,
    "fading_tie": _fading_tie,
    "levels_unmatched": _levels_unmatched,
    "no_organisational_tie": _no_organisational_tie,
    "contact_moved": _contact_moved,
    "attitude_unknown": _attitude_unknown,
    "role_unknown": lambda why, subjects: [_unknown(seat_roles(why, subjects[0]))],
    "level_unknown": lambda why, subjects: [_unknown(seat_level(why, subjects[0]))],
}
"""The conditions of each rule; all of them hold where it fired."""
