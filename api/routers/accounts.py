"""``/v1/accounts``: the portfolio's accounts, one of them, its risk, and what-ifs."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path

from graphcrm.api.guard import as_id
from graphcrm.api.models.reviews import AccountReview, AccountSummary, WhatIfAnswer, WhatIfRequest
from graphcrm.api.models.risk import AccountRisk
from graphcrm.api.portfolio import AskedFor
from graphcrm.api.responses import example, responses
from graphcrm.i18n import translate
from graphcrm.services.documents import Json, account_document, risk_document, what_if_document
from graphcrm.services.review import review_account
from graphcrm.services.totals import open_amount
from graphcrm.services.what_if import what_if

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])


def _id(account: Annotated[str, Path(description="The account's id.")]) -> str:
    return as_id(account)


AccountId = Annotated[str, Depends(_id)]


@router.get("", responses=responses("accounts", 422, 503))
def list_accounts(asked: AskedFor) -> list[AccountSummary]:
    """Every account with its verdicts and risk, in the order of ids.

    The whole portfolio is reviewed for each request.
    """
    return [AccountSummary.of(each) for each in asked.reviews()]


@router.get("/{account}", response_model=AccountReview, responses=responses("account", 404, 422, 503))
def show_account(account: AccountId, asked: AskedFor) -> Json:
    """One account: the answer, every measure, the findings, why something is undefined, what may be won."""
    facts = asked.facts_about(account)
    return account_document(review_account(facts, account), open_amount(facts, account), translate)


@router.get("/{account}/risk", response_model=AccountRisk, responses=responses("risk", 404, 422, 503))
def account_risk(account: AccountId, asked: AskedFor) -> Json:
    """The risk of one account: its points, where they come from, and the revenue it is about."""
    facts = asked.facts_about(account)
    return risk_document(review_account(facts, account), facts.policy, translate)


@router.post(
    "/{account}/what-if", response_model=WhatIfAnswer, responses=responses("what-if", 404, 422, 503)
)
def account_what_if(
    account: AccountId,
    changes: Annotated[WhatIfRequest, Body(examples=[example("what-if-request")])],
    asked: AskedFor,
) -> Json:
    """One account today, and as it would be after employees of ours left. Nothing is changed.

    Everybody may leave: then the review says what stays with the firm.
    """
    facts = asked.facts_about(account, everybody=True)
    return what_if_document(what_if(facts, account, changes.leaves), translate)
