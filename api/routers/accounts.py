"""``/v1/accounts``: the portfolio's accounts, one of them, its risk, and what-ifs."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path

from graphcrm.api.guard import as_id
from graphcrm.api.models.document import caution
from graphcrm.api.models.reviews import (
    AccountReview,
    AccountSummary,
    ObservedAccount,
    UnobservedAccount,
    WhatIfAnswer,
    WhatIfRequest,
    account_review,
)
from graphcrm.api.models.risk import AccountRisk
from graphcrm.api.portfolio import FactsAsked
from graphcrm.api.responses import example, responses
from graphcrm.graph.build import build_graph
from graphcrm.services.audit import reviews
from graphcrm.services.review import review
from graphcrm.services.what_if import what_if

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])


def _id(account: Annotated[str, Path(description="The account's id.")]) -> str:
    return as_id(account)


AccountId = Annotated[str, Depends(_id)]


@router.get("", responses=responses("accounts", 422, 503))
def list_accounts(facts: FactsAsked) -> list[AccountSummary]:
    """Every account with its verdicts and risk, in the order of ids.

    The whole portfolio is reviewed for each request.
    """
    return [AccountSummary.of(each, facts.accounts[each.account]) for each in reviews(facts)]


@router.get("/{account}", response_model=AccountReview, responses=responses("account", 404, 422, 503))
def show_account(account: AccountId, facts: FactsAsked) -> ObservedAccount | UnobservedAccount:
    """One account: the answer, every measure, the findings, and why something is undefined."""
    return account_review(review(build_graph(facts, account)), facts.accounts[account])


@router.get("/{account}/risk", responses=responses("risk", 404, 422, 503))
def account_risk(account: AccountId, facts: FactsAsked) -> AccountRisk:
    """The risk of one account: its points, where they come from, and the revenue it is about."""
    result = review(build_graph(facts, account))
    return AccountRisk.of(result, facts.accounts[account], facts.policy)


@router.post("/{account}/what-if", responses=responses("what-if", 404, 422, 503))
def account_what_if(
    account: AccountId,
    asked: Annotated[WhatIfRequest, Body(examples=[example("what-if-request")])],
    facts: FactsAsked,
) -> WhatIfAnswer:
    """One account today, and as it would be after employees of ours left. Nothing is changed.

    Everybody may leave: then the review says what stays with the firm.
    """
    result = what_if(facts, account, list(dict.fromkeys(asked.leaves)))
    of = facts.accounts[account]
    return WhatIfAnswer(
        account=account,
        caution=caution(),
        leaves=result.leaves,
        before=account_review(result.before, of),
        after=account_review(result.after, of),
    )
