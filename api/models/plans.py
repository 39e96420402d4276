"""Plans as the API takes and returns them: ties to build within a budget, and a handover."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.api.models.money import Total
from graphcrm.records.interval import Interval
from graphcrm.records.plan import Proof, Route, Standing
from graphcrm.records.review import Verdict


class PlanRequest(Document):
    """How much may be done."""

    budget: Annotated[
        int,
        Field(strict=True, ge=0, le=1000, description="How many ties to build or deepen at the account."),
    ]


class AccountStanding(Standing, Document):
    """How the account stands: its axes, its verdicts, its risk."""


class ProposedTie(Document):
    """A tie to build or deepen."""

    employee: str
    contact: str = Field(description="The contact's id.")
    seats: tuple[str, ...] = Field(description="Seats the contact holds, in scope or gates to one.")
    route: Route = Field(
        description="How the employee comes to the contact: known already, introduced by a colleague, by a "
        "contact, by a colleague who knows such a contact, or matching in function and level."
    )
    introducer: str | None = Field(
        description="Who introduces, one of ours or one of theirs; null: nobody."
    )
    path: tuple[str, ...] = Field(description="From the employee to the contact.")
    owner: str = Field(description="The employee who sees to it.")
    fit: Interval = Field(description="How well function, level and region match, 0..1.")
    strength_before: Interval = Field(description="Strength of the tie today, 0..1.")
    strength_after: Interval = Field(description="Strength of the tie once it is built.")
    gain: float = Field(description="What the objective rises by, after the proposals before.")
    objective: float = Field(description="The objective with this proposal and those before.")
    alone: AccountStanding | None = Field(description="The account with this proposal only.")


class AccountPlan(Document):
    """The ties of most worth that the budget allows, in the order of their gains."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    observed: bool
    budget: int = Field(description="How many ties were asked for, at most.")
    target_strength: float = Field(description="The strength a tie is taken to reach, 0..1.")
    candidates: int = Field(description="How many ties were looked at.")
    objective: float | None = Field(
        description="Decision weight times reach, half of it as it is and half without the best route's "
        "employee, at proven strength; null where nothing is observed."
    )
    objective_after: float | None = Field(description="The objective with every proposal.")
    objective_bound: float | None = Field(description="No plan of this budget passes it.")
    objective_most: float | None = Field(description="The objective at best: the weights of all seats.")
    proof: Proof | None = Field(
        description="How it is known that no plan is worth more; bounded: it is not, see objective_bound."
    )
    proposals: tuple[ProposedTie, ...] = Field(description="The ties, the largest gain first.")
    reason: str | None = Field(description="Why nothing is proposed.")
    today: AccountStanding | None = Field(description="The account today.")
    together: AccountStanding | None = Field(description="The account with every proposal.")
    caution: str
    names: Mapping[str, str]


class HandedContact(Document):
    """A contact, and who takes over."""

    contact: str = Field(description="The contact's id.")
    seats: tuple[str, ...] = Field(description="Seats the contact holds, in scope or gates to one.")
    strength: Interval = Field(description="Strength of the employee's tie, 0..1.")
    stake: float = Field(description="Weighted reach that hangs on this tie alone, at proven strength.")
    successor: str | None = Field(description="The likest employee who is free for it; null: nobody fits.")
    fits: Verdict = Field(description="Whether the successor is alike enough.")
    similarity: Interval | None = Field(
        description="How like the employee the successor is: function, level, region, shared seats; 0..1."
    )
    handed: Interval | None = Field(description="Strength of the successor's tie after the handover.")
    reason: str | None = Field(description="Why there is no successor.")


class HandedMechanism(Document):
    """A mechanism, and who looks after it then."""

    mechanism: str = Field(description="The mechanism's id.")
    mechanism_kind: str = Field(description="What it is, such as steering_committee.")
    successor: str | None = Field(description="Who looks after it then; null: nobody fits.")


class HandedAccount(Document):
    """What is handed over at one account."""

    account: str
    name: str
    lost_meanwhile: Interval | None = Field(
        description="Share of reach lost once the employee is gone and nothing is handed over."
    )
    lost_after: Interval | None = Field(description="Share of reach still lost when all is handed over.")
    revenue_at_risk: Interval | None = Field(description="Revenue that would follow: an assumption.")
    currency: str | None
    today: AccountStanding | None = Field(description="The account today; null: nothing is observed.")
    meanwhile: AccountStanding | None = Field(description="The account before anything is handed over.")
    after: AccountStanding | None = Field(description="The account when all is handed over.")
    contacts: tuple[HandedContact, ...] = Field(description="The contacts, most at stake first.")
    mechanisms: tuple[HandedMechanism, ...] = Field(description="The mechanisms the employee looks after.")


class EmployeeHandover(Document):
    """Who takes over what from one of ours. Scores are no basis for judging an employee."""

    employee: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    on_notice: bool = Field(description="Whether the employee is known to leave.")
    leaves_on: date | None = Field(description="First day without the employee; null: not on record.")
    begin_by: date | None = Field(description="Day to begin by; it may have passed.")
    overlap_days: int = Field(description="For how many days both are to be there.")
    ordered_by: Literal["revenue_at_risk", "departure_loss"] = Field(
        description="What the accounts are ordered by; revenue where all of it is known in one currency."
    )
    revenue_at_risk: Total = Field(description="Revenue at risk over these accounts.")
    accounts: tuple[HandedAccount, ...] = Field(description="The accounts, most at stake first.")
    caution: str
    names: Mapping[str, str]
