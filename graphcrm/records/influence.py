"""Influence: one seat bears on another."""

from typing import ClassVar, Literal

from pydantic import Field

from graphcrm.records.base import Dated, Id, Share, part


class Influence(Dated):
    """A seat influences another, beside ``reports_to``; ``sign`` −1 is a conflict and carries nothing.

    An absent ``strength`` is the policy's.
    """

    kind: ClassVar[str] = "influences"

    from_seat: Id = Field(alias="from")
    to_seat: Id = Field(alias="to")
    influence_kind: Literal["informal", "reporting"] = Field(alias="kind")
    strength: Share | None = None
    sign: Literal[-1, 1] = 1

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
