"""Labels: names cut and broken to a width, counting a Chinese character as two columns."""

from unicodedata import category, east_asian_width

ELLIPSIS = "…"


def columns(text: str) -> int:
    """How many columns of a fixed-width face the text takes.

    >>> columns("Li 李")
    5
    """
    return sum(_width(character) for character in text)


def wrap(text: str, width: int, lines: int = 2) -> tuple[str, ...]:
    """The text on at most so many lines of at most ``width`` columns; an ellipsis ends what does not fit.

    Breaks at spaces, and within a word (or Chinese text) only where it is too long for a line.

    >>> wrap("Katharina von Hohenfels", 12)
    ('Katharina', 'von Hohenfe…')
    """
    words = plain(text).split(" ")
    done: list[str] = []
    while words and len(done) < lines:
        line = _line(words, width, last=len(done) == lines - 1)
        done.append(line)
    return tuple(done) or ("",)


def plain(text: str) -> str:
    r"""The text on one line, without characters that control or reverse the text around them.

    >>> plain("a\u202e\n b")
    'a b'
    """
    spaced = "".join(" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in spaced if category(c) not in ("Cc", "Cf")).split())


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _line(words: list[str], width: int, *, last: bool) -> str:
    """Take a line's worth off ``words``."""
    if last:
        rest = " ".join(words)
        words.clear()
        return rest if columns(rest) <= width else _head(rest, width - 1).rstrip() + ELLIPSIS
    line = words.pop(0)
    if columns(line) > width:
        head = _head(line, width)
        words.insert(0, line[len(head) :])
        return head
    while words and columns(f"{line} {words[0]}") <= width:
        line = f"{line} {words.pop(0)}"
    return line


def _head(text: str, width: int) -> str:
    """As many characters as fit, at least one."""
    taken = 0
    for index, character in enumerate(text):
        taken += _width(character)
        if taken > width:
            return text[: max(index, 1)]
    return text
