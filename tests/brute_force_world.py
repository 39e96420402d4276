"""What one account is, from the text of the method alone: strengths, routes, weights (sections 1 to 5).

The half of the second opinion in ``brute_force.py`` that reads facts. Nothing here knows graphcrm; data are
plain JSON.
"""

from datetime import UTC, date, datetime, time, timedelta
from math import exp
from typing import Any

W_CHANNEL = {"visit": 3, "meeting": 2, "call": 1, "order": 1, "mail": 0.3, "message": 0.2}
TIE_LEVEL = {"none": 0, "brief": 0.25, "multiple": 0.5, "in_depth": 0.75, "trusted": 1}
W_ROLE = {"decider": 1, "approver": 0.8, "influencer": 0.5, "contributor": 0.4}
W_LEVEL = {1: 1, 2: 0.8, 3: 0.6, 4: 0.4}
SUPPORT = {"opponent": 0, "neutral": 0.4, "supporter": 0.7, "strong_supporter": 0.9, "coach": 1}
FIRM = "the firm"
LIVE = 0.2
NEVER = datetime.min.replace(tzinfo=UTC)


def end_of(day: Any) -> Any:
    return datetime.combine(day, time.min, UTC) + timedelta(days=1)


def moment(text: Any) -> Any:
    if text is None:
        return NEVER
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.combine(date.fromisoformat(text), time.min, UTC)


class World:
    """Everything about one account; strengths by (time, end, employee, contact)."""

    def __init__(self, document: Any, account: Any, known_at: Any = None) -> None:
        self.t = date.fromisoformat(document["as_of"])
        limit = None if known_at is None else end_of(date.fromisoformat(known_at))
        self.data = {
            kind: [r for r in records if limit is None or moment(r.get("recorded_at")) < limit]
            for kind, records in document.items()
            if isinstance(records, list)
        }
        self.account = next(a for a in self.of("accounts") if a["id"] == account)
        self.contacts = {c["id"] for c in self.of("contacts")}
        self.employees = {e["id"]: {**e, **self.asserted(e["id"], "level")} for e in self.of("employees")}
        self.present = {e["id"] for e in self.of("employees") if self.valid(e)}
        self.seats = {
            s["id"]: {**s, **self.asserted(s["id"], "level"), **self.asserted(s["id"], "roles")}
            for s in self.of("seats")
        }
        self.scope = sorted(
            s["id"]
            for s in self.seats.values()
            if s["account"] == account or account in s.get("decides_for", [])
        )
        self.own = [s for s in self.scope if self.seats[s]["account"] == account]
        self.holder = {
            h["seat"]: h["contact"]
            for h in self.of("holdings")
            if self.valid(h) and h["seat"] in self.seats and h["contact"] in self.contacts
        }
        self.attitude = {c: self.asserted(c, "attitude").get("attitude") for c in self.contacts}
        self.bearing = self.influences()
        self.mechanisms = [m for m in self.of("mechanisms") if m["account"] == account and self.valid(m)]
        self.stages = [s["name"] for s in self.of("stages") if s["account"] == account]
        self.departments = {
            d["id"]: d.get("importance", 1) for d in self.of("departments") if d["account"] == account
        }
        self.weight = {s: self.decision_weight(self.seats[s]) for s in self.scope}
        self.pairs, self.strength = set(), {}
        for e in self.employees:
            for p in self.contacts:
                self.tie(e, p)

    def of(self, kind: Any) -> Any:
        return self.data.get(kind, [])

    def valid(self, record: Any) -> Any:
        return record.get("valid_from", "0") <= self.t.isoformat() < record.get("valid_to", "9999-99")

    # Section 1

    def asserted(self, subject: Any, attribute: Any) -> Any:
        """{attribute: value} if asserted (None: taken back), {} if nobody asserted anything."""
        statement = self.assertion(subject, attribute)
        return {} if statement is None else {attribute: statement["value"]}

    def assertion(self, subject: Any, attribute: Any) -> Any:
        about = [
            a
            for a in self.of("assertions")
            if a["subject"] == subject
            and a["attribute"] == attribute
            and date.fromisoformat(a["valid_from"]) <= self.t
        ]
        about.sort(
            key=lambda a: (a["valid_from"], moment(a.get("recorded_at")))
        )  # stable: the later in the list
        return about[-1] if about else None

    # Section 3

    def observed(self, e: Any, p: Any, day: Any) -> Any:
        """(had an interaction, o)."""
        both = came = went = 0.0
        any_at_all = False
        for i in self.of("interactions"):
            at = datetime.fromisoformat(i["at"])
            if at >= end_of(self.t):
                continue
            people = {*i.get("participants", []), *i.get("to", []), *([i["from"]] if "from" in i else [])}
            age = (end_of(day) - at) / timedelta(days=1)
            worth = W_CHANNEL[i["channel"]] / max(1, len(people) - 1) * 2 ** (-age / 120)
            if "participants" in i and e in people and p in people:
                both, any_at_all = both + worth, True
            elif i.get("from") == p and e in i["to"]:
                came, any_at_all = came + worth, True
            elif i.get("from") == e and p in i["to"]:
                went, any_at_all = went + worth, True
        x = both + 2 * min(came, went) + abs(came - went) / 4
        return any_at_all, 1 - exp(-x / 4) if any_at_all else 0.0

    def stated(self, e: Any, p: Any) -> Any:
        """The tie that holds: (level or None, assessed on, trust holder), or None without a tie."""
        records = [
            r
            for r in self.of("ties")
            if (r["employee"], r["contact"]) == (e, p)
            and self.valid(r)
            and date.fromisoformat(r.get("assessed_on", "0001-01-01")) <= self.t
        ]
        if not records:
            return None
        records.sort(key=lambda r: (r.get("assessed_on", ""), moment(r.get("recorded_at"))))
        record = records[-1]
        level, on, trust = (
            record.get("level"),
            record.get("assessed_on"),
            record.get("trust_holder", "person"),
        )
        name = record.get("id", f"{e}|{p}")
        if (said := self.assertion(name, "level")) is not None:
            level, on = said["value"], said["valid_from"]
        if (said := self.assertion(name, "trust_holder")) is not None:
            trust = said["value"] or "unknown"
        level = TIE_LEVEL[level] if isinstance(level, str) else level
        return level, None if level is None else date.fromisoformat(on), trust

    def tie(self, e: Any, p: Any) -> None:
        stated = self.stated(e, p)
        now = None
        for when, day in (("now", self.t), ("later", self.t + timedelta(days=90))):
            met, o = self.observed(e, p, day)
            if stated is None and not met:
                return
            self.pairs.add((e, p))
            if stated is None:
                low = high = o
            elif stated[0] is None:
                low, high = o, 1.0
            else:
                f = 2 ** (-(day - stated[1]).days / 365)
                low = f * stated[0] + (1 - f) * o
                high = low if self.employees[e].get("captured", False) else max(stated[0], low)
            ends = (round(low, 6), round(high, 6))
            if now is not None:
                ends = (min(ends[0], now[0]), min(ends[1], now[1]))
            now = ends
            phi = {"person": (0, 0), "firm": (0.5, 0.5), "unknown": (0, 0.5)}[
                "person" if stated is None else stated[2]
            ]
            for n, end in enumerate(("low", "high")):
                self.strength[when, end, e, p] = ends[n]
                kept = (when, end, FIRM, p)
                self.strength[kept] = max(self.strength.get(kept, 0.0), phi[n] * ends[n])

    # Section 4

    def influences(self) -> Any:
        found = {}
        lines = []
        for s in self.seats.values():
            if s.get("reports_to"):
                lines += [(s["id"], s["reports_to"], 0.5), (s["reports_to"], s["id"], 0.3)]
        for i in self.of("influences"):
            if self.valid(i) and i.get("sign", 1) > 0:
                lines.append((i["from"], i["to"], i.get("strength", 0.5)))
        for gate, seat, strength in lines:
            if strength >= 0.3 and gate != seat:
                found[gate, seat] = max(found.get((gate, seat), 0.0), strength)
        return found

    def doors(self, seat: Any, holder: Any) -> Any:
        """(contact, factor, gate or None) by which a seat is reached, given who holds what."""
        if seat not in holder:
            return []
        gates = [
            (holder[g], strength, g)
            for (g, c), strength in self.bearing.items()
            if c == seat and g in holder
        ]
        return [(holder[seat], 1.0, None), *gates]

    def legs(self, end: Any, when: Any = "now", *, without: Any = ()) -> Any:
        """Live direct legs of everybody who is there, and of the firm."""
        return {
            (who, p): s
            for (w, n, who, p), s in self.strength.items()
            if (w, n) == (when, end)
            and s >= LIVE
            and (who == FIRM or who in self.present)
            and who not in without
        }

    def reach(self, legs: Any, holder: Any = None) -> Any:
        holder = self.holder if holder is None else holder
        reached = {}
        for seat in self.scope:
            routes = [
                strength * factor
                for contact, factor, _ in self.doors(seat, holder)
                for (_, p), strength in legs.items()
                if p == contact
            ]
            reached[seat] = max(routes, default=0.0)
        return reached

    # Section 5

    def decision_weight(self, seat: Any) -> Any:
        if seat.get("weight") is not None:
            return seat["weight"], seat["weight"]
        roles, level = seat.get("roles"), seat.get("level")
        r = (0, 1) if roles is None else (max([W_ROLE.get(x, 0) for x in roles], default=0),) * 2
        n = (0.3, 1) if level is None else (W_LEVEL.get(level, 0.3),) * 2
        return r[0] * n[0], r[1] * n[1]

    def support(self, seat: Any, end: Any) -> Any:
        if seat not in self.holder:
            return 0.0
        attitude = self.attitude[self.holder[seat]]
        return float(end == "high") if attitude is None else SUPPORT[attitude]

    def decides(self, seat: Any) -> Any:
        return bool({"decider", "approver"} & set(self.seats[seat].get("roles") or ()))
