"""Every error a user can meet, in one tree.

    GraphcrmError            exit 1   something is wrong; the message says what
    ├── InputError           exit 2   what was given cannot be used; nothing was written
    │   ├── RefusedImport             a list of problems, each with path, value and cure
    │   ├── NothingImported           a store that holds nothing yet
    │   ├── UnknownRecord             no such account, employee or audit
    │   └── PolicyError               a method pack that cannot be read or does not cover the data
    └── StoreError           exit 3   the store cannot be opened, read or written

An error carries a stable ``code``, a message *template* with its parameters, and a ``hint``: the cure.
Templates are translated where a person reads them, so nothing below the faces needs a language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar


def N_(template: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a template for the translation catalogue; it is translated where it is shown."""
    return template


@dataclass(frozen=True)
class Message:
    """A sentence for a person: a template and its parameters, in no language yet.

    A parameter may itself be a message, or a tuple of messages and words, which is enumerated.

    >>> str(Message("{n} {what}", {"n": 3, "what": (Message("records"), "ties")}))
    '3 records, ties'
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str]) -> str:
        """The sentence, every template passed through ``translate`` first."""

        def spoken(value: object) -> object:
            if isinstance(value, Message):
                return value.text(translate)
            if isinstance(value, tuple):
                return translate(N_(", ")).join(str(spoken(part)) for part in value)
            return value

        return translate(self.template).format(**{k: spoken(v) for k, v in self.params.items()})

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text(str)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was given: where, what stands there, and how to mend it.

    The same value may stand so in several places, ``times`` in all; then the path is that of the first.
    """

    path: str
    value: object
    what: Message
    cure: Message
    times: int = field(default=1, kw_only=True)


class GraphcrmError(Exception):
    """The root of the tree: ``code`` for programs, ``message`` and ``hint`` for people."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, template: str, *, hint: str = "", **params: object) -> None:
        self.message = Message(template, params)
        self.hint = Message(hint, params) if hint else None
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[object, ...]:
        """As it is when it comes from another process: made anew it would take its text for a template."""
        return _as_it_was, (type(self), self.args, vars(self))


def _as_it_was(
    kind: type[GraphcrmError], args: tuple[object, ...], fields: dict[str, object]
) -> GraphcrmError:
    error = kind.__new__(kind, *args)
    vars(error).update(fields)
    return error


class InputError(GraphcrmError):
    """What the user gave cannot be used; nothing was written."""

    code = "bad_input"
    exit_code = 2


class RefusedImport(InputError):
    """An import with problems: the first ``SHOWN`` of them in full, and how many there are in all."""

    code = "refused_import"
    SHOWN: ClassVar[int] = 50

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        one, many = (
            N_("{name}: one problem; nothing was written."),
            N_("{name}: {count} problems; nothing was written."),
        )
        super().__init__(one if len(self.problems) == 1 else many, name=name, count=len(self.problems))


class NothingImported(InputError):
    """There is no day to look at, for the store holds nothing yet."""

    def __init__(self) -> None:
        super().__init__(
            N_("The store holds no data yet."), hint=N_("Import your data: see `graphcrm import --help`.")
        )


class UnknownRecord(InputError):
    """Nothing of that kind has that id."""

    code = "unknown_record"


class PolicyError(InputError):
    """A method pack that cannot be read, or that does not cover the data."""

    code = "bad_policy"


class StoreError(GraphcrmError):
    """The store cannot be opened, read or written."""

    code = "store_unavailable"
    exit_code = 3
