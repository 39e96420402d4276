"""Refusal: how the problems of a table file are said."""

from graphcrm.errors import N_, Message, Problem, RefusedImport
from graphcrm.records.checks.problems import shown


class RefusedTable(RefusedImport):
    """A file that cannot be read as a table; its problems say why."""

    code = "refused_table"

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].path.split("[", 1)[0], problems)


class Stopped(Exception):
    """A file cannot be read any further; ``problem`` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem.what))


def problem(path: str, value: object, what: str, cure: str, **params: object) -> Problem:
    """The problem of a file, a row or a cell: both templates take the same parameters."""
    return Problem(path, shown(value), Message(what, params), Message(cure, params))


def place(name: str, row: int | None = None, column: str | None = None) -> str:
    """Where something stands.

    >>> place("Orders.csv", 17, "OrderDate"), place("Orders.csv", 17), place("Orders.csv")
    ('Orders.csv[17].OrderDate', 'Orders.csv[17]', 'Orders.csv')
    """
    within = "" if row is None else f"[{row}]"
    return f"{name}{within}" if column is None else f"{name}{within}.{shown(column)}"


def unread(name: str, error: OSError) -> Problem:
    """The problem of a file that the system does not let us read."""
    return problem(
        name,
        None,
        N_("The file cannot be read: {reason}."),
        N_("Give the path of a file that you may read."),
        reason=error.strerror or str(error),
    )
