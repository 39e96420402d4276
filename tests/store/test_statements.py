"""The statements in ``cypher/`` are whole, and one that is not is told."""

import pytest

from graphcrm.errors import StoreError
from graphcrm.store.statements import parse, statements

WHOLE = """\
// Purpose: find
//          a thing.
// Parameters: id
// Names: label
// Columns: name
MATCH (n:`{label}` {id: $id})
RETURN n.name AS name
"""


@pytest.mark.parametrize("folder", ["read", "write", "schema"])
def test_every_statement_is_whole(folder: str) -> None:
    assert statements(folder)


def test_a_header_is_read() -> None:
    statement = parse("read/x.cypher", WHOLE)
    assert statement.purpose == "find a thing."
    assert (statement.parameters, statement.names, statement.columns) == (("id",), ("label",), ("name",))
    assert statement.text == "MATCH (n:`{label}` {id: $id})\nRETURN n.name AS name"
    assert statement.named(label="Seat").startswith("MATCH (n:Seat {id: $id})")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("// Purpose: find\n", "", "Purpose"),
        ("// Columns: name\n", "", "Columns"),
        ("// Parameters: id\n", "// Parameters: none\n", "id"),
        ("// Parameters: id\n", "// Parameters: id, other\n", "other"),
        ("// Names: label\n", "", "label"),
    ],
)
def test_a_statement_that_is_not_whole_is_told(old: str, new: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        parse("read/x.cypher", WHOLE.replace(old, new))


def test_a_header_alone_is_no_statement() -> None:
    with pytest.raises(StoreError, match="a statement"):
        parse("read/x.cypher", "// Purpose: x\n// Parameters: none\n// Columns: none\n")


@pytest.mark.parametrize("label", ["Seat {x: 1}", "Seat`", "", "_Seat", "Seat) DETACH DELETE (n"])
def test_a_label_is_a_word(label: str) -> None:
    with pytest.raises(AssertionError):
        parse("read/x.cypher", WHOLE).named(label=label)
