"""The notebooks run from top to bottom, and say what they are kept as saying."""

from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples").glob("*.ipynb"))


def said(notebook: Any) -> list[tuple[str, list[Any]]]:
    """Each cell's source, and what it printed or showed."""
    return [
        (cell.source, [out.get("text") or out["data"] for out in cell.get("outputs", [])])
        for cell in notebook.cells
    ]


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# The kernel's own libraries warn of each other; what a notebook itself warns of would be an output.
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_says_what_it_is_kept_as_saying(path: Path, tmp_path: Path) -> None:
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    ran = nbformat.read(path, as_version=4)
    for cell in ran.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.outputs = []
    nbclient.NotebookClient(ran, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert said(ran) == said(kept)
