"""Influence: one seat bears on another."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticKnownError

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

    from_seat: Id = Field(alias="from")
    to_seat: Id = Field(alias="to")
    influence_kind: Literal["informal", "reporting"] = Field(alias="kind")
    strength: Share | None = None
    sign: Annotated[Literal[-1, 1], BeforeValidator(_whole)] = 1

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
