"""The lines of Neo4j Community that can be started here, and what differs between them."""

import re
from dataclasses import dataclass

from graphcrm.errors import N_, InputError

DEFAULT_VERSION = "5.26.30"
"""The long-term support line, as measured; the newer line is started with ``--version 2026.08.1``."""


@dataclass(frozen=True)
class Line:
    """A line of versions whose stores and main class are alike.

    >>> Line.of("2026.08.1")
    Line(name='2026', main_class='org.neo4j.server.Neo4jCommunity')
    """

    name: str
    main_class: str

    @classmethod
    def of(cls, version: str) -> "Line":
        """The line a version belongs to. Raises InputError for a version of no known line."""
        for pattern, line in _LINES.items():
            if re.fullmatch(pattern, version):
                return line
        raise InputError(
            N_("Neo4j {version!r} is not of a line that can be started here."),
            hint=N_("Write 5.26.N or 2026.MM.N in full, for example {default}."),
            version=version,
            default=DEFAULT_VERSION,
        )


_LINES = {
    r"5\.26\.\d{1,3}": Line("5.26", "org.neo4j.server.CommunityEntryPoint"),
    r"2026\.\d\d\.\d{1,3}": Line("2026", "org.neo4j.server.Neo4jCommunity"),
}

LINE_NAMES = tuple(line.name for line in _LINES.values())
"""The names of the lines; each has its own folder."""
