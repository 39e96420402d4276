"""The pages a person looks at: the portfolio's index and each account's."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, RedirectResponse

from graphcrm.api.guard import as_id
from graphcrm.api.html import policy_of
from graphcrm.api.portfolio import Asked, AskedFor, Language, PortfolioOf
from graphcrm.services.answer import answer
from graphcrm.services.relationship_map import map_account

router = APIRouter(include_in_schema=False)


def _spoken(looked_at: PortfolioOf, lang: Language = None) -> str:
    return lang or looked_at.lang


Spoken = Annotated[str, Depends(_spoken)]


@router.get("/")
@router.get("/accounts")
def home() -> RedirectResponse:
    """The index stands beside the pages it links to."""
    return RedirectResponse("/accounts/")


@router.get("/accounts/")
def index(asked: AskedFor, lang: Spoken) -> HTMLResponse:
    """Every account, the highest risk first."""
    from graphcrm.visualizations.pages import index_page  # noqa: PLC0415 - who asks for no page needs none

    page = index_page(asked.reviews(), asked.view.policy, lang=lang)
    return HTMLResponse(page, headers=policy_of(page))


@router.get("/accounts/{page}")
def account(page: str, asked: AskedFor, lang: Spoken) -> HTMLResponse:
    """One account, under its id or the name of its page."""
    from graphcrm.visualizations.pages import account_page  # noqa: PLC0415 - as above

    account = _account(asked, as_id(page))
    drawn = map_account(asked.facts_about(account), account)
    html = account_page(drawn, answer(drawn.review), asked.view.policy, lang=lang, index="./")
    return HTMLResponse(html, headers=policy_of(html))


def _account(asked: Asked, name: str) -> str:
    """The account whose page has that name, as the index links to it; else the name is an id."""
    from graphcrm.visualizations.pages import file_name  # noqa: PLC0415 - as above

    return next((each for each in asked.accounts() if file_name(each) == name), name)
