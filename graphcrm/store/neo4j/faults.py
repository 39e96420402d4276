"""What the errors of the driver and the server mean to a person, and what helps."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOTCONN

from neo4j.exceptions import (
    AuthConfigurationError,
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ReadServiceUnavailable,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
    WriteServiceUnavailable,
)
from pydantic import ValidationError

from graphcrm.errors import N_, StoreError
from graphcrm.store.neo4j.address import Address

Words = tuple[str, str]
"""A sentence and its cure."""


class Lost(StoreError):
    """The server is gone, or not there yet."""


class Unanswered(Lost):
    """It was told to keep what was written, and is gone: whether it did is not known."""


class LostWork(Lost):
    """The server is gone, and this says what that means for what was under way."""


UNAUTHORIZED: Words = (
    N_("The Neo4j at {url} refuses the user name or the password."),
    N_("Check GRAPHCRM_NEO4J_USER and GRAPHCRM_NEO4J_PASSWORD."),
)
ABSENT: Words = (
    N_("No Neo4j answers at {url}."),
    N_("Start the server, for example with `graphcrm neo4j up`, or check host and port."),
)
READ_ONLY: Words = (
    N_("Database {database} of the Neo4j at {url} can only be read."),
    N_("Use a server and a database that may be written to."),
)
NO_DIRECTORY: Words = (
    N_("The Neo4j at {url} cannot ask its directory of users (LDAP, single sign-on) who {user} is."),
    N_("Try again later, or ask who runs the server."),
)
NO_MEMORY: Words = (
    N_("The Neo4j at {url} has not enough memory for this; nothing was written."),
    N_("Give the server a larger heap (server.memory.heap.max_size), then try again."),
)
CODES: dict[str, Words] = {
    "Neo.ClientError.Security.Unauthorized": UNAUTHORIZED,
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        N_("The Neo4j at {url} takes no more passwords for a while after several wrong ones."),
        N_("Wait a few seconds, and check GRAPHCRM_NEO4J_USER and GRAPHCRM_NEO4J_PASSWORD."),
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        N_("The password for the Neo4j at {url} must be changed before it is used."),
        N_("Change it in Neo4j Browser or with cypher-shell, then set GRAPHCRM_NEO4J_PASSWORD."),
    ),
    "Neo.ClientError.Security.Forbidden": (
        N_("The user {user} may not do this in database {database} of the Neo4j at {url}."),
        N_("Ask for the right; docs/permissions.md says which one each command needs."),
    ),
    "Neo.ClientError.Security.AuthorizationExpired": (
        N_("The rights of {user} on the Neo4j at {url} have changed or run out."),
        N_("Try again; if it stays so, ask who runs the server."),
    ),
    "Neo.ClientError.Security.AuthProviderFailed": NO_DIRECTORY,
    "Neo.ClientError.Security.AuthProviderTimeout": NO_DIRECTORY,
    "Neo.ClientError.Database.DatabaseNotFound": (
        N_("The Neo4j at {url} has no database {database}."),
        N_("Name an existing one by GRAPHCRM_NEO4J_DATABASE; Neo4j Community has one only, neo4j."),
    ),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": NO_MEMORY,
    "Neo.ClientError.General.TransactionOutOfMemoryError": NO_MEMORY,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": READ_ONLY,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": READ_ONLY,
    "Neo.DatabaseError.Transaction.TransactionLogError": (
        N_("The Neo4j at {url} could not write to its disk."),
        N_("Make room on the server's disk and restart the server, then try again."),
    ),
    "Neo.DatabaseError.Transaction.TransactionStartFailed": (
        N_("Database {database} of the Neo4j at {url} has stopped after a fault of its own."),
        N_("Look into the server's log, for a full disk for instance; then restart the server."),
    ),
    "Neo.ClientError.Cluster.NotALeader": (
        N_("The Neo4j at {url} is a member of a cluster that cannot write."),
        N_("Write neo4j:// instead of bolt://, so that the driver finds the one that can."),
    ),
}
"""By code of the server."""

KINDS: tuple[tuple[type[Exception], Words], ...] = (
    (AuthError, UNAUTHORIZED),
    (AuthConfigurationError, UNAUTHORIZED),
    (
        IncompleteCommit,
        (
            N_("The connection to the Neo4j at {url} broke while it was told to keep what was written."),
            N_("Do the same again: what has been kept already is not written twice."),
        ),
    ),
    (
        WriteServiceUnavailable,
        (
            N_("The cluster at {url} has no member now that can write to database {database}."),
            N_("Wait until it has chosen a leader, then try again."),
        ),
    ),
    (
        ReadServiceUnavailable,
        (
            N_("The cluster at {url} has no member now that can read database {database}."),
            N_("Wait until its members are up, then try again."),
        ),
    ),
    (ServiceUnavailable, ABSENT),
    (
        SessionExpired,
        (
            N_("The connection to the Neo4j at {url} broke."),
            N_("Try again when the server is up."),
        ),
    ),
    (
        OverflowError,
        (
            N_("A number is larger than Neo4j can hold; nothing was written."),
            N_("Whole numbers end at 9223372036854775807."),
        ),
    ),
    (
        UnsupportedServerProduct,
        (
            N_("The server at {url} is too old, or is no Neo4j; graphcrm needs Neo4j 5.26 or newer."),
            N_("Use a newer server; `graphcrm neo4j up` starts one."),
        ),
    ),
    (
        ConfigurationError,
        (
            N_("The driver cannot use {url}: {reason}."),
            N_("Check the URL; encryption is neo4j+s:// or bolt+s://."),
        ),
    ),
)
"""By type, where the code says nothing."""


class AlreadyThere(StoreError):
    """An index or constraint is there, or in the making by another process that makes the same store."""


LOSSES: tuple[tuple[type[Exception], type[StoreError]], ...] = (
    (IncompleteCommit, Unanswered),
    (ServiceUnavailable, Lost),
    (SessionExpired, Lost),
)

UNAVAILABLE_CODES = ("DatabaseUnavailable", "LockClientStopped")
"""How codes end that say it. The second: the server stops, and what waited there for a lock is given up."""
UNAVAILABLE: Words = (
    N_("Database {database} of the Neo4j at {url} is not available now."),
    N_("Wait until the server has started it, or look into the server's log."),
)
OTHER: Words = (
    N_("The Neo4j at {url} failed: {reason}."),
    N_("Try again; if it stays so, look into the server's log."),
)


def fault(error: Exception, address: Address) -> StoreError:
    """What a person reads about an error of the driver."""
    code = getattr(error, "code", None) or ""
    reason = (getattr(error, "message", None) or str(error) or type(error).__name__).strip()
    by_type = next((words for kind, words in KINDS if isinstance(error, kind)), OTHER)
    unavailable = code.endswith(UNAVAILABLE_CODES)
    template, hint = UNAVAILABLE if unavailable else CODES.get(code, by_type)
    kind = next((kind for of, kind in LOSSES if isinstance(error, of)), StoreError)
    if unavailable:
        kind = Lost
    elif code == "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists":
        kind = AlreadyThere
    return kind(
        template,
        hint=hint,
        url=address.url,
        user=address.user,
        database=address.database,
        reason=_one_line(reason).replace(address.password, "…"),
    )


def _one_line(reason: str) -> str:
    return reason.splitlines()[0].rstrip(".") if reason else reason


@contextmanager
def told(words: Words, url: str) -> Iterator[None]:
    """Say what it means that the server is lost within; the innermost knows best."""
    try:
        yield
    except LostWork:
        raise
    except Lost as lost:
        template, hint = words
        raise LostWork(template, hint=hint, url=url) from lost


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turn every error of the driver, and what is stored but unknown, into a StoreError."""
    try:
        yield
    except (DriverError, Neo4jError, OverflowError) as error:
        raise fault(error, address) from error
    except OSError as error:
        # The driver asks a new connection who is at its other end, and nobody is: it was cut meanwhile.
        if error.errno != ENOTCONN:
            raise
        raise fault(SessionExpired(str(error)), address) from error


@contextmanager
def readable(url: str) -> Iterator[None]:
    """Turn what is stored, but is nothing this graphcrm knows, into a StoreError."""
    try:
        yield
    except (KeyError, ValidationError) as error:
        raise StoreError(
            N_("The store at {url} holds data that this graphcrm cannot read."),
            hint=N_("Use the graphcrm that wrote them, or restore the store from a backup."),
            url=url,
        ) from error
