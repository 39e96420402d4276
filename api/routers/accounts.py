"""``/v1/accounts``: the portfolio's accounts, one of them, its risk, why, and what-ifs."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Path, Query

from graphcrm.api.guard import as_id
from graphcrm.api.models.explanation import WhyAnswer
from graphcrm.api.models.reviews import AccountReview, AccountSummary, WhatIfAnswer, WhatIfRequest
from graphcrm.api.models.risk import AccountRisk
from graphcrm.api.portfolio import FactsAsked
from graphcrm.api.responses import example, responses
from graphcrm.i18n import translate
from graphcrm.services.audit import reviews
from graphcrm.services.documents import Json, account_document, risk_document, what_if_document
from graphcrm.services.review import review_account
from graphcrm.services.totals import open_amount
from graphcrm.services.what_if import what_if
from graphcrm.services.why import why_account
from graphcrm.services.why_document import DEEPEST, DEPTH, why_document

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])


def _id(account: Annotated[str, Path(description="The account's id.")]) -> str:
    return as_id(account)


AccountId = Annotated[str, Depends(_id)]
Axis = Literal["key_points", "breadth", "organisation"]


@router.get("", responses=responses("accounts", 422, 503))
def list_accounts(facts: FactsAsked) -> list[AccountSummary]:
    """Every account with its verdicts and risk, in the order of ids.

    The whole portfolio is reviewed for each request.
    """
    return [AccountSummary.of(each) for each in reviews(facts)]


@router.get("/{account}", response_model=AccountReview, responses=responses("account", 404, 422, 503))
def show_account(account: AccountId, facts: FactsAsked) -> Json:
    """One account: the answer, every measure, the findings, why something is undefined, what may be won."""
    return account_document(review_account(facts, account), open_amount(facts, account), translate)


@router.get("/{account}/risk", response_model=AccountRisk, responses=responses("risk", 404, 422, 503))
def account_risk(account: AccountId, facts: FactsAsked) -> Json:
    """The risk of one account: its points, where they come from, and the revenue it is about."""
    return risk_document(review_account(facts, account), facts.policy, translate)


@router.get("/{account}/why", response_model=WhyAnswer, responses=responses("why", 404, 422, 503))
def account_why(
    account: AccountId,
    facts: FactsAsked,
    *,
    axis: Annotated[Axis | None, Query(description="One axis.")] = None,
    seat: Annotated[str | None, Query(description="One seat: its id.")] = None,
    finding: Annotated[
        str | None, Query(description="One finding: its identity; or all of a rule.")
    ] = None,
    figure: Annotated[
        str | None,
        Query(description="One figure by its name, such as `departure_loss/ID`; or a node by its id."),
    ] = None,
    risk: Annotated[bool, Query(description="The risk.")] = False,
    depth: Annotated[int, Query(description="How many levels to show.", ge=1, le=DEEPEST)] = DEPTH,
) -> Json:
    """How figures come about: a tree in which every node recomputes from its children.

    One of them is asked for; without any it is the verdicts and the risk. Leaves are records, days, entries
    of the method pack, and what is not on record. Ask for a node by its id to see what is below it.
    """
    explained = why_account(facts, account, axis=axis, seat=seat, finding=finding, figure=figure, risk=risk)
    return why_document(explained, depth, translate)


@router.post(
    "/{account}/what-if", response_model=WhatIfAnswer, responses=responses("what-if", 404, 422, 503)
)
def account_what_if(
    account: AccountId,
    asked: Annotated[WhatIfRequest, Body(examples=[example("what-if-request")])],
    facts: FactsAsked,
) -> Json:
    """One account today, and as it would be after employees of ours left. Nothing is changed.

    Everybody may leave: then the review says what stays with the firm.
    """
    return what_if_document(what_if(facts, account, asked.leaves), translate)
