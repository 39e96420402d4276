"""Quality: what to find out next, ordered by how many verdicts hang on it."""

from collections.abc import Callable, Iterable, Mapping

from graphcrm.gaps.gap import Gap
from graphcrm.gaps.registry import GAPS
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.gaps.weight import Standing, hanging, standing
from graphcrm.ports.facts import FactStore
from graphcrm.records.quality import GapAccount, GapRecord, GapResult, Quality
from graphcrm.services.reading import View


def read_snapshot(store: FactStore, view: View) -> Snapshot:
    """The facts of the view's day, as stated and as they hold.

    Raises InputError where the store holds nothing yet.
    """
    bundle = store.facts(view.as_of, view.known_at)
    return Snapshot(bundle, view.policy, as_of=bundle.as_of, known_at=view.known_at)


def quality(
    snapshot: Snapshot,
    account: str | None = None,
    track: Callable[[Iterable[Gap]], Iterable[Gap]] = iter,
) -> Quality:
    """Every gap there is, the one with most verdicts first; then axes, accounts, records, the registry.

    An unknown weight sorts as none. With an ``account`` only what bears on it, with the same weights.
    Raises UnknownRecord where there is no such account. ``track`` wraps the gaps to show progress.
    """
    if account is not None:
        snapshot.graph(account)
    weighed = snapshot.accounts if account is None else (account,)
    now = {each: standing(snapshot, each) for each in weighed}
    results = (_result(snapshot, now, gap) for gap in track(GAPS))
    gaps = [narrowed for r in results if (narrowed := r if account is None else r.at(account)).records]
    gaps.sort(key=lambda g: (-(g.verdicts or 0), -(g.axes or 0), -len(g.accounts), -len(g.records)))
    return Quality(
        as_of=snapshot.as_of,
        known_at=snapshot.known_at,
        policy=snapshot.policy.label,
        accounts=len(snapshot.accounts),
        account=account,
        gaps=tuple(gaps),
    )


def _result(snapshot: Snapshot, now: Mapping[str, Standing], gap: Gap) -> GapResult:
    looked = gap.look(snapshot)
    weights = hanging(snapshot, now, gap, looked.found)
    return GapResult(
        gap=gap.name,
        doubtful=gap.doubtful,
        says=gap.says,
        why=gap.why,
        of=looked.of,
        records=tuple(
            GapRecord(kind=s.kind, ids=s.ids, name=s.name, accounts=accounts)
            for s, accounts in looked.found
        ),
        accounts={a: GapAccount(verdicts=w.verdicts, axes=w.axes) for a, w in weights.items()},
    )
