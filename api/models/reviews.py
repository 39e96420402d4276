"""Reviews as the API returns them: what ``graphcrm account list`` and ``account show`` print as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from graphcrm.api.models.document import Document, caution
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.records.account import Account
from graphcrm.records.finding import Finding, Severity
from graphcrm.records.interval import Interval
from graphcrm.records.review import Measures, Review, Verdict
from graphcrm.services.answer import answer


class AccountSummary(Document):
    """An account's row: verdicts and axes are null where nothing is observed."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    mode: str
    observed: bool
    three_dimensional: Verdict | None = None
    robustly_three_dimensional: Verdict | None = None
    adequate: Verdict | None = None
    robustly_adequate: Verdict | None = None
    key_points: Interval | None = None
    key_points_floor: Interval | None = None
    breadth: Interval | None = None
    organisation: Interval | None = None
    risk: Interval
    high_findings: int

    @classmethod
    def of(cls, review: Review, account: Account) -> "AccountSummary":
        """The row of a review."""
        whole = {
            **dict(review),
            **dict(review.measures or ()),
            "name": account.name,
            "high_findings": review.high_findings,
        }
        return cls.model_validate({name: whole[name] for name in cls.model_fields if name in whole})


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

    @classmethod
    def of(cls, finding: Finding) -> "FindingDocument":
        """A finding with its sentence spelled out."""
        return cls(**dict(finding), identity=finding.identity, text=say(finding.message))


class ReviewHead(Document):
    """What every review has."""

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


class ObservedAccount(Measures, ReviewHead):
    """An account with its measures."""

    observed: Literal[True]


class UnobservedAccount(ReviewHead):
    """An account of which nothing is known: no measures, and a risk of anything from 0 to 100."""

    observed: Literal[False]


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


def account_review(review: Review, account: Account) -> ObservedAccount | UnobservedAccount:
    """A review for programs, with the answer, the reasons and each finding's sentence spelled out."""
    head = {
        **{name: value for name, value in review if name != "measures"},
        "name": account.name,
        "currency": account.currency,
        "answer": say(answer(review)),
        "caution": caution(),
        "high_findings": review.high_findings,
        "reasons": {name: _(text) for name, text in review.reasons.items()},
        "findings": tuple(FindingDocument.of(finding) for finding in review.findings),
    }
    if review.measures is None:
        return UnobservedAccount.model_validate(head)
    return ObservedAccount.model_validate({**head, **dict(review.measures)})
