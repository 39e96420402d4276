"""Where a Neo4j store is, and as whom to go there: a URL and what the settings add to it."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from graphcrm.errors import N_, InputError
from graphcrm.settings import without_credentials

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""What a URL of a Neo4j server begins with; ``+s`` is encrypted, ``+ssc`` with a certificate of its own."""

DEFAULT_USER = DEFAULT_DATABASE = "neo4j"


@dataclass(frozen=True)
class Address:
    """``url`` holds no credentials: it may be shown."""

    url: str
    user: str
    password: str = field(repr=False)
    database: str

    @classmethod
    def of(cls, url: str, *, user: str | None, password: str | None, database: str | None) -> "Address":
        """The address a URL names; its own user and password go before those given beside it.

        Raises:
            InputError: it is no URL of a Neo4j server, or nothing gives the password.
        """
        parts = _split(url)
        stated = parts.username
        given_user = unquote(stated) if stated else user or DEFAULT_USER
        given_password = unquote(parts.password) if parts.password else password
        if not given_password:
            raise InputError(
                N_("The store at {url} needs a password."),
                hint=N_("Set GRAPHCRM_NEO4J_PASSWORD (and GRAPHCRM_NEO4J_USER, if it is not neo4j)."),
                url=without_credentials(url),
            )
        plain = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return cls(plain, given_user, given_password, database or DEFAULT_DATABASE)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in SCHEMES and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        raise _no_url(url) from None
    if not usable or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _no_url(url)
    return parts


def _no_url(url: str) -> InputError:
    return InputError(
        N_("Store {url!r} is not the URL of a Neo4j server."),
        hint=N_("Write neo4j://host:7687; the database is named by GRAPHCRM_NEO4J_DATABASE."),
        url=without_credentials(url),
    )
