"""``graphcrm account ask``: which facts would narrow the risk of an account most, and whom to ask."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.accounts import AccountArgument
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import write_csv, write_json
from graphcrm.cli.progress import track
from graphcrm.graph.build import build_graph
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records.base import HIGHEST_LEVEL
from graphcrm.records.question import Question, Questions, Value
from graphcrm.records.words import ATTITUDES, ROLES, number, word
from graphcrm.services.ask import ask
from graphcrm.services.ask_document import questions_document

COLUMNS = (
    "id", "question", "ask", "ask_name", "narrows", "width_now", "width_then",
    "one", "one_risk.low", "one_risk.high", "other", "other_risk.low", "other_risk.high",
)  # fmt: skip
"""What a row says of a question: ``one`` and ``other`` are the ends of what the fact could be."""
MOST = 12
"""How many questions are printed before the rest is counted."""


def ask_(
    account: AccountArgument,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Say what to ask about an account."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    facts = run.facts_about(account, everybody=True)
    graph = build_graph(facts, account)
    asked = ask(graph, facts, lambda unknown: track(unknown, len(unknown), _("Weighing questions")))
    if run.format is Format.json:
        write_json(questions_document(asked, _))
    elif run.format is Format.csv:
        write_csv(COLUMNS, (_row(asked, question) for question in asked.questions))
    else:
        _print(console(), asked)


def _row(asked: Questions, question: Question) -> dict[str, object]:
    one, other = question.ends
    return {
        **question.model_dump(include={"id", "ask", "ask_name", "narrows", "width_then"}),
        "question": say(question.message),
        "width_now": asked.width,
        "one": _plain(one.value),
        "one_risk": one.risk,
        "other": _plain(other.value),
        "other_risk": other.risk,
    }


def _plain(value: Value) -> str | float:
    """A value as a cell: several roles apart by blanks."""
    return " ".join(value) if isinstance(value, tuple) else value


def _print(out: Console, asked: Questions) -> None:
    """The questions for people, the ends of each beneath it."""
    out.print(Text(asked.name, style="bold") + Text(f"  {asked.account}", style="dim"))
    head = _("Risk {risk} of 100: its ends are {width} points apart.")
    out.print(head.format(risk=number(asked.risk, 1), width=f"{asked.width:.1f}"), style="bold")
    known = _(", known at {day}").format(day=asked.known_at) if asked.known_at else ""
    stamp = _("As of {day}{known}, policy {policy}.")
    out.print(Text(stamp.format(day=asked.as_of, known=known, policy=asked.policy), style="dim"))
    if asked.first is not None:
        out.print(_(asked.first))
    elif not asked.questions:
        out.print(_("Nothing that the method counts as unknown is left to ask."))
    else:
        _print_questions(out, asked.questions)


def _print_questions(out: Console, questions: tuple[Question, ...]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("Narrower by"), justify="right", min_width=6)
    table.add_column(_("Still open"), justify="right", no_wrap=True)
    table.add_column(_("What to ask"), ratio=3, overflow="fold")
    table.add_column(_("Whom"), ratio=1, overflow="fold")
    telling = [q for q in questions if q.narrows > 0]
    for question in telling[:MOST]:
        ends = listed(
            _("{value}: risk {risk}").format(value=_said(question, end.value), risk=number(end.risk, 1))
            for end in question.ends
        )
        table.add_row(
            f"{question.narrows:.2f}",
            f"{question.width_then:.2f}",
            Text(say(question.message)) + Text(f"\n{ends}", style="dim"),
            Text(_("nobody") if question.ask_name is None else question.ask_name),
        )
    if telling:
        out.print(table)
    rest = {
        _("… and {count} more that would narrow it by less."): len(telling[MOST:]),
        _("Facts that would, each alone, narrow nothing: {count}."): sum(q.narrows == 0 for q in questions),
        _("Facts that would, each alone, set its ends further apart: {count}."): sum(
            q.narrows < 0 for q in questions
        ),
    }
    if any(rest.values()):
        told = [words.format(count=count) for words, count in rest.items() if count]
        told.append(_("`--format csv` shows all."))
        out.print(Text(" ".join(told), style="dim"))
    legend = _(
        "Narrower by: points of risk fewer between its two ends once the fact is known, as a mean over "
        "the two ends of what it could be; Still open: how many would remain. Values do not add up."
    )
    out.print(Text(legend, style="dim"))


def _said(question: Question, value: Value) -> str:
    """A value in words."""
    match question.kind, value:
        case "attitude", str():
            text = _(word(ATTITUDES, value))
        case "trust_holder", _:
            text = _("the employee") if value == "person" else _("the firm")
        case "roles", tuple():
            text = listed(_(word(ROLES, role)) for role in value) or _("none")
        case "employee_level", _ if value == HIGHEST_LEVEL:
            text = _("no level of theirs")
        case "tie", float():
            text = f"{value:.2f}"
        case _, float():
            text = f"{value:.0%}"
        case _:
            text = str(value)
    return text
