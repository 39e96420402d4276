"""Health: whether the server can answer."""

from datetime import date
from typing import Literal

from pydantic import Field

from graphcrm.api.models.document import Document


class Health(Document):
    """The store can be read."""

    status: Literal["ok"]
    version: str = Field(description="Version of graphcrm.")
    latest_as_of: date | None = Field(description="Day of the latest import; null before the first.")
