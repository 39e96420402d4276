"""Reviews as the API returns them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.api.models.money import Total
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


class WhatIfRequest(Document):
    """Which of our employees leave."""

    leaves: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=200)], ...],
        Field(min_length=1, max_length=500, description="Ids of the employees who leave."),
    ]


class WhatIfAnswer(Document):
    """The review today, and the one it would be without these employees."""

    account: str
    caution: str
    leaves: tuple[str, ...] = Field(description="Ids of the employees who leave, each once.")
    before: AccountReview
    after: AccountReview
