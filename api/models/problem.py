"""Problem: what every error returns."""

from pydantic import BaseModel, ConfigDict, Field


class Wrong(BaseModel):
    """One thing wrong with a request."""

    at: str = Field(description="Where: `query`, `path` or `body`, and the name.")
    what: str = Field(description="What is wrong there.")
    value: str | None = Field(default=None, description="What stands there, where that is short.")


class Problem(BaseModel):
    """Problem details (RFC 9457), `application/problem+json`. `code` is the one to decide by."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="Address of what the documentation says about this code.")
    title: str = Field(description="What kind of problem it is.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong this time, in one sentence.")
    code: str = Field(description="Stable code for programs; the command line uses the same.")
    hint: str | None = Field(default=None, description="The cure, where there is one.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[Wrong] | None = Field(default=None, description="Each thing wrong with the request.")
