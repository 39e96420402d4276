"""Finding: a rule that fired."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from graphcrm.errors import Message

Severity = Literal["high", "medium", "low", "info"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")


class Finding(BaseModel):
    """A rule fired for these subjects of an account.

    ``subjects`` are ids, most specific first; rule, account and subjects are the identity, the same in
    every audit. ``evidence`` holds the numbers and ids it rests on; ``denominator`` is how many subjects
    the rule looked at in this account. ``says`` is the sentence for people, a template with ``params``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    account: str
    subjects: tuple[str, ...]
    severity: Severity
    evidence: Mapping[str, object]
    denominator: int
    says: str
    params: Mapping[str, str]

    @property
    def identity(self) -> str:
        """Rule, account and subjects in one string."""
        return "/".join((self.rule, self.account, *self.subjects))

    @property
    def message(self) -> Message:
        """The sentence for people."""
        return Message(self.says, self.params)


def new_in(findings: Iterable[Finding], *, before: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that were not there before, by identity."""
    known = {finding.identity for finding in before}
    return tuple(finding for finding in findings if finding.identity not in known)
