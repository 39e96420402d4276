"""Any file at all: what csv wrote is read back, and damage is told, never raised."""

import codecs
import csv
import io
import random
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from table_files import Read, read_file, written

from graphcrm.sources.tables.files import csv_rows, text_stream
from graphcrm.sources.tables.files.layout import Format, Layout

ENDS = re.compile("\r\n|\r|\n")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
CELL = st.one_of(TEXT, st.text("ab\"',;|+\r\n\x1f\x1e \t", max_size=8))
SEPARATORS = (",", ";", "\t", "|", "\x1f", " ", "|+|", "||", "::", "~|~")
NAMES = ("csv", "xlsx", "parquet", "jsonl")


def read_bytes(name: str, content: bytes, layout: Layout | None = None) -> Read:
    with TemporaryDirectory() as folder:
        return read_file(written(Path(folder), name, content), layout)


def quoted(cell: str, quote: str) -> str:
    """A cell as every reader takes it: in quotes, those within doubled."""
    return quote + cell.replace(quote, quote * 2) + quote


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 4))
    return draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12))


@given(
    table=tables(),
    separator=st.sampled_from(SEPARATORS),
    quote=st.sampled_from("\"'"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    always=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    block=st.sampled_from([1, 3, 7, 64, 1 << 18]),
)
@example(table=[["\x1f"]], separator="|+|", quote='"', end="\n", always=True, encoding="utf-8", block=1)
def test_what_was_written_is_read_back_where_it_stands(
    *, table: list[list[str]], separator: str, quote: str, end: str, always: bool, encoding: str, block: int
) -> None:
    text = io.StringIO()
    # csv takes no separators of several characters, and does not quote every line break.
    if always or len(separator) > 1 or any(ENDS.search(cell) for row in table for cell in row):
        for row in table:
            text.write(separator.join(quoted(cell, quote) for cell in row) + end)
    else:
        csv.writer(text, delimiter=separator, quotechar=quote, lineterminator=end).writerows(table)
    names = tuple(f"C{n}" for n in range(len(table[0])))
    layout = Layout(
        separator=separator, quote=quote, header=names, encoding=None if encoding != "gb18030" else encoding
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_stream, "BLOCK", block)
        result = read_bytes("a.csv", text.getvalue().encode(encoding), layout)
    rows: dict[int, list[str]] = {}
    line = 1
    for row in table:
        if "".join(row).strip():  # a blank row says nothing
            rows[line] = row
        # A row ends once, and a cell's line breaks are its own; csv writes each as it stands.
        line += 1 + sum(len(ENDS.findall(cell)) for cell in row)
    assert result.told == ([] if rows else ["a.csv: It has no rows."])
    assert result.cells == list(rows.values())
    assert result.rows == list(rows)


@given(table=tables(), chunk=st.integers(1, 4))
def test_chunks_of_any_size_give_the_same_rows(table: list[list[str]], chunk: int) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    layout = Layout(separator=",", header=tuple(f"C{n}" for n in range(len(table[0]))), encoding="utf-8")
    whole = read_bytes("a.csv", text.getvalue().encode(), layout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "ROWS", chunk)
        patch.setattr(csv_rows, "_FIRST_ROWS", chunk)
        parts = read_bytes("a.csv", text.getvalue().encode(), layout)
    assert parts == whole


@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text('ab,;\t|+"\r\n\0', max_size=200).map(str.encode),
        st.text(max_size=100).flatmap(
            lambda text: st.sampled_from(["utf-8", "utf-16", "gb18030"]).map(
                lambda encoding: text.encode(encoding, "replace")
            )
        ),
    ),
    form=st.sampled_from(NAMES),
    encoding=st.sampled_from(
        [None, "utf-8", "utf-16", "utf-32", "gb18030", "big5", "shift_jis", "cp1252", "hz"]
    ),
    separator=st.sampled_from([None, ",", "|+|"]),
    quote=st.sampled_from(['"', None]),
    header=st.sampled_from([1, 2, ("A", "B")]),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_told(
    *,
    content: bytes,
    form: Format,
    encoding: str | None,
    separator: str | None,
    quote: str | None,
    header: int | tuple[str, ...],
) -> None:
    layout = Layout(format=form, encoding=encoding, separator=separator, quote=quote, header=header)
    result = read_bytes(f"a.{form}", content, layout)
    assert result.rows or result.problems
    check(result)


@given(
    text=st.text('ab1,\r\n"', max_size=60),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16-le", "shift_jis", "euc_jp", "iso2022_jp"]),
    wrong=st.binary(min_size=1, max_size=3),
    at=st.integers(0, 100),
)
@settings(deadline=None)
def test_no_byte_is_lost_or_read_as_another_character(
    text: str, encoding: str, wrong: bytes, at: int
) -> None:
    content = ("A\n" + text).encode(encoding)
    content = content[:at] + wrong + content[at:]
    result = read_bytes("a.csv", content, Layout(encoding=encoding, separator=","))
    if not any(mark in content for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        decodes = True
        try:
            codecs.decode(content, encoding)
        except UnicodeDecodeError:
            decodes = False
        assert decodes or result.problems
    check(result)


def check(result: Read) -> None:
    for problem in result.problems:
        assert re.match(r"a\.\w+(!.*?)?(\[[0-9]+\])?(\..*)?$", problem.path, re.DOTALL)
        for text in (problem.path, str(problem.value), str(problem.what), str(problem.cure)):
            text.encode()
        assert str(problem.what)
        assert str(problem.cure)
    for row in result.cells:
        for cell in row:
            if isinstance(cell, str):
                cell.encode()
                assert "\0" not in cell


def sample(form: str, folder: Path) -> bytes:
    path = folder / f"a.{form}"
    if form == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in range(40):
            sheet.append([row, f"n{row}", row / 7, "=A1" if row == 5 else None])
        sheet.merge_cells("A9:B9")
        sheet["C4"].number_format = "yyyy-mm-dd"
        book.save(path)
    elif form == "parquet":
        pa = pytest.importorskip("pyarrow", reason="the extra graphcrm[parquet] is not installed")
        pq = pytest.importorskip("pyarrow.parquet")
        rows = range(200)
        pq.write_table(
            pa.table({"id": list(rows), "name": [f"n{n}" for n in rows], "l": [[n] for n in rows]}), path
        )
    elif form == "jsonl":
        path.write_text("".join(f'{{"id": {n}, "a": {{"b": "ä{n}"}}}}\n' for n in range(40)), "utf-8")
    else:
        path.write_text("Id,Name\n" + "".join(f'{n},"ä {n}"\n' for n in range(40)), "utf-8")
    return path.read_bytes()


@pytest.mark.parametrize("form", NAMES)
def test_damaged_files_are_read_or_told(form: str, tmp_path: Path) -> None:
    content = sample(form, tmp_path)
    chance = random.Random(form)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(damaged))
            damaged[at] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        if chance.random() < 0.2:
            at = chance.randrange(len(damaged) or 1)
            del damaged[at : at + chance.randrange(50)]
        result = read_file(written(tmp_path, f"a.{form}", bytes(damaged)))
        assert result.rows or result.problems
        check(result)


def test_workbooks_with_damaged_parts_are_read_or_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(sample("xlsx", tmp_path))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(1)
    for _ in range(300):
        name = chance.choice(["xl/worksheets/sheet1.xml"] * 3 + sorted(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(part))
            if chance.random() < 0.5:
                part[at] = chance.choice(b'<>"=/ 0123456789aAr')
            else:
                del part[at : at + chance.randrange(20)]
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for each, content in parts.items():
                archive.writestr(each, bytes(part) if each == name else content)
        result = read_file(path)
        assert result.rows or result.problems
        check(result)
