"""The OpenAPI document: ``python -m graphcrm.api.openapi > docs/openapi.json`` writes it."""

import json
import sys

from graphcrm.api.app import create_app
from graphcrm.bootstrap import open_store
from graphcrm.policies import load_policy
from graphcrm.services.reading import View


def text() -> str:
    """The document as it is committed. No store is opened for it."""
    app = create_app(lambda: open_store("sqlite:///"), View(load_policy()))
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
