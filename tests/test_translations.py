"""The catalogues: complete, as extracted from the sources, and the compiled one is what was translated."""

import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import graphcrm
from graphcrm.errors import Message
from graphcrm.i18n import LANGUAGES, activate, say, translate

ROOT = Path(__file__).parents[1]
LOCALES = Path(graphcrm.__file__).parent / "locales"
TRANSLATED = [language for language in LANGUAGES if language != "en"]

CHINESE = r"[\u3400-\u9fff]"
HALF_WIDTH = re.compile(rf"{CHINESE}[,;:!?.()]|[,;:!?()]{CHINESE}")
COMMAND = re.compile(r"`[^`]*`")
TERM = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| ", re.MULTILINE)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    activate("en")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The words for people that the sources hold now."""
    template = tmp_path_factory.mktemp("catalogues") / "graphcrm.pot"
    words = (
        "-q extract -F graphcrm/locales/babel.cfg -k N_ -k _ -k translate --omit-header --no-location -o"
    )
    extract = [sys.executable, "-m", "babel.messages.frontend", *words.split(), str(template), "."]
    subprocess.run(extract, cwd=ROOT, check=True)
    return read(template)


def read(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def catalogue(language: str) -> Catalog:
    return read(LOCALES / language / "LC_MESSAGES" / "graphcrm.po", language)


def entries(catalog: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalog if message.id}


def pairs(language: str) -> Iterator[tuple[str, str]]:
    yield from entries(catalogue(language)).items()


def fields(text: str) -> list[tuple[str, str, str]]:
    """What stands in braces: name, format and conversion."""
    return sorted((name, form or "", how or "") for _, name, form, how in Formatter().parse(text) if name)


def commands(text: str) -> list[str]:
    """What stands in backticks."""
    return sorted(COMMAND.findall(text))


def test_the_template_holds_what_the_sources_say(extracted: Catalog) -> None:
    assert entries(read(LOCALES / "graphcrm.pot")).keys() == entries(extracted).keys(), (
        "run make catalogues"
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_an_entry_for_each_message_and_no_other(language: str, extracted: Catalog) -> None:
    catalog = catalogue(language)
    assert entries(catalog).keys() == entries(extracted).keys(), "run make catalogues"
    assert not catalog.obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_for_certain(language: str) -> None:
    catalog = catalogue(language)
    assert [text for text, translation in entries(catalog).items() if not translation.strip()] == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_and_commands_of_its_message(language: str) -> None:
    assert [text for text, said in pairs(language) if fields(text) != fields(said)] == []
    assert [text for text, said in pairs(language) if commands(text) != commands(said)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_translated_one(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    stored = (LOCALES / language / "LC_MESSAGES" / "graphcrm.mo").read_bytes()
    assert stored == compiled.getvalue(), "run make catalogues"


def test_chinese_has_full_width_punctuation() -> None:
    bare = ((text, re.sub(r"{[^}]*}", "", COMMAND.sub("", said))) for text, said in pairs("zh"))
    assert [text for text, said in bare if HALF_WIDTH.search(said)] == []


def test_chinese_says_a_word_as_the_glossary_does() -> None:
    terms = dict(TERM.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))
    assert terms["seat"] == "职位"
    strays = {
        text: (said, terms[text.lower()])
        for text, said in pairs("zh")
        if text.lower() in terms and not terms[text.lower()].startswith(said)
    }
    assert strays == {}


def test_a_message_is_said_in_the_active_language_with_its_lists() -> None:
    short = (Message("key points"), Message("breadth"))
    template = "Not three-dimensional, and not adequate for the {mode} mode: short in {short}."
    answer = Message(template, {"mode": Message("consultative"), "short": short})
    english = (
        "Not three-dimensional, and not adequate for the consultative mode: short in key points, breadth."
    )
    assert say(answer) == english
    activate("zh")
    assert say(answer) == "尚未立体，按顾问型模式也未达标：关键客户关系、普遍客户关系不足。"


@pytest.mark.parametrize(
    ("text", "said"),
    [("three-dimensional", "立体"), ("adequate", "达标"), ("decider", "决策者"), (", ", "、")],
)
def test_a_word_is_translated(text: str, said: str) -> None:
    activate("zh")
    assert translate(text) == said


def test_what_has_no_entry_and_what_is_empty_stay_as_they_are() -> None:
    activate("zh")
    assert translate("A name of a customer") == "A name of a customer"
    assert translate("") == ""
