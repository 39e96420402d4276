"""YAML of mappings: words stay words, and whatever is no sound YAML is told with its line.

Expected values are those of YAML 1.2 for numbers, and words everywhere YAML 1.1 would see something else.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mappings import failed, lines, refused

from graphcrm.errors import GraphcrmError, InputError
from graphcrm.sources.tables.mapping_file import MappingFile
from graphcrm.sources.tables.yaml_text import YamlText


def read(folder: Path, text: str | bytes) -> YamlText:
    path = folder / "m.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return YamlText(path, "m.yaml")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("NULL", "NULL"),
        ("True", "True"),
        ("08:30", "08:30"),
        ("1:20", "1:20"),
        ("1998-05-06", "1998-05-06"),
        ("2026-06-30T09:00:00Z", "2026-06-30T09:00:00Z"),
        ("010", "010"),
        ("007", "007"),
        ("-010", "-010"),
        ("01.5", "01.5"),
        ("01e3", "01e3"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1,5", "1,5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        (".", "."),
        ("<<", "<<"),
        ("=", "="),
        ("٣", "٣"),
        ("9" * 301, "9" * 301),
        ("1e999", "1e999"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-5", -5),
        ("+5", 5),
        ("1.50", 1.5),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
    ],
)
def test_a_word_means_what_it_says(tmp_path: Path, written: str, value: object) -> None:
    found = read(tmp_path, f"key: {written}\n").value
    assert found == {"key": value}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


def test_keys_are_always_words(tmp_path: Path) -> None:
    assert read(tmp_path, "{1: a, no: b, 2026-06-30: c, true: d, ~: e}").value == {
        "1": "a", "no": "b", "2026-06-30": "c", "true": "d", "~": "e",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "m.yaml[3].a: This key is stated twice."),
        ("a:\n  x: 1\n  'x': 2\n", "m.yaml[3].x: This key is stated twice."),
        ("a: 1\n? [b, c]\n: 2\n", "m.yaml[2]: A key is one word or text, not a list or a mapping."),
        ("a: 1\nb: !secret x\n", "m.yaml[2]: !secret means nothing in a mapping."),
        ("a: &x [*x]\n", "m.yaml: Lists or mappings stand too deep in each other."),
        ("[" * 3000 + "]" * 3000, "m.yaml: Lists or mappings stand too deep in each other."),
        (
            "a: 1\n\tb: 2\n",
            "m.yaml[2]: This is not YAML: found character '\\t' that cannot start any token.",
        ),
        (
            "dates: %d.%m.%Y\n",
            "m.yaml[1]: This is not YAML: found character '%' that cannot start any token.",
        ),
        ("a: 1\nb: [1,\n", "m.yaml[3]: This is not YAML: expected the node content, but found"),
        ("a: 1\n b: 2\n", "m.yaml[2]: This is not YAML: mapping values are not allowed here."),
        ("a: 1\n---\nb: 2\n", "m.yaml[2]: This is not YAML: but found another document."),
        ("a: 1\nb: *nothing\n", "m.yaml[2]: This is not YAML: found undefined alias 'nothing'."),
        (
            "a: 1\nb: x\0y\n",
            "m.yaml[2]: This is not YAML: special characters are not allowed (U+0000).",
        ),
        (b"a: K\xf6ln\n", "m.yaml: This is not UTF-8 text."),
        ("a: 1".encode("utf-16"), "m.yaml: This is not UTF-8 text."),
        (b"#" * 10_000_001, "m.yaml: This file is far too large to be a mapping."),
    ],
)
def test_what_is_no_sound_yaml_is_told_with_its_line(tmp_path: Path, text: str | bytes, told: str) -> None:
    problems = refused(lambda: read(tmp_path, text))
    assert len(problems) == 1
    assert lines(problems)[0].startswith(told)


def test_a_word_after_percent_is_cured_with_quotes(tmp_path: Path) -> None:
    (problem,) = refused(lambda: read(tmp_path, "dates: %d.%m.%Y"))
    assert "quotes" in str(problem.cure)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\n").value == {"a": 1}


def test_names_stand_for_what_they_name(tmp_path: Path) -> None:
    text = read(tmp_path, "a: &zone\n  x: 1\nb: *zone\nc: [*zone]\n")
    assert text.value == {"a": {"x": 1}, "b": {"x": 1}, "c": [{"x": 1}]}
    assert text.walk(("b",)) == (["b"], 3)


def test_names_within_names_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    assert lines(refused(lambda: read(tmp_path, bomb))) == [
        "m.yaml[6]: Its aliases stand for other aliases, too many to read."
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "word", "5"])
def test_what_is_no_mapping_at_all_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    assert lines(refused(lambda: MappingFile(path))) == ["m.yaml: This is not a mapping."]


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_mapping_that_cannot_be_read_is_an_error_of_input(tmp_path: Path, name: str) -> None:
    error = failed(lambda: MappingFile(tmp_path / name))
    assert type(error) is InputError
    assert "cannot be read" in str(error.message)


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    text = read(tmp_path, "a:\n  - x:\n      y: 1\n  -\n    z:\n      - 5\n")
    assert text.walk(("a",)) == (["a"], 1)
    assert text.walk(("a", 0, "x", "y")) == (["a", 0, "x", "y"], 3)
    assert text.walk(("a", 1, "z", 0)) == (["a", 1, "z", 0], 6)
    assert text.walk(("a", 1, "tag", "nowhere")) == (["a", 1], 5)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text("ab:-[]{}&*!%@`'\"|>#,?0. \n\t~\ud7ff\x85", max_size=40))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        read(folder, text)
    except GraphcrmError as error:
        assert str(error.message)  # noqa: PT017 - that it can be said is all
