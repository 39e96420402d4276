"""An API over a store of a test's own, and the answers that the documentation shows as examples.

``python tests/api_client.py`` writes those answers anew, from the golden account 1.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient

import graphcrm.api
from graphcrm.api.app import create_app
from graphcrm.policies import Policy, load_policy
from graphcrm.services.importing import import_draft
from graphcrm.services.reading import View
from graphcrm.sources.bundles import read_bundle
from graphcrm.store.sqlite import open_store

ROOT = Path(__file__).parents[1]
API = Path(graphcrm.api.__file__).parent
GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = API / "examples"
LOOPBACK = "http://127.0.0.1:8000"

Json = Any


class NoonClock:
    """It is always the same noon."""

    def now(self) -> datetime:
        return datetime(2026, 7, 1, 12, tzinfo=UTC)


def fill(path: Path, bundle: Path, policy: Policy) -> None:
    """Import a bundle into a store, as the command line does."""
    with open_store(path, create=True) as store:
        import_draft(read_bundle(bundle), store, policy, NoonClock())


def client_of(path: Path, *, policy: Policy | None = None, **options: Any) -> TestClient:
    """A client of an API over the store at that path; use it in a ``with``."""
    app = create_app(lambda: open_store(path, create=False), View(policy or load_policy()), **options)
    return TestClient(app, base_url=LOOPBACK, raise_server_exceptions=False, follow_redirects=False)


@contextmanager
def golden_client(number: int, folder: Path, **options: Any) -> Iterator[TestClient]:
    """A client of an API over a golden bundle."""
    path = folder / f"golden-{number}.db"
    if not path.exists():
        fill(path, GOLDEN / f"account-{number}.json", load_policy())
    with client_of(path, **options) as client:
        yield client


ASKED = {
    "accounts": ("GET", "/v1/accounts"),
    "account": ("GET", "/v1/accounts/G1"),
    "risk": ("GET", "/v1/accounts/G1/risk"),
    "questions": ("GET", "/v1/accounts/G1/questions"),
    "why": ("GET", "/v1/accounts/G1/why?axis=organisation"),
    "what-if": ("POST", "/v1/accounts/G1/what-if"),
    "plan": ("POST", "/v1/accounts/G1/plan"),
    "exposure": ("GET", "/v1/employees/Li/exposure"),
    "handover": ("GET", "/v1/employees/Li/handover"),
    "healthz": ("GET", "/healthz"),
    "problem-404": ("GET", "/v1/accounts/acme"),
    "problem-422": ("GET", "/v1/accounts?as_of=2026-13-01"),
}
"""What is asked of the golden account 1 for each example."""
WHAT_IF = {
    "leaves": ["Li"],
    "new_ties": [{"employee": "Wang", "contact": "p1", "strength": 0.6}],
    "date": "2026-09-30",
}
BODIES: dict[str, Json] = {"what-if": WHAT_IF, "plan": {"budget": 3}}
"""What is sent with it."""


def answers(folder: Path) -> dict[str, Json]:
    """Every example as the API answers now."""
    with golden_client(1, folder) as client:
        found = {
            name: client.request(method, path, json=BODIES.get(name)).json()
            for name, (method, path) in ASKED.items()
        }
    with client_of(Path("graphcrm.db")) as client:
        found["problem-503"] = client.get("/v1/accounts").json()
    return {**{f"{name}-request": body for name, body in BODIES.items()}, **found}


def main() -> None:
    """Write the examples."""
    with TemporaryDirectory() as folder:
        for name, answer in answers(Path(folder)).items():
            text = json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
            (EXAMPLES / f"{name}.json").write_text(text, encoding="utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
