"""The structure of an account on a terminal, and as rows: on whom, and through whom, it hangs."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.words import percent
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records.interval import exactly
from graphcrm.records.structure import IndependentRoutes, Structure, TopSets

MOST = 3
"""How many of a kind are named before the rest is counted."""


def print_structure(console: Console, found: Structure, names: Mapping[str, str]) -> None:
    """What hangs on few, a line each; what is undefined says why."""
    view = _View(found, names)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for title, lines in (
        (_("Bus factor"), view.bus_factor()),
        (_("Owners"), view.ownership()),
        (_("Worst to lose"), view.worst_departures()),
        (_("Only one route"), view.single_routes()),
        (_("One thread"), view.single_threads()),
        (_("Counterparts"), view.counterparts()),
        (_("Key players"), view.key_players()),
        (_("Whole map"), view.whole_map()),
    ):
        for number, line in enumerate(lines):
            table.add_row("" if number else title, line)
    console.print()
    console.print(Text(_("Structure, as far as it is proven"), style="bold"))
    console.print(table)


def structure_rows(document: object, name: str = "structure") -> Iterator[dict[str, object]]:
    """Each figure and name of a structure's document as a row; things of a list are numbered from 1."""
    if isinstance(document, dict):
        for key, part in document.items():
            yield from structure_rows(part, f"{name}.{key}")
    elif not isinstance(document, list):
        yield {"measure": name, "value": document}
    elif len(document) == 2 and all(isinstance(end, int | float) for end in document):  # noqa: PLR2004
        yield {"measure": name, "low": document[0], "high": document[1]}
    else:
        for number, part in enumerate(document, start=1):
            yield from structure_rows(part, f"{name}.{number}")


class _View:
    """The lines about a structure, each kind in a function."""

    def __init__(self, found: Structure, names: Mapping[str, str]) -> None:
        self._found = found
        self._names = names

    def bus_factor(self) -> Iterator[Text]:
        bounds = self._found.bus_factor
        if "bus_factor" in self._found.reasons or bounds is None:
            yield self._reason("bus_factor")
        else:
            yield Text(
                _("{count} of ours must leave before half of what is reached goes.").format(
                    count=bounds.low
                )
            )

    def ownership(self) -> Iterator[Text]:
        owned = self._found.ownership
        if owned is None:
            yield self._reason("ownership")
            return
        greatest = sorted(owned.shares.items(), key=lambda share: (-share[1], share[0]))
        shares = [f"{self._name(who)} {percent(exactly(share))} %" for who, share in greatest]
        yield Text(
            _("As if {count} held equal shares: {shares}.").format(
                count=f"{owned.effective_owners:.1f}", shares=self._some(shares)
            )
        )

    def worst_departures(self) -> Iterator[Text]:
        for size in (1, 2, 3):
            worst = self._found.worst_departures.get(size)
            if worst is None:
                yield self._reason(f"worst_departures.{size}")
                return
            yield Text(
                _("{loss} % with {who}").format(loss=percent(exactly(worst.value)), who=self._sets(worst))
                if worst.sets
                else _("Nothing is lost, whoever leaves.")
            )

    def single_routes(self) -> Iterator[Text]:
        proven = {seat: routes.low for seat, routes in self._found.routes.items()}
        single = [self._single(seat, found) for seat, found in proven.items() if len(found.routes) == 1]
        if single:
            yield Text(self._some(single))
        if unreached := sum(not found.routes for found in proven.values()):
            yield Text(_("Seats without any: {count}").format(count=unreached))

    def single_threads(self) -> Iterator[Text]:
        threads = self._found.single_threads
        for thread in threads[:MOST]:
            said = _("{seat}: {people} all come through {contact}").format(
                seat=self._name(thread.seat),
                people=self._some([self._name(employee) for employee in thread.employees]),
                contact=self._name(thread.contact),
            )
            yield Text(said)
        if len(threads) > MOST:
            yield Text(_("… and {count} more.").format(count=len(threads) - MOST), style="dim")

    def counterparts(self) -> Iterator[Text]:
        met = self._found.counterparts
        if met.position is None:
            yield self._reason("counterparts.position")
            return
        low, high = met.matched
        yield Text(
            _("Pairs on the top levels: {count}; from bow-tie (0) to diamond (100): {position}").format(
                count=low if low == high else f"{low}–{high}", position=percent(met.position)
            )
        )

    def key_players(self) -> Iterator[Text]:
        for size in (1, 2, 3):
            best = self._found.key_players.get(size)
            if best is None:
                yield self._reason(f"key_players.{size}")
                return
            if best.fragmentation.sets:
                yield Text(
                    _("Of their seats' pairs {share} % apart without {who}").format(
                        share=percent(exactly(best.fragmentation.value)), who=self._sets(best.fragmentation)
                    )
                )

    def whole_map(self) -> Iterator[Text]:
        points = [self._name(person.id) for person in self._found.map_cuts.articulation_points]
        yield Text(
            _("Falls apart without any one of {who}").format(who=self._some(points))
            if points
            else _("Hangs together without any one person.")
        )

    def _single(self, seat: str, found: IndependentRoutes) -> str:
        (cut,) = (*found.cut_employees, *found.cut_gates)
        return _("{seat} (by {who})").format(seat=self._name(seat), who=self._name(cut))

    def _reason(self, name: str) -> Text:
        return Text(say(self._found.reasons[name]), style="dim")

    def _sets(self, top: TopSets) -> str:
        """One set; of several that tie the first, and how many more there are."""
        first = " + ".join(self._name(each) for each in top.sets[0])
        others = len(top.sets) - 1
        return _("{first} (ties with {count} more)").format(first=first, count=others) if others else first

    def _some(self, words: Sequence[str]) -> str:
        more = len(words) - MOST
        shown = listed(words[:MOST])
        return _("{shown}, and {count} more").format(shown=shown, count=more) if more > 0 else shown

    def _name(self, id_: str) -> str:
        return self._names.get(id_, id_)
