"""Ports on loopback: is one free, which is the next free one, does a server accept on it."""

import socket

from graphcrm.errors import N_, StoreError

HOST = "127.0.0.1"
_TRIES = 200


def accepts(port: int) -> bool:
    """Whether something accepts connections there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    if accepts(port):  # a listener on all addresses does not stop us from binding on every system
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def next_free(first: int, *, besides: int | None = None) -> int:
    """The first free port from here on."""
    for port in range(first, first + _TRIES):
        if port != besides and is_free(port):
            return port
    raise StoreError(
        N_("No port from {first} to {last} is free."),
        hint=N_("Give free ports with --port and --http-port."),
        first=first,
        last=first + _TRIES - 1,
    )


def must_be_free(port: int, option: str) -> int:
    """The port, if a server could listen there. Raises StoreError if not."""
    if not is_free(port):
        raise StoreError(
            N_("Port {port} is in use by another program."),
            hint=N_("Stop that program, or give another port with {option}."),
            port=port,
            option=option,
        )
    return port
