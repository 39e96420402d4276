"""Work for processes of their own: they find it by name, so it stands in a file that they can import."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from time import sleep
from typing import NoReturn

from graphcrm.errors import N_, RefusedImport, UnknownRecord


def doubled(number: int) -> int:
    """Takes longer the earlier it is asked."""
    sleep(0.01 * max(0, 5 - number))
    return 2 * number


def whose_process(_: int) -> int:
    """In which process it runs."""
    return os.getpid()


def dies_at(folder: str, losses: Mapping[int, int], number: int) -> int:
    """Comes to a sudden end the first so many times a number is asked for; leaves a file each time."""
    begun = _begun(folder, number)
    if begun <= losses.get(number, 0):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def dies(*_: object) -> NoReturn:
    """Comes to a sudden end whatever it is asked."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def fails_at(folder: str, where: int, number: int) -> int:
    """Raises an error of its own at one number; leaves a file each time."""
    _begun(folder, number)
    if number == where:
        raise ValueError(f"no {number}")
    return number


def _begun(folder: str, number: int) -> int:
    """Which time it is that this was begun."""
    time = len(list(Path(folder).glob(f"{number}.*"))) + 1
    (Path(folder) / f"{number}.{time}").touch()
    return time


def refuses(number: int) -> NoReturn:
    """Tells what a person may do, of data with braces in them."""
    raise UnknownRecord(N_("There is no {what}."), hint=N_("Look at {place}."), what="{x}", place=number)


def refuses_an_import(_: int) -> NoReturn:
    """An error that is made in another way."""
    raise RefusedImport("a.json", ())


def noted(folder: str, number: int) -> int:
    """Leaves a file that says that it was done."""
    (Path(folder) / str(number)).touch()
    return number
