"""Damage: what another library makes of a damaged file, said as a problem."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from warnings import catch_warnings, simplefilter

from graphcrm.errors import Problem
from graphcrm.sources.tables.files.refusal import Stopped


@contextmanager
def guarded(damaged: Callable[[str], Problem]) -> Iterator[None]:
    """Whatever goes wrong within becomes Stopped, with the problem of the reason; warnings are not shown.

    Only what the system says of a file, an OSError with its number, comes through as it is.
    """
    with catch_warnings():
        simplefilter("ignore")
        try:
            yield
        except Stopped:
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            reason = next(iter(str(error).splitlines()), "") or type(error).__name__
            raise Stopped(damaged(reason.rstrip(".:"))) from None
