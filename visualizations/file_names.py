"""File names: one for every id, the same every time, safe on every file system."""

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9]([a-z0-9_-]{0,58}[a-z0-9])?")
_HASHED = re.compile(r".*-[0-9a-f]{12}")
_TAKEN = {"index", "con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
"""The index page, and names that Windows keeps for devices."""


def file_name(account_id: str) -> str:
    """The name of an account's page.

    A plain id is its own name; of any other, what is plain of it and a piece of its hash. No two ids share
    a name, also where capitals do not count.

    >>> file_name("huayue"), file_name("../A b"), file_name("CON")
    ('huayue.html', 'a-b-e3f8e011e476.html', 'con-a3dbc4b644a9.html')
    """
    if _PLAIN.fullmatch(account_id) and account_id not in _TAKEN and not _HASHED.fullmatch(account_id):
        return f"{account_id}.html"
    slug = re.sub(r"[^a-z0-9]+", "-", account_id.lower()).strip("-")[:40].rstrip("-")
    digest = sha256(account_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{slug}-{digest}.html" if slug else f"account-{digest}.html"
