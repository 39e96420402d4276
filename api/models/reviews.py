"""Reviews as the API returns them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.api.models.money import Total
from graphcrm.api.portfolio import ReviewDay
from graphcrm.records.base import Day
from graphcrm.records.finding import Severity
from graphcrm.records.interval import Count, Interval
from graphcrm.records.review import Measures
from graphcrm.records.structure import RoutesToSeat, Structure
from graphcrm.records.summary import Summary


class AccountSummary(Summary, Document):
    """An account's row: verdicts and axes are null where nothing is observed."""


class FindingDocument(Document):
    """A rule that fired."""

    rule: str = Field(description="The rule's name.")
    account: str
    subjects: tuple[str, ...] = Field(description="Ids of what it is about, the most specific first.")
    severity: Severity
    evidence: Mapping[str, object] = Field(description="The numbers and ids it rests on.")
    denominator: int = Field(description="How many the rule looked at in this account.")
    says: str = Field(description="The sentence's template, in English.")
    params: Mapping[str, str] = Field(description="What goes into the template.")
    identity: str = Field(description="Rule, account and subjects: the same in every audit.")
    text: str = Field(description="The sentence, in the language asked for.")


class AccountHead(Document):
    """What every account has."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    mode: str
    mode_assumed: bool
    observed: bool
    risk: Interval
    currency: str | None
    answer: str
    caution: str
    high_findings: int
    reasons: Mapping[str, str]
    findings: tuple[FindingDocument, ...]
    names: Mapping[str, str]
    open_opportunities: Total = Field(description="What may be won at the account, on that day.")


class ObservedAccount(Measures, AccountHead):
    """An account with its measures."""

    observed: Literal[True]


class UnobservedAccount(AccountHead):
    """An account of which nothing is known: no measures, and a risk of anything from 0 to 100."""

    observed: Literal[False]


class StructureDocument(Structure, Document):
    """On whom, and through whom, an account hangs."""

    bus_factor: Count | None = Field(description="The least and the most it can be; the same if settled.")
    routes: Mapping[str, RoutesToSeat] = Field(
        description="By seat: independent routes and a smallest cut."
    )
    reasons: Mapping[str, str]


class AccountWithStructure(ObservedAccount):
    """An account with its measures and its structure."""

    structure: StructureDocument = Field(description="On whom, and through whom, the account hangs.")


ShownAccount = Annotated[
    AccountWithStructure | UnobservedAccount,
    Field(description="With measures and structure where anything is observed."),
]
AccountReview = Annotated[
    ObservedAccount | UnobservedAccount, Field(description="With measures where anything is observed.")
]


PersonId = Annotated[str, Field(min_length=1, max_length=200)]
Some = Field(default=(), max_length=500)
"""A list that may be absent."""


class HandoverPart(Document):
    """Who gives the account up, and who takes it over."""

    giver: PersonId = Field(description="Id of the employee who gives the account up, as if leaving it.")
    taker: PersonId = Field(
        description="Id of the successor, who gets the ties and mechanisms of the giver."
    )


class NewTiePart(Document):
    """Who gets to know whom, and how well."""

    employee: PersonId
    contact: PersonId = Field(description="Id of the contact, who holds a seat that counts here.")
    strength: Annotated[float, Field(strict=True, ge=0, le=1)] = Field(
        description="0..1; where a tie is stronger already, it stays."
    )


class WhatIfRequest(Document):
    """What is supposed; at least one of these."""

    leaves: Annotated[
        tuple[PersonId, ...], Some, Field(description="Ids of the employees of ours who leave.")
    ] = ()
    contact_leaves: Annotated[
        tuple[PersonId, ...], Some, Field(description="Ids of the contacts who leave the customer.")
    ] = ()
    handovers: Annotated[
        tuple[HandoverPart, ...], Some, Field(description="Who hands the account over to whom.")
    ] = ()
    new_ties: Annotated[
        tuple[NewTiePart, ...], Some, Field(description="Who gets to know whom, and how well.")
    ] = ()
    date: Annotated[
        ReviewDay | None,
        Field(description="The day on which it happens, if later than that of the review: time passes."),
    ] = None


class WhatIfAnswer(Document):
    """The review as it is, and the one it would be if all of that happened."""

    account: str
    caution: str
    leaves: tuple[str, ...] = Field(description="Ids of the employees who leave, each once.")
    contact_leaves: tuple[str, ...] = Field(description="Ids of the contacts who leave, each once.")
    handovers: tuple[HandoverPart, ...] = Field(description="Who hands over to whom, each once.")
    new_ties: tuple[NewTiePart, ...] = Field(description="Who gets to know whom, and how well.")
    date: Day = Field(
        description="The day on which it happens, and which the account is then reviewed as of."
    )
    supposed: tuple[str, ...] = Field(description="The same in sentences, in the language asked for.")
    answer: str = Field(description="How the account would stand, in one sentence.")
    new_findings: tuple[str, ...] = Field(description="Identities of the findings only ``after`` has.")
    gone_findings: tuple[str, ...] = Field(description="Identities of the findings only ``before`` has.")
    before: AccountReview
    after: AccountReview
