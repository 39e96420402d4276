"""What is sent to Neo4j again after a fault, the driver sends: over its retries there are no others."""

import ast
from collections.abc import Iterator
from pathlib import Path

from graphcrm.store import neo4j

ROOM = Path(neo4j.__file__).parent

MEANT = {
    ("lease", "beat"): "says again and again that its holder lives; what one beat misses the next makes up",
    ("schema", "_make"): "waits for another process that makes the same index; no fault of the connection",
}
"""The loops that go on after an error, and why."""


def goes_on(loop: ast.AST) -> bool:
    """Whether an error within the loop leads to its next turn."""
    for node in ast.walk(loop):
        if isinstance(node, ast.Try) and any(
            not isinstance(handler.body[-1], ast.Raise) for handler in node.handlers
        ):
            return True
        if isinstance(node, ast.With) and "suppress" in ast.dump(node.items[0]):
            return True
    return False


def loops() -> Iterator[tuple[str, str]]:
    """The file and the function of each loop that goes on after an error."""
    for file in sorted(ROOM.glob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.For | ast.While) and goes_on(node):
                        yield file.stem, function.name


def test_no_loop_sends_a_transaction_again() -> None:
    assert set(loops()) == set(MEANT)


def test_every_transaction_that_writes_is_one_that_the_driver_manages() -> None:
    texts = {file.stem: file.read_text("utf-8") for file in ROOM.glob("*.py")}
    assert [name for name, text in texts.items() if "begin_transaction" in text] == []
    assert [name for name, text in texts.items() if "WRITE_ACCESS" in text] == ["connection"]
    assert (
        texts["connection"].count("_session(WRITE_ACCESS)")
        == texts["connection"].count("execute_write")
        == 1
    )
