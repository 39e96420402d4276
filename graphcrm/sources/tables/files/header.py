"""Header: the names of the columns, and which of them are asked for."""

from collections import Counter
from collections.abc import Collection, Sequence
from string import ascii_uppercase

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.files.refusal import place, problem
from graphcrm.sources.tables.files.table_file import Tell


def letter(index: int) -> str:
    """The letter a spreadsheet gives a column, counted from 0.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns, without blanks around them; one without a name is called by its letter.

    >>> named(["Id", " Name ", ""])
    ('Id', 'Name', 'C')
    """
    stripped = [cell.strip() for cell in cells]
    return tuple(name or _free(letter(index), stripped) for index, name in enumerate(stripped))


def positions(
    name: str, row: int | None, header: Sequence[str], columns: Collection[str], tell: Tell
) -> dict[str, int] | None:
    """Where the columns asked for stand; None, and told, where one is missing or not alone.

    ``row`` is the row of the header, None where the file has none.
    """
    counts = Counter(header)
    sound = True
    nearest = Nearest()
    for column in columns:
        if counts[column] == 1:
            continue
        sound = False
        if column in counts:
            letters = ", ".join(letter(index) for index, each in enumerate(header) if each == column)
            tell(
                problem(
                    place(name, row, column),
                    column,
                    N_("Several columns have this name: {letters}."),
                    N_("Give each column a name of its own."),
                    letters=letters,
                )
            )
        else:
            tell(missing(name, row, header, column, nearest))
    return {column: header.index(column) for column in columns} if sound else None


def no_header(name: str, row: int) -> Problem:
    """The problem of a file that ends before its header."""
    if row == 1:
        return problem(name, None, N_("The file is empty."), N_("Export it anew, with a header and rows."))
    return problem(
        name,
        None,
        N_("There is no header in row {row}: the file ends before it."),
        N_("Name the row where the names of the columns stand."),
        row=row,
    )


def missing(name: str, row: int | None, header: Sequence[str], column: str, nearest: Nearest) -> Problem:
    """The problem of a column that the table does not have, with the one that was probably meant."""
    known = ", ".join(header)
    close = nearest.to(column, header)
    cure = N_("Did you mean {nearest}? Its columns are: {known}.") if close else N_("Use one of: {known}.")
    return problem(
        place(name, row, column),
        None,
        N_("There is no column {column} in {name}."),
        cure,
        column=shown(column),
        name=name,
        nearest=shown(close),
        known=shown(known),
    )


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "'"
    return name
