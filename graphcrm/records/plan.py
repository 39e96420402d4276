"""Plans as results: ties to build within a budget, the handover of a leaver, and a rotation."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from graphcrm.records.interval import Interval
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Result, Verdict

Proof = Literal["sorted", "exhausted", "solved", "bounded"]
"""How the best plan is known: the largest gains reach the bound, every plan was tried, the solver proved
it; or it is not known, and the worth lies between two bounds."""

Route = Literal["acquainted", "colleague", "contact", "colleague_and_contact", "peer"]
"""How an employee comes to a contact: known already, introduced by a colleague, by a contact who bears on
the contact's seat, by a colleague who knows such a contact, or on the strength of function and level."""


class Standing(Result):
    """How an account stands: its axes, its verdicts, its risk."""

    key_points: Interval
    key_points_floor: Interval
    breadth: Interval
    organisation: Interval
    three_dimensional: Verdict
    robustly_three_dimensional: Verdict
    adequate: Verdict
    robustly_adequate: Verdict
    risk: Interval


class Proposal(Result):
    """A tie to build or deepen: who, to whom, and by whose introduction.

    ``path`` leads from the employee to the contact; ``introducer`` is the first on it, ours or theirs,
    None where nobody introduces. ``owner`` sees to it. ``fit`` says how well the employee suits the
    contact. ``gain`` is what the objective rises by after the proposals before, to ``objective``.
    ``alone`` is the account with this proposal only.
    """

    employee: str
    contact: str
    seats: tuple[str, ...]
    route: Route
    introducer: str | None
    path: tuple[str, ...]
    owner: str
    fit: Interval
    strength_before: Interval
    strength_after: Interval
    gain: float
    objective: float
    alone: Standing | None


class Plan(Result):
    """The ties of most worth that a budget allows, in the order of their gains.

    ``objective`` is J today, ``objective_after`` J with every proposal, ``objective_bound`` what no plan of
    this budget can pass: the same where the ``proof`` says that none is better. ``objective_most`` is
    Σ w, what it could be at best. Without proposals ``reason`` says why, a template of no language;
    ``params`` fill it. ``today`` and ``together`` are the account now and with every proposal; None where
    nothing is observed.
    """

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    observed: bool
    budget: int
    target_strength: float
    candidates: int
    objective: float | None
    objective_after: float | None
    objective_bound: float | None
    objective_most: float | None
    proof: Proof | None
    proposals: tuple[Proposal, ...]
    reason: str | None
    params: Mapping[str, str]
    today: Standing | None
    together: Standing | None
    names: Mapping[str, str]


class Handing(Result):
    """A contact, or a mechanism, and who takes over from the employee: None where nobody fits.

    ``similarity`` is that of the successor to the employee, ``fits`` whether it reaches what the policy
    asks for. ``strength`` is the employee's, ``handed`` the successor's after the handover. ``stake`` is
    the weighted reach that hangs on this tie alone, at proven strength and low weights. ``reason`` is a
    template of no language.
    """

    contact: str
    seats: tuple[str, ...]
    strength: Interval
    stake: float
    successor: str | None
    fits: Verdict
    similarity: Interval | None
    handed: Interval | None
    reason: str | None


class MechanismHanding(Result):
    """A mechanism that the employee looks after, and who does so then: None where nobody fits."""

    mechanism: str
    mechanism_kind: str
    successor: str | None


class AccountHandover(Result):
    """What an employee hands over at one account.

    ``lost_meanwhile`` is the share of reach that is lost once the employee is gone and nothing is handed
    over yet; ``lost_after`` what is still lost when all of it is. None where reach can only be 0, and for
    who is tied to nobody here. ``today``, ``meanwhile`` and ``after`` are the account at these times;
    None where nothing is observed.
    """

    account: str
    name: str
    lost_meanwhile: Interval | None
    lost_after: Interval | None
    revenue_at_risk: Interval | None
    currency: str | None
    today: Standing | None
    meanwhile: Standing | None
    after: Standing | None
    contacts: tuple[Handing, ...]
    mechanisms: tuple[MechanismHanding, ...]


class HandoverPlan(Result):
    """Who takes over what from an employee, the account with most at stake first.

    ``leaves_on`` is the first day without the employee, None where no day is on record; ``begin_by`` is
    that day less the overlap; it may have passed. ``ordered_by`` is the revenue at risk where all of it is
    known in one currency, else the loss.
    """

    employee: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    on_notice: bool
    leaves_on: date | None
    begin_by: date | None
    overlap_days: int
    ordered_by: Literal["revenue_at_risk", "departure_loss"]
    revenue_at_risk: MoneyTotal
    accounts: tuple[AccountHandover, ...]
    names: Mapping[str, str]


class Taking(Result):
    """Who takes an account over, and when; both are there from ``starts_on`` to the day before ``ends_on``.

    ``lost_after`` is the share of reach that is lost all the same, ``after`` the account then.
    """

    taker: str
    similarity: Interval
    fits: Verdict
    wave: int
    starts_on: date
    ends_on: date
    lost_after: Interval | None
    after: Standing | None


class Move(Result):
    """An employee hands an account over; ``taking`` is None where nobody can take it, and ``reason`` why.

    ``loss`` is the departure loss, ``since`` the first day on record. ``today`` is the account after the
    moves before, and after the handover of who leaves it; ``meanwhile`` if the employee goes before
    anything is handed over. ``reason`` is a template of no language.
    """

    account: str
    employee: str
    loss: Interval
    since: date | None
    taking: Taking | None
    reason: str | None
    today: Standing | None
    meanwhile: Standing | None


class Held(Result):
    """An employee who holds an account alone, and does not move; ``since`` None is unknown."""

    account: str
    employee: str
    since: date | None


class Rotation(Result):
    """Who moves away from which account, who takes over, and when.

    Those move whose departure would cost at least ``least_loss`` of an account's reach for certain, and who
    are on record there for ``held_days``. ``recent`` are not on record for as long, and ``leaving`` need a
    handover instead. ``looked_at`` counts the observed accounts, ``unobserved`` the others.
    """

    as_of: date
    known_at: date | None
    policy: str
    least_loss: float
    held_days: int
    overlap_days: int
    looked_at: int
    unobserved: int
    waves: int
    moves: tuple[Move, ...]
    recent: tuple[Held, ...]
    leaving: tuple[Held, ...]
    names: Mapping[str, str]
