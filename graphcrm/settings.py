"""What can be set: by option, by ``GRAPHCRM_*`` variable, or left at its default, in this order."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import quote

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_serializer, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graphcrm.errors import N_, InputError

PREFIX = "GRAPHCRM_"
_DAY = N_("Dates are written YYYY-MM-DD, for example 2026-06-30.")
CURES: Mapping[str, str] = {
    "as_of": _DAY,
    "known_at": _DAY,
    "serve_port": N_("Write a number from 0 to 65535."),
    "serve_behind_loopback": N_("Write 1 for yes or 0 for no."),
}
"""What to write, of each setting that not every text can be."""


def without_credentials(url: str) -> str:
    """A store's URL as it may be shown: without user and password.

    >>> without_credentials("neo4j+s://ana:secret@db.example.com:7687")
    'neo4j+s://db.example.com:7687'
    """
    # The host ends at the last @: a password may hold one, and one that does is no URL worth parsing.
    return url if url.startswith("sqlite:") else re.sub(r"//.*@", "//", url, flags=re.DOTALL)


def _default_store() -> str:
    return "sqlite:///" + quote((user_data_path("graphcrm", appauthor=False) / "graphcrm.db").as_posix())


def variable(setting: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{setting.upper()}"


class Settings(BaseSettings):
    """The settings of one run. An empty variable counts as not set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    store: str = Field(default_factory=_default_store, description="where the data are")
    policy: str = Field(default="default", description="name of a method pack, or a path to its YAML")
    lang: str = Field(default="en", description="language of what people read: en or zh")
    format: str = Field(default="table", description="table, json or csv")
    as_of: date | None = Field(
        default=None, description="review date; without it, the date of the latest data imported"
    )
    known_at: date | None = Field(default=None, description="leave out what was recorded after this day")
    neo4j_user: str = Field(default="neo4j", description="user of a Neo4j store")
    neo4j_password: SecretStr | None = Field(default=None, description="password of that user; never shown")
    neo4j_database: str = Field(default="neo4j", description="database of a Neo4j store")
    neo4j_home: Path | None = Field(
        default=None,
        description="folder of the Neo4j that `graphcrm neo4j` keeps on this computer; without it, one for "
        "each line of versions in the data directory",
    )
    serve_host: str = Field(
        default="127.0.0.1", description="where `graphcrm serve` listens: a loopback address"
    )
    serve_port: int = Field(default=8000, ge=0, le=65535, description="its port; 0 takes any that is free")
    serve_behind_loopback: bool = Field(
        default=False,
        description="let it listen on any address: for a container whose port is published on the loopback "
        "address only",
    )

    @classmethod
    def of(cls, **given: object) -> Self:
        """The settings with what was given over what the variables say.

        Raises InputError for a value that makes no sense.
        """
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            raise InputError(
                N_("{variable} cannot be {value!r}."),
                hint=CURES[name],
                variable=variable(name),
                value=str(first["input"]),
            ) from None

    @field_serializer("store")
    def _shown(self, store: str) -> str:
        return without_credentials(store)

    @field_validator("as_of", "known_at", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        """A day is written YYYY-MM-DD; pydantic would take a number of seconds too."""
        if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("not a day")
        return value
