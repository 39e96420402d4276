"""The examples of docs/mapping.md import as it says."""

import re
from pathlib import Path

import pytest

from graphcrm.cli.app import run
from graphcrm.policies import load_policy
from graphcrm.sources.tables.mapping import Entry, Join, Mapping, Table, Value

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+) ?([\w.-]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECTIONS = {
    section.partition("\n")[0]: BLOCK.findall(section)
    for section in re.split(r"^## ", DOCUMENT, flags=re.MULTILINE)[1:]
}
EXAMPLES = [title for title, blocks in SECTIONS.items() if any(name for _, name, _ in blocks)]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("title", EXAMPLES)
def test_an_example_imports_as_the_document_says(
    title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _, name, text in SECTIONS[title]:
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    store = f"sqlite:///{(tmp_path / 'store.db').as_posix()}"
    code = run(["import", "tables", "-m", str(tmp_path / "mapping.yaml"), "--store", store])
    said = capsys.readouterr()
    assert code == 0, said.err
    (expected,) = [text for language, name, text in SECTIONS[title] if language == "text"]
    assert [line.split() for line in said.out.splitlines()[1:]] == [
        line.split() for line in expected.splitlines()
    ]


def test_every_option_is_documented() -> None:
    for part in (Mapping, Table, Entry, Join, Value):
        for name, info in part.model_fields.items():
            assert f"`{info.alias or name}" in DOCUMENT or f"{info.alias or name}:" in DOCUMENT, name


def test_the_closed_lists_are_those_of_the_default_pack() -> None:
    pack = load_policy()
    for words in (
        pack.strength.channels,
        pack.standards,
        pack.account_kinds,
        pack.decision_weight.roles,
        pack.strength.tie_levels,
        pack.organisation.mechanism_kinds,
        pack.attitudes,
    ):
        assert ", ".join(words) in DOCUMENT
