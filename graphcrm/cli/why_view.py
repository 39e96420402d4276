"""An explanation on a terminal: a tree of sentences, the greatest contributions first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from graphcrm.cli.portfolio_table import print_caution
from graphcrm.cli.words import verdict
from graphcrm.explanation.operators import LEAVES, OPERATORS
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records import words
from graphcrm.records.explanation import (
    Carried,
    Evidence,
    Explanation,
    Node,
    Pair,
    SeatPart,
    Unit,
    Value,
    Words,
)
from graphcrm.records.interval import Interval
from graphcrm.records.review import VERDICTS

NAMELESS = Words(("",))
"""The firm among those who reach a seat: its line says so already."""
MOST = 6
"""How many contributions to a figure are shown before the rest is counted."""


def print_explanation(out: Console, explained: Explanation, depth: int, *, every: bool) -> None:
    """The trees for people, to that depth."""
    out.print(Text(explained.name, style="bold") + Text(f"  {explained.account}", style="dim"))
    known = _(", known at {day}").format(day=explained.known_at) if explained.known_at else ""
    head = _("As of {day}{known}, policy {policy}.")
    out.print(Text(head.format(day=explained.as_of, known=known, policy=explained.policy), style="dim"))
    shown: dict[int, int] = {}
    for node in explained.trees:
        out.print()
        tree = Tree(_line(node), guide_style="dim")
        _grow(tree, node, depth, shown, every=every)
        out.print(tree)
    out.print()
    legend = _("a–b: anything between; ↑: shown above; ▸: goes on, `--depth {depth}` shows more.")
    out.print(Text(legend.format(depth=depth + 2), style="dim"))
    print_caution(out)


def _grow(tree: Tree, node: Node, depth: int, shown: dict[int, int], *, every: bool) -> None:
    """The children, each with its own unless they are deeper than asked for, or stand above."""
    shown[id(node)] = depth
    children, hidden = _chosen(node, every=every)
    for child in children:
        if child.operator in LEAVES:
            tree.add(_line(child))
        elif depth == 1:
            tree.add(_line(child, mark="▸"))
        elif shown.get(id(child), 0) >= depth - 1:
            tree.add(_line(child, mark="↑"))
        else:
            _grow(tree.add(_line(child)), child, depth - 1, shown, every=every)
    if hidden:
        tree.add(Text(_("… and {count} more: `--all` shows them.").format(count=hidden), style="dim"))


def _chosen(node: Node, *, every: bool) -> tuple[list[Node], int]:
    """The children in the order of what they contribute, and how many of them are not shown."""
    rank = OPERATORS[node.operator].rank
    if rank is None:
        return list(node.children), 0
    ordered = sorted(node.children, key=lambda child: rank(child.value), reverse=True)
    return (ordered, 0) if every or len(ordered) <= MOST + 1 else (ordered[:MOST], len(ordered) - MOST)


def _line(node: Node, *, mark: str = "") -> Text:
    """What the node is, its value, how it comes about, what it rests on, and a mark where it goes on."""
    line = Text(_sentence(node))
    if node.unit != "key" and (node.value not in {None, NAMELESS} or node.operator not in LEAVES):
        line += Text(_(": ")) + _valued(node.value, node.unit)
    if node.operator in OPERATORS and not isinstance(node.value, SeatPart | Pair | Carried):
        line += Text(
            "  " + _("= {operator}").format(operator=_(OPERATORS[node.operator].says)), style="dim"
        )
    elif node.operator in {"nothing", "given"}:
        line += Text(f"  ({_(LEAVES[node.operator])})", style="dim")
    if node.entry is not None:
        line += Text(f"  [{node.entry}]", style="cyan")
    if node.evidence is not None:
        line += Text(f"  ‹{_cited(node.evidence)}›", style="cyan")
    return line + Text(f" {mark}", style="bold dim") if mark else line


def _sentence(node: Node) -> str:
    """What the node is, with a capital; a name from the data stays as it is."""
    sentence = say(node.says)
    return sentence if node.says.template.startswith("{") else sentence[:1].upper() + sentence[1:]


def _cited(evidence: Evidence) -> str:
    """The record, and who stated it, when, from where, on what."""
    parts = [f"{evidence.kind} {evidence.id}"]
    if evidence.by:
        parts.append(_("by {name}").format(name=evidence.by))
    if evidence.source:
        parts.append(_("from {source}").format(source=evidence.source))
    if evidence.recorded_at:
        parts.append(_("recorded {day}").format(day=_moment(evidence.recorded_at)))
    return listed([*parts, *evidence.evidence])


def _moment(day: date | datetime) -> str:
    return f"{day:%Y-%m-%d %H:%M}" if isinstance(day, datetime) else day.isoformat()


def _valued(value: Value, unit: Unit) -> Text:
    """A value as people read it."""
    if value is None:
        return Text(_("none") if unit == "words" else "–", style="dim")
    if isinstance(value, str):
        return verdict(VERDICTS[VERDICTS.index(value)])
    return Text(_plain(value, unit), style="bold")


def _plain(value: Value, unit: Unit) -> str:
    if isinstance(value, Words):
        return listed(_(_word(word)) for word in value.words) or _("none")
    if isinstance(value, SeatPart):
        whole, weight = value.whole, _short(value.weight, 3)
        if whole == Interval(1.0, 1.0):
            parts = _("{part} %, weight {weight}")
        else:
            parts = _("{part} of {whole} %, weight {weight}")
        return parts.format(part=_percent(value.part), whole=_percent(whole), weight=weight)
    if isinstance(value, Pair):
        return _(words.VERDICTS[value.holds])
    if isinstance(value, Carried):
        who = _("the firm") if value.by is None else listed(value.by)
        return _("weight {weight}, by {who}").format(weight=_short(value.weight, 3), who=who)
    if isinstance(value, date):
        return _moment(value)
    return _number(value, unit) if isinstance(value, Interval) else ""


def _word(word: str) -> str:
    """A word of the method's scales as people say it; others as they are."""
    return words.word({**words.ATTITUDES, **words.ROLES}, word) if word else word


def _number(value: Interval, unit: Unit) -> str:
    if unit == "share":
        return f"{_percent(value)}\N{NO-BREAK SPACE}%"
    if unit == "money":
        return words.number(value)
    if unit == "days":
        return _("{days} days").format(days=_short(value, 1))
    return _short(value, 1 if unit == "points" else 3)


def _percent(value: Interval) -> str:
    """A share in per cent with one decimal, rounded down as a standard is not reached by rounding."""
    return _short(value.rounded_down(3) * 100, 1)


def _short(value: Interval, decimals: int) -> str:
    """A number without noughts behind the point, or the two it lies between."""
    low, high = (f"{end:,.{decimals}f}".rstrip("0").rstrip(".") or "0" for end in value)
    return low if low == high else f"{low}–{high}"


def rows(document: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Every node of the document as a row, from the roots down."""
    trees = document["trees"]
    assert isinstance(trees, list)
    yield from _rows(trees, 0)


def _rows(nodes: Iterable[Mapping[str, object]], level: int) -> Iterator[dict[str, object]]:
    for node in nodes:
        evidence, value, children = node["evidence"], node["value"], node["children"]
        row = {key: node[key] for key in ("id", "text", "operator", "unit", "entry")}
        if isinstance(evidence, Mapping):
            row |= {"kind": evidence["kind"], "record": evidence["id"]}
            row |= {key: evidence[key] for key in ("by", "source", "recorded_at")}
        yield {"level": level, **row, "value": _cell(value, str(node["unit"]))}
        assert isinstance(children, list)
        yield from _rows(children, level + 1)


def _cell(value: object, unit: str) -> object:
    """A number fills two cells, anything else one."""
    if isinstance(value, Mapping):
        return " ".join(f"{key}={part}" for key, part in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) and unit == "words" else value
