"""Problems: every error as problem details (RFC 9457), with the codes of the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from graphcrm.api.headers import HEADERS
from graphcrm.api.html import PAGE_POLICY, rendered
from graphcrm.api.models.problem import Problem, Wrong
from graphcrm.errors import N_, GraphcrmError, InputError, Message, PolicyError, StoreError, UnknownRecord
from graphcrm.i18n import say
from graphcrm.i18n import translate as _

MEDIA_TYPE = "application/problem+json"
LONGEST_VALUE = 60


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, its name, and when it is met."""

    status: int
    title: str
    meaning: str


KINDS: Mapping[str, Kind] = {
    InputError.code: Kind(
        422,
        N_("The request cannot be used"),
        N_("A parameter or the body is not what it must be, or the store holds no data yet."),
    ),
    UnknownRecord.code: Kind(
        404, N_("No such record"), N_("No account, employee or contact has that id on that day.")
    ),
    "not_found": Kind(404, N_("No such address"), N_("Nothing is served at that path.")),
    "method_not_allowed": Kind(
        405, N_("Method not allowed"), N_("The path is there, but not for that method; see Allow.")
    ),
    "too_large": Kind(413, N_("The request is too large"), N_("The body is larger than 64 KiB.")),
    "wrong_host": Kind(
        421,
        N_("Wrong host"),
        N_("The request was addressed to another host than localhost, 127.0.0.1 or [::1]."),
    ),
    StoreError.code: Kind(
        503, N_("The store is not available"), N_("It cannot be opened or read now. Try again later.")
    ),
    PolicyError.code: Kind(
        500,
        N_("The method pack does not fit the data"),
        N_("The data use a word that the server's policy does not define."),
    ),
    GraphcrmError.code: Kind(
        500, N_("Something went wrong"), N_("A fault of the server, which its log describes.")
    ),
}
"""By code, the kinds of problem there are."""

BY_STATUS: Mapping[int, str] = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}

HINTS: Mapping[str, str] = {
    "`graphcrm account list` shows the ids.": N_("GET /v1/accounts lists the ids."),
    "`graphcrm account show {account}` names those who know it.": N_(
        "GET /v1/accounts/{account} names those who know it."
    ),
    "`graphcrm account show {account} --format json` lists them under contact_loss.": N_(
        "GET /v1/accounts/{account} lists them under contact_loss."
    ),
    "Give one or more of --leaves, --contact-leaves, --handover, --new-tie and --date.": N_(
        "Give one or more of leaves, contact_leaves, handovers, new_ties and date."
    ),
    "Give a later day; --as-of sets the day of the review.": N_(
        "Give a later day; as_of sets the day of the review."
    ),
}
"""Cures that name a command, and what a client of the API does instead."""


def install(app: FastAPI) -> None:
    """Turn every error into a problem; the app then answers with nothing else."""
    app.add_exception_handler(GraphcrmError, _of_graphcrm)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_bug)


def wrong_host(scope: Scope, host: str) -> Response:
    """The answer to a request for somebody else."""
    return problem(
        Request(scope),
        "wrong_host",
        Message(N_("This server answers for this computer only, not for {host!r}."), {"host": host}),
        Message(N_("Address it as http://127.0.0.1 or http://localhost, with its port.")),
    )


def problem(
    request: Request,
    code: str,
    detail: Message,
    hint: Message | None = None,
    *,
    wrong: list[Wrong] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as JSON; as a page for a person who looks at pages."""
    kind = KINDS[code]
    document = Problem(
        # The page of the API's documentation says more about each code.
        type=f"/docs#{code}",
        title=_(kind.title),
        status=kind.status,
        detail=say(detail),
        code=code,
        hint=None if hint is None else say(hint),
        instance=request.scope.get("raw_path", b"").decode("ascii", "replace") or request.url.path,
        errors=wrong,
    )
    if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/"):
        page = rendered("problem.html.j2", problem=document)
        return HTMLResponse(page, document.status, {**(headers or {}), **PAGE_POLICY})
    content = document.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, document.status, headers, MEDIA_TYPE)


async def _of_graphcrm(request: Request, error: Exception) -> Response:
    known = cast("GraphcrmError", error)
    tree = (cls for cls in type(known).__mro__ if issubclass(cls, GraphcrmError))
    code = next(cls.code for cls in tree if cls.code in KINDS)
    hint = known.hint and Message(HINTS.get(known.hint.template, known.hint.template), known.hint.params)
    return problem(request, code, known.message, hint)


async def _of_validation(request: Request, error: Exception) -> Response:
    wrong = [_wrong(e) for e in cast("RequestValidationError", error).errors()]
    template = N_("{at}: {what}.") if wrong[0].value is None else N_("{at} = {value}: {what}.")
    first = Message(template, wrong[0].model_dump())
    day = any(e["type"] == "day" for e in cast("RequestValidationError", error).errors())
    hint = Message(N_("Write it YYYY-MM-DD, for example 2026-06-30.")) if day else None
    return problem(request, InputError.code, first, hint, wrong=wrong)


def _wrong(error: Mapping[str, Any]) -> Wrong:
    at = ".".join(str(part) for part in error["loc"])
    value = error.get("input")
    # What was sent is told back only where it is short and plain.
    told = isinstance(value, str | int | float) and len(repr(value)) <= LONGEST_VALUE
    return Wrong(at=at, what=str(error["msg"]), value=repr(value) if told else None)


async def _of_http(request: Request, error: Exception) -> Response:
    known = cast("HTTPException", error)
    code = BY_STATUS.get(known.status_code, InputError.code)
    return problem(
        request,
        code,
        Message(KINDS[code].meaning if code in BY_STATUS.values() else str(known.detail)),
        headers=known.headers,
    )


async def _of_bug(request: Request, error: Exception) -> Response:
    del error  # the server logs it; the client learns nothing of our insides
    bug = Message(N_("Something went wrong that should not."))
    # This answer does not pass the guard.
    return problem(request, GraphcrmError.code, bug, headers=HEADERS)
