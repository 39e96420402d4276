"""JSON lines: an object a line; a list of objects, in a file that is read whole, is the same table."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import cast

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.sources.json_text import NotJson, read_json
from graphcrm.sources.tables.files.chunk import Cell, Chunk
from graphcrm.sources.tables.files.encodings import SAMPLE, Encoding, encoding_of
from graphcrm.sources.tables.files.header import missing
from graphcrm.sources.tables.files.json_cells import ABSENT, columns_of, found, repeated, wrong_cell
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.refusal import RefusedTable, Stopped, place, problem, unread
from graphcrm.sources.tables.files.sound import no_rows, sound
from graphcrm.sources.tables.files.table_file import Progress, Tell, unheeded
from graphcrm.sources.tables.files.text_stream import Stream, legible

ROWS = 2_000
LARGEST_LIST = 1 << 26
"""How many bytes a list of objects may have, which is read whole; a file of lines may have any number."""

_HEADER_LINES = 100
_Objects = Iterator[tuple[int, dict[str, object] | Problem]]


@dataclass(frozen=True)
class JsonLines:
    """A table of objects; its header has the names that the first of them state."""

    path: Path
    name: str
    header: tuple[str, ...]
    understood: Mapping[str, str]
    objects: Callable[[Progress], _Objects]

    def chunks(
        self, columns: Collection[str], tell: Tell, progress: Progress = unheeded
    ) -> Iterator[Chunk]:
        """The sound objects in chunks."""
        unseen = set(columns) - set(self.header)
        objects = self.objects(progress)
        any_rows = False
        try:
            while batch := list(islice(objects, ROWS)):
                any_rows = True
                chunk = self._chunk(batch, columns, unseen, tell)
                if chunk.rows:
                    yield chunk
        except Stopped as stopped:
            tell(stopped.problem)
            return
        except OSError as error:
            tell(unread(self.name, error))
            return
        nearest = Nearest()
        for column in columns if any_rows else ():
            if column in unseen:
                tell(missing(self.name, None, self.header, column, nearest))
        if not any_rows:
            tell(no_rows(self.name))

    def _chunk(
        self,
        batch: Iterable[tuple[int, dict[str, object] | Problem]],
        columns: Collection[str],
        unseen: set[str],
        tell: Tell,
    ) -> Chunk:
        rows: list[int] = []
        cells: dict[str, list[Cell]] = {column: [] for column in columns}
        wrong: dict[int, list[Problem]] = {}
        for row, stated in batch:
            problems = [stated] if isinstance(stated, Problem) else list(repeated(self.name, row, stated))
            for column, values in cells.items():
                value = ABSENT if isinstance(stated, Problem) else found(stated, column)
                if value is ABSENT:
                    value = None
                else:
                    unseen.discard(column)
                if not (value is None or type(value) in _PLAIN) and (
                    told := wrong_cell(place(self.name, row, column), value)
                ):
                    problems.append(told)
                values.append(cast("Cell", value))
            if problems:
                wrong[len(rows)] = problems
            rows.append(row)
        return sound(Chunk(rows, cells), wrong, tell)


_PLAIN = {int, bool}


def open_json(path: Path, name: str, layout: Layout) -> JsonLines:
    """The table of objects in a file. Raises RefusedTable or OSError."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        whole = not file.read(1)
    encoding = encoding_of(name, sample, whole, layout.encoding)
    start = sample[encoding.mark :].decode(encoding.name, "replace").lstrip()
    if start.startswith("["):
        listed = _listed(path, name, encoding)
        objects: Callable[[Progress], _Objects] = partial(_of_list, path, name, listed)
    elif start.partition("\n")[0].strip() == "{":
        raise RefusedTable(
            problem(
                name,
                None,
                N_("This is one object over several lines, not one a line."),
                N_("Write each object on a line of its own, or list them in square brackets."),
            )
        )
    else:
        objects = partial(_of_lines, path, name, encoding)
    header: dict[str, None] = {}
    try:
        for _, stated in islice(objects(unheeded), _HEADER_LINES):
            if not isinstance(stated, Problem):
                header.update(dict.fromkeys(columns_of(stated)))
    except Stopped as stopped:
        raise RefusedTable(stopped.problem) from None
    understood = {"format": "jsonl", "encoding": encoding.name}
    return JsonLines(path, name, tuple(header), understood, objects)


def _of_lines(path: Path, name: str, encoding: Encoding, progress: Progress) -> _Objects:
    stream = Stream(path, name, encoding, progress=progress)
    for row, line in enumerate(stream.lines(), 1):
        if line.strip():
            yield row, _object(stream, row, line.strip())


def _object(stream: Stream, row: int, line: str) -> dict[str, object] | Problem:
    at = place(stream.name, row)
    try:
        return _as_object(at, read_json(line.encode()))
    except UnicodeEncodeError:
        return problem(
            at,
            legible(line),
            N_("This line holds bytes that are no text in {encoding}."),
            N_("Save the whole file in one encoding, best UTF-8; or name the one it is written in."),
            encoding=stream.encoding,
        )
    except NotJson as error:
        column = error.problem.what.params.get("column")
        if column is None:
            return replace(error.problem, path=at)
        return problem(
            at,
            error.problem.value,
            N_("This line is not JSON: it cannot be read on from column {column}."),
            N_("Write one object a line, in curly brackets; look for a comma, quote or bracket missing."),
            column=column,
        )


def _listed(path: Path, name: str, encoding: Encoding) -> list[object]:
    if path.stat().st_size > LARGEST_LIST:
        raise RefusedTable(
            problem(
                name,
                None,
                N_("This list of objects is larger than {limit} bytes."),
                N_("Write one object a line, without brackets around them and commas between them."),
                limit=LARGEST_LIST,
            )
        )
    try:
        text = path.read_bytes()[encoding.mark :].decode(encoding.name)
        listed = read_json(text.encode())
    except UnicodeError:
        raise RefusedTable(
            problem(
                name,
                None,
                N_("The file holds bytes that are no text in {encoding}."),
                N_("Save the file as UTF-8."),
                encoding=encoding.name,
            )
        ) from None
    except NotJson as error:
        raise RefusedTable(replace(error.problem, path=name)) from None
    assert isinstance(listed, list)
    return listed


def _of_list(path: Path, name: str, listed: list[object], progress: Progress) -> _Objects:
    progress(path.stat().st_size)
    for row, stated in enumerate(listed, 1):
        yield row, _as_object(place(name, row), stated)


def _as_object(at: str, stated: object) -> dict[str, object] | Problem:
    if isinstance(stated, dict):
        return stated
    return problem(
        at,
        stated,
        N_("This is not an object."),
        N_("Write fields with their values, in curly brackets."),
    )
