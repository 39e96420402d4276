"""Encodings: how the bytes of a text file become characters, said by its mark or its user or found out."""

import codecs
from dataclasses import dataclass

from charset_normalizer import CharsetMatch, from_bytes

from graphcrm.errors import N_
from graphcrm.sources.tables.files.refusal import RefusedTable, problem

SAMPLE = 1 << 20
"""How many bytes are looked at to find out how a file is written."""

_GUESSED = 1 << 15
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_LIKELY = (
    *("gb18030", "big5", "cp932", "cp1252", "cp949", "euc_jp", "cp1250", "cp1251"),
    *("cp1254", "cp1253", "cp1257", "cp1255", "cp1256"),
)
"""What spreadsheets of our users write, the likelier first where two fit alike."""

_NO_TEXT = {"", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
"""What Python takes for encodings, but no table is written in."""


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding, and how many bytes at the start of the file are its mark."""

    name: str
    mark: int = 0


def encoding_of(name: str, sample: bytes, whole: bool, said: str | None) -> Encoding:
    """The encoding of a file that begins with ``sample``; its mark tells more than what is said.

    Raises RefusedTable where what is said is no encoding, or nothing is said and nothing fits.
    """
    for mark, marked in _MARKS:
        if sample.startswith(mark):
            return Encoding(marked, len(mark))
    if said is not None:
        return Encoding(_known(name, said))
    wide = _wide(sample)
    if wide is not None:
        return Encoding(wide)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        return Encoding(_guessed(name, sample))
    return Encoding("utf-8")


def _known(name: str, said: str) -> str:
    try:
        b"a".decode(said, "replace")
        known = codecs.lookup(said).name
    except (LookupError, ValueError):
        known = ""
    if known in _NO_TEXT:
        raise RefusedTable(
            problem(
                name,
                said,
                N_("There is no encoding of this name."),
                N_("Use a name like utf-8, gb18030, big5, shift_jis or cp1252, or leave it out."),
            )
        )
    return f"{known}-le" if known in {"utf-16", "utf-32"} else known


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of its commonest characters is zero."""
    start = sample[:1024]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 < len(start) or min(even, odd) * 8 > len(start):
        return None
    return None if len(start) < len("A,B\n") else "utf-16-le" if odd > even else "utf-16-be"


def _guessed(name: str, sample: bytes) -> str:
    telling = [line for line in sample.split(b"\n") if not line.isascii()]
    if sum(map(_is_utf_8, telling)) * 2 >= len(telling):
        return "utf-8"
    text = b"\n".join(telling)[:_GUESSED]
    cut = text.rfind(b"\n")
    matches = from_bytes(text[:cut] if len(text) == _GUESSED and cut > 0 else text, cp_isolation=[*_LIKELY])
    if not matches:
        raise RefusedTable(
            problem(
                name,
                None,
                N_("How this text is encoded cannot be found out."),
                N_("Name its encoding, like gb18030 or cp1252, or save the file as UTF-8."),
            )
        )
    _, best = min((_unfitness(match), _LIKELY.index(each)) for match in matches for each in _names(match))
    return _LIKELY[best]


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unfitness(match: CharsetMatch) -> tuple[float, float]:
    return round(match.chaos, 2), -round(match.coherence, 2)


def _names(match: CharsetMatch) -> list[str]:
    return [name for name in match.could_be_from_charset if name in _LIKELY]
