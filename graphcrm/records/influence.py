"""Influence: one seat bears on another."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticKnownError

from graphcrm.errors import N_
from graphcrm.records.base import Dated, Id, Share, part


def _whole(value: object) -> object:
    """A literal 1 would also take ``true`` and 1.0, which equal it."""
    if isinstance(value, bool | float):
        raise PydanticKnownError("literal_error", {"expected": "-1 or 1"})
    return value


class Influence(Dated):
    """A seat influences another, beside ``reports_to``; ``sign`` −1 is a conflict and carries nothing.

    An absent ``strength`` is the policy's.
    """

    kind: ClassVar[str] = "influences"

    from_seat: Id = Field(alias="from", description=N_("The seat that bears on the other."))
    to_seat: Id = Field(alias="to", description=N_("The seat it bears on."))
    influence_kind: Literal["informal", "reporting"] = Field(
        alias="kind", description=N_("informal or reporting.")
    )
    strength: Share | None = Field(
        default=None, description=N_("How strongly, 0 to 1; absent, the method pack's.")
    )
    sign: Annotated[Literal[-1, 1], BeforeValidator(_whole)] = Field(
        default=1, description=N_("1, or -1 for a conflict.")
    )

    @property
    def key(self) -> tuple[str, ...]:
        """Both seats, the kind, the first day and who stated it."""
        return (
            self.from_seat,
            self.to_seat,
            self.influence_kind,
            part(self.valid_from),
            part(self.recorded_at),
            part(self.source),
        )
