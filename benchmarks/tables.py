"""Importing a table of interactions against the barest loop that copies the same rows into SQLite.

The other side is ``csv.reader`` and ``executemany`` into a table without key, index or check. The import
maps columns, checks every value, every id and every person, compares each row with what is stored and keeps
it as a version. Both must hold the same rows first. The most memory is measured for a quarter of the rows
and for all: their ratio says whether it grows.
"""

import csv
import random
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

SEED, ROWS, REPEATS = 20260630, 1_000_000, 2
EMPLOYEES, CONTACTS = 200, 20_000
COLUMNS = ("id", "at", "channel", "employee", "contact")
START = datetime(2024, 1, 1, tzinfo=UTC)

MAPPING = """\
source: benchmark
as_of: 2026-06-30
tables:
  employees: {files: employees.csv}
  contacts: {files: contacts.csv}
  interactions: {files: interactions.csv}
records:
  - {kind: employees, from: employees, fields: {id: id, name: name}}
  - {kind: contacts, from: contacts, fields: {id: id, name: name}}
  - kind: interactions
    from: interactions
    fields: {id: id, at: at, channel: channel, participants: [employee, contact]}
"""

IMPORT = """\
import sys, time
from datetime import date
from pathlib import Path
from graphcrm.bootstrap import SystemClock, open_store, table_source
from graphcrm import load_policy
from graphcrm.services.importing import import_draft
folder = Path(sys.argv[1])
start = time.perf_counter()
draft = table_source(folder / "mapping.yaml", [folder]).draft(date(2026, 6, 30))
with open_store(f"sqlite:///{folder}/store.db", create=True) as store:
    import_draft(draft, store, load_policy(), SystemClock())
seconds = time.perf_counter() - start
# Not ru_maxrss: a process takes that over from the one that starts it.
status = Path("/proc/self/status").read_text()
print(seconds, next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def write_tables(folder: Path, rows: int) -> None:
    """The tables and their mapping."""
    randomness = random.Random(SEED)
    folder.mkdir()
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    for name, count in (("employees", EMPLOYEES), ("contacts", CONTACTS)):
        people = ((f"{name[0]}{n}", f"Person {n}") for n in range(count))
        _write(folder / f"{name}.csv", ("id", "name"), people)
    minutes = iter(range(rows))
    _write(
        folder / "interactions.csv",
        COLUMNS,
        (
            (
                f"i{n}",
                (START + timedelta(minutes=next(minutes))).isoformat(),
                randomness.choice(("mail", "call", "meeting", "visit")),
                f"e{randomness.randrange(EMPLOYEES)}",
                f"c{randomness.randrange(CONTACTS)}",
            )
            for n in range(rows)
        ),
    )


def _write(path: Path, header: tuple[str, ...], rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)  # type: ignore[arg-type]


def bare(folder: Path) -> float:
    """The seconds of the bare loop."""
    (folder / "bare.db").unlink(missing_ok=True)
    start = time.perf_counter()
    db = sqlite3.connect(folder / "bare.db")
    with (folder / "interactions.csv").open(encoding="utf-8", newline="") as file, db:
        rows = csv.reader(file)
        next(rows)
        db.execute(f"CREATE TABLE interaction ({', '.join(COLUMNS)})")
        db.executemany("INSERT INTO interaction VALUES (?, ?, ?, ?, ?)", rows)
    db.close()
    return time.perf_counter() - start


def ours(folder: Path) -> tuple[float, int]:
    """The seconds and the most memory (KiB) of an import, in a process of its own."""
    for file in folder.glob("store.db*"):
        file.unlink()
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", IMPORT, str(folder)], capture_output=True, text=True, check=True
    )
    seconds, memory = done.stdout.split()
    return float(seconds), int(memory)


def require_equal(folder: Path) -> None:
    """Both hold the same rows."""
    db = sqlite3.connect(folder / "store.db")
    db.execute("ATTACH ? AS bare", (str(folder / "bare.db"),))
    (differing,) = db.execute(
        """
        SELECT count(*) FROM bare.interaction b LEFT JOIN version v ON v.kind = 'interactions'
            AND v.id = b.id AND v.key = '["' || b.id || '"]' AND v.ordinal = 0
        WHERE v.body IS NULL OR v.body <> json_object(
            'id', b.id, 'at', replace(b.at, '+00:00', 'Z'), 'channel', b.channel,
            'participants', json_array(b.employee, b.contact))
        """
    ).fetchone()
    (kept,) = db.execute("SELECT count(*) FROM version WHERE kind = 'interactions'").fetchone()
    (given,) = db.execute("SELECT count(*) FROM bare.interaction").fetchone()
    db.close()
    if differing or kept != given:
        raise SystemExit(f"the import kept {kept} of {given} rows, {differing} of them differ")


def main() -> None:
    """Compare on a quarter of the rows, and on all."""
    print("tables: an import against a bare copy into SQLite (times as long; equal rows checked)")
    memory = []
    for rows in (ROWS // 4, ROWS):
        with TemporaryDirectory() as name:
            folder = Path(name) / "tables"
            write_tables(folder, rows)
            pairs = [(bare(folder), *ours(folder)) for _ in range(REPEATS)]
            require_equal(folder)
            least, seconds, most = (min(column) for column in zip(*pairs, strict=True))
            memory.append(most)
            print(f"  {rows:9,} rows: {seconds / least:5.1f}   (most memory {int(most) // 1024} MiB)")
    print(f"  most memory with four times the rows: {memory[1] / memory[0]:.2f} times")


if __name__ == "__main__":
    main()
