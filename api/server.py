"""The server: where it may listen, and how it runs."""

import socket
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from ipaddress import ip_address

import uvicorn
from fastapi import FastAPI

from graphcrm.api.guard import is_loopback
from graphcrm.errors import N_, InputError

WAITING = 2048
"""How many connections may wait to be accepted."""
GRACE_SECONDS = 10
"""How long answers that are under way may take when the server is told to stop."""

REASONS = {
    EADDRINUSE: N_("Port {port} of {host} is in use by another program."),
    EACCES: N_("You may not listen on port {port}."),
    EADDRNOTAVAIL: N_("This computer has no address {host}."),
}


def listen(host: str, port: int, *, behind_loopback: bool = False) -> socket.socket:
    """A socket on a loopback address, or on any other where the caller vouches for what is before it.

    Raises InputError for an address that others can reach, and where it cannot be listened on.
    """
    address = "127.0.0.1" if host.lower() == "localhost" else host
    if not (behind_loopback or is_loopback(address)):
        raise InputError(
            N_(
                "Refused to listen on {host}: there are no keys yet, so whoever reaches this address reads "
                "everything."
            ),
            hint=N_(
                "Leave --host out. In a container whose port is published on 127.0.0.1 only, add "
                "--behind-loopback."
            ),
            host=host,
        )
    try:
        family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET  # noqa: PLR2004 - IPv6
        return socket.create_server((address, port), family=family, backlog=WAITING)
    except ValueError:
        raise InputError(
            N_("{host!r} is not an address."), hint=N_("Write 127.0.0.1, ::1 or localhost."), host=host
        ) from None
    except OSError as error:
        raise InputError(
            REASONS.get(error.errno or 0, N_("Cannot listen on port {port} of {host}: {reason}.")),
            hint=N_("Give another one with --port; 0 takes any that is free."),
            host=host,
            port=port,
            reason=error.strerror or str(error),
        ) from None


def address_of(listening: socket.socket) -> str:
    """The URL of a socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_app(app: FastAPI, listening: socket.socket) -> None:
    """Serve until a signal says to stop."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses hold ids of customers and employees
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])
