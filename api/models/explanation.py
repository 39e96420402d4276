"""Explanations as the API returns them: trees whose nodes recompute from their children."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.records.explanation import Unit
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict


class EvidenceDocument(Document):
    """The record a node rests on."""

    kind: str = Field(description="The list of a bundle it stands in.")
    id: str = Field(description="Its id, or the parts of its key.")
    by: str | None = Field(description="Who stated it.")
    source: str | None = Field(description="Where it comes from.")
    recorded_at: str | None = Field(description="When it was written down; a day or a time.")
    evidence: tuple[str, ...] = Field(description="What it rests on.")


class SeatPartDocument(Document):
    """One seat's part in a share."""

    weight: Interval = Field(description="The seat's weight w.")
    part: Interval = Field(description="What counts of it, v.")
    whole: Interval = Field(description="Of how much, u.")


class PairDocument(Document):
    """Two who could be joined."""

    left: str = Field(description="The one; empty is the firm itself.")
    right: str = Field(description="The other.")
    holds: Verdict = Field(description="Whether they are joined.")


class CarriedDocument(Document):
    """A reached seat."""

    weight: Interval = Field(description="The seat's weight.")
    by: tuple[str, ...] | None = Field(description="Who of ours carries it; null: the firm itself does.")


class NodeDocument(Document):
    """A figure, a step towards it, or what it rests on."""

    id: str = Field(description="Ask for it by `figure` to see what is below it.")
    text: str = Field(description="What it is, in the language asked for.")
    operator: str = Field(description="How it comes from its children: see `operators`.")
    unit: Unit = Field(description="What the value is measured in.")
    value: Interval | SeatPartDocument | PairDocument | CarriedDocument | tuple[str, ...] | str | None = (
        Field(
            description="The value: `[low, high]` of a number, a verdict, a list of words, a day; or null."
        )
    )
    decimals: int | None = Field(description="The method rounds the value to so many decimals here.")
    entry: str | None = Field(description="The entry of the method pack.")
    evidence: EvidenceDocument | None = Field(description="The record it rests on.")
    more: Literal["deeper", "above"] | None = Field(
        description="Why no children are shown though it has some: too deep, or shown earlier."
    )
    children: tuple["NodeDocument", ...] = Field(description="What it comes from, in the operator's order.")


class WhyAnswer(Document):
    """Why figures of an account are what they are."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    caution: str
    depth: int = Field(description="How many levels below each root are shown.")
    trees: tuple[NodeDocument, ...] = Field(description="A tree for each figure asked for.")
    operators: Mapping[str, str] = Field(description="What each operator computes of its children x₁, x₂ …")
