"""``/docs``: the API's description for people, made on the server, with no script and no network."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from graphcrm.api.documentation import sections
from graphcrm.api.html import PAGE_POLICY, rendered, stylesheet
from graphcrm.api.problems import KINDS

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def documentation(request: Request) -> HTMLResponse:
    """Every address, what it takes, what it returns, and every problem."""
    api = request.app.openapi()
    page = rendered("docs.html.j2", info=api["info"], kinds=KINDS, **sections(api))
    return HTMLResponse(page, headers=dict(PAGE_POLICY))


@router.get("/docs/page.css")
def style() -> Response:
    """The style of these pages."""
    return Response(stylesheet(), media_type="text/css")
