"""A spool: reviews written to a file as they come, so that an audit is kept at once when all are there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO

from graphcrm.errors import N_, StoreError
from graphcrm.records.review import Review


class Spool:
    """Reviews in a file that is gone when it is closed; they can be read again and again."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.count = 0

    def add(self, review: Review) -> None:
        """Write one more."""
        # No id holds a line break, and JSON escapes those of texts.
        self._file.write(f"{review.account}\n{review.model_dump_json()}\n")
        self.count += 1

    def accounts_and_bodies(self) -> Iterator[tuple[str, str]]:
        """Of each review the account, and all of it as JSON; in their order."""
        self._file.seek(0)
        for account in self._file:
            yield account.removesuffix("\n"), next(self._file).removesuffix("\n")

    def __iter__(self) -> Iterator[Review]:
        """Each review, in their order."""
        return (Review.model_validate_json(body) for _, body in self.accounts_and_bodies())


@contextmanager
def spooled(reviews: Iterable[Review]) -> Iterator[Spool]:
    """All the reviews, once the last has come: nothing of a store need be held until then.

    Raises StoreError where they find no room.
    """
    with _written():
        file = TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed below
    try:
        spool = Spool(file)
        for review in reviews:
            with _written():
                spool.add(review)
        with _written():
            file.flush()
        yield spool
    finally:
        with suppress(OSError):  # it would write once more what found no room
            file.close()


@contextmanager
def _written() -> Iterator[None]:
    """Tell that the system refuses to write."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            N_("The audit was not kept, for its reviews cannot be written to a temporary file: {reason}."),
            hint=N_("Make room in the folder for temporary files, or name another by TMPDIR."),
            reason=error.strerror or str(error),
        ) from error
