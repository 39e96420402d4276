"""Guard: what is done for every request before a route is looked for, and for every response."""

from ipaddress import ip_address
from urllib.parse import parse_qs, quote, unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphcrm.api.headers import HEADERS
from graphcrm.api.problems import KINDS, wrong_host
from graphcrm.i18n import LANGUAGES, activate

LARGEST_BODY = 64 * 1024
"""Bytes; a what-if about everybody there may be is far smaller."""


class Guard:
    """Refuses foreign hosts and large bodies, chooses the language, keeps ids whole, adds security headers.

    Without keys the loopback address is the only fence, and a web page anywhere can point a name of its own
    at it (DNS rebinding). So a request must be addressed to the loopback host by name.
    """

    def __init__(self, app: ASGIApp, lang: str) -> None:
        self._app = app
        self._lang = lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LARGEST_BODY:
                raise HTTPException(KINDS["too_large"].status)
            return message

        activate(_language(scope) or self._lang)
        host = Headers(scope=scope).get("host", "")
        app = self._app if is_loopback(host_of(host)) else wrong_host(scope, host)
        await app({**scope, "path": whole_segments(scope)}, receive_limited, send_guarded)


def host_of(header: str) -> str:
    """The host in a Host header, without its port.

    >>> host_of("127.0.0.1:8000"), host_of("[::1]:8000"), host_of("localhost")
    ('127.0.0.1', '::1', 'localhost')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself, reachable by nobody else.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def whole_segments(scope: Scope) -> str:
    """The path with each segment decoded but for its slashes, so that an id may hold one.

    ``as_id`` takes the rest of the encoding away.
    """
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    segments = raw.decode("ascii", "replace").split("/")
    return "/".join(unquote(s).replace("%", "%25").replace("/", "%2F") for s in segments)


def as_id(segment: str) -> str:
    """An id as it stands in a path of ``whole_segments``."""
    return unquote(segment)


def _language(scope: Scope) -> str | None:
    asked = parse_qs(scope["query_string"].decode("ascii", "replace")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else None
