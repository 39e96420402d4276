"""The style file for Neo4j Browser: every label and type of the current graph, and nothing else."""

import re
import sys
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

from graphcrm.records.bundle import RECORDS
from graphcrm.records.relations import RELATIONS
from graphcrm.store.neo4j.links import EDGES, LABELS
from graphcrm.store.statements import statements
from graphcrm.visualizations.marks import FIRM_COLOUR, OUR_COLOUR

ROOT = Path(__file__).parents[2]
TEXT = (files("graphcrm") / "cypher" / "explore" / "style.grass").read_text("utf-8")
HEX = re.compile(r"#[0-9a-f]{6}")
PIXELS = re.compile(r"\d{1,2}px")
NODE = {"diameter": PIXELS, "color": HEX, "border-color": HEX, "text-color-internal": HEX,
        "caption": re.compile(r"(\{\w+\} ?)+"), "border-width": PIXELS, "font-size": PIXELS}  # fmt: skip
RELATIONSHIP = {"color": HEX, "shaft-width": PIXELS, "caption": re.compile(r"\{\w+\}|<type>"),
                "text-color-internal": HEX, "text-color-external": HEX, "padding": PIXELS,
                "font-size": PIXELS}  # fmt: skip


def browser(text: str) -> dict[str, dict[str, str]]:
    """A style file as Neo4j Browser 5 reads it: quotes hide braces, and a value ends its line's one colon.

    It knows no comments: one would become part of the selector that follows.
    """
    rules: dict[str, str] = {}
    keyword = body = ""
    quoted = inside = False
    for character in text:
        if character in "'\"":
            quoted = not quoted
        elif character == "{" and not quoted:
            inside = True
        elif character == "}" and not quoted:
            rules[keyword], keyword, body, inside = body, "", "", False
        elif inside:
            body += character
        elif not character.isspace():
            keyword += character
    pairs = {
        selector: [line.split(":") for line in body.split(";") if line.strip()]
        for selector, body in rules.items()
    }
    assert all(len(pair) == 2 for lines in pairs.values() for pair in lines), "Browser drops such a line"
    return {
        selector: {name.strip(): value.strip() for name, value in lines}
        for selector, lines in pairs.items()
    }


STYLE = browser(TEXT)


def test_it_styles_every_label_and_type_that_is_written_and_nothing_else() -> None:
    types = {edge.type for edge in EDGES.values()} | {relation.type for relation in RELATIONS}
    derived = set(re.findall(r"CREATE \(\w+\)-\[:(\w+)", statements("write")["put_reaches"].text))
    assert derived == {"REACHES"}
    expected = {"node", "relationship"} | {f"node.{label}" for label in LABELS.values()}
    assert set(STYLE) == expected | {f"relationship.{type_}" for type_ in types | derived}


@pytest.mark.parametrize("selector", STYLE)
def test_every_rule_says_what_browser_understands(selector: str) -> None:
    known = NODE if selector.startswith("node") else RELATIONSHIP
    for name, value in STYLE[selector].items():
        assert known[name].fullmatch(value), f"{name}: {value}"


@pytest.mark.parametrize("kind", LABELS)
def test_a_caption_is_a_property_that_the_records_have(kind: str) -> None:
    model = RECORDS[kind]
    fields = {field.alias or name for name, field in model.model_fields.items()}
    assert set(re.findall(r"\{(\w+)\}", STYLE[f"node.{LABELS[kind]}"]["caption"])) <= fields


def test_ours_and_the_possible_lines_have_the_colours_of_the_account_map() -> None:
    assert STYLE["node.Employee"]["color"] == OUR_COLOUR
    assert STYLE["node.Account"]["color"] == FIRM_COLOUR
    css = (ROOT / "visualizations" / "static" / "page.css").read_text(encoding="utf-8")
    for selector in ("node.Department", "relationship.REACHES"):
        assert STYLE[selector]["color"] in css, selector


def test_reaches_is_the_widest_line() -> None:
    widths = {
        selector: int(rule["shaft-width"].removesuffix("px"))
        for selector, rule in STYLE.items()
        if selector.startswith("relationship.")
    }
    assert max(widths, key=widths.__getitem__) == "relationship.REACHES"


def test_the_pictures_read_it_as_browser_does() -> None:
    sys.path.append(str(ROOT / "docs"))
    assert import_module("explore_drawing").parse_style(TEXT) == STYLE
