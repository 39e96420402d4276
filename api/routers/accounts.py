"""``/v1/accounts``: the portfolio's accounts, one of them, why, what to ask, what-ifs, and plans."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Path, Query

from graphcrm.api.guard import as_id
from graphcrm.api.models.explanation import WhyAnswer
from graphcrm.api.models.plans import AccountPlan, PlanRequest
from graphcrm.api.models.questions import AccountQuestions
from graphcrm.api.models.reviews import AccountSummary, ShownAccount, WhatIfAnswer, WhatIfRequest
from graphcrm.api.models.risk import AccountRisk
from graphcrm.api.portfolio import AskedFor
from graphcrm.api.responses import example, responses
from graphcrm.graph.build import build_graph
from graphcrm.i18n import translate
from graphcrm.services.ask import ask
from graphcrm.services.ask_document import questions_document
from graphcrm.services.documents import Json, account_document, risk_document, what_if_document
from graphcrm.services.planning import plan
from graphcrm.services.planning_document import plan_document
from graphcrm.services.review import review_account
from graphcrm.services.structure import review_with_structure, with_structure
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
def list_accounts(asked: AskedFor) -> list[AccountSummary]:
    """Every account with its verdicts and risk, in the order of ids.

    The whole portfolio is reviewed for each request.
    """
    return [AccountSummary.of(each) for each in asked.reviews()]


@router.get("/{account}", response_model=ShownAccount, responses=responses("account", 404, 422, 503))
def show_account(account: AccountId, asked: AskedFor) -> Json:
    """One account: the answer, every measure, the findings, the structure, and what may be won.

    What is undefined says why.
    """
    facts = asked.facts_about(account)
    result, found = review_with_structure(facts, account)
    return with_structure(
        account_document(result, open_amount(facts, account), translate), found, translate
    )


@router.get("/{account}/risk", response_model=AccountRisk, responses=responses("risk", 404, 422, 503))
def account_risk(account: AccountId, asked: AskedFor) -> Json:
    """The risk of one account: its points, where they come from, and the revenue it is about."""
    facts = asked.facts_about(account)
    return risk_document(review_account(facts, account), facts.policy, translate)


@router.get(
    "/{account}/questions",
    response_model=AccountQuestions,
    responses=responses("questions", 404, 422, 503),
)
def account_questions(account: AccountId, asked: AskedFor) -> Json:
    """What to ask about one account: the facts that would narrow its risk most, and whom of ours to ask.

    Each unknown fact is priced by two more risks: an account of which much is unknown takes a while.
    """
    facts = asked.facts_about(account, everybody=True)
    return questions_document(ask(build_graph(facts, account), facts), translate)


@router.get("/{account}/why", response_model=WhyAnswer, responses=responses("why", 404, 422, 503))
def account_why(
    account: AccountId,
    asked: AskedFor,
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
    facts = asked.facts_about(account)
    explained = why_account(facts, account, axis=axis, seat=seat, finding=finding, figure=figure, risk=risk)
    return why_document(explained, depth, translate)


@router.post(
    "/{account}/what-if", response_model=WhatIfAnswer, responses=responses("what-if", 404, 422, 503)
)
def account_what_if(
    account: AccountId,
    changes: Annotated[WhatIfRequest, Body(examples=[example("what-if-request")])],
    asked: AskedFor,
) -> Json:
    """One account today, and as it would be if people left, handed over or got to know each other.

    Nothing is changed. Everybody may leave: then the review says what stays with the firm.
    """
    later = None if changes.date is None else asked.on(changes.date)
    result = what_if(
        asked.facts_about(account, everybody=True),
        account,
        changes.leaves,
        contact_leaves=changes.contact_leaves,
        handovers=[(part.giver, part.taker) for part in changes.handovers],
        new_ties=[(part.employee, part.contact, part.strength) for part in changes.new_ties],
        later=None if later is None else later.facts_about(account, everybody=True),
    )
    return what_if_document(result, translate)


@router.post("/{account}/plan", response_model=AccountPlan, responses=responses("plan", 404, 422, 503))
def account_plan(
    account: AccountId,
    wanted: Annotated[PlanRequest, Body(examples=[example("plan-request")])],
    asked: AskedFor,
) -> Json:
    """Which ties to build or deepen, by whose introduction, and what each would change.

    The plan of most worth that the budget allows; ``proof`` says how that is known.
    """
    facts = asked.facts_about(account, everybody=True)
    return plan_document(plan(facts, account, budget=wanted.budget), translate)
