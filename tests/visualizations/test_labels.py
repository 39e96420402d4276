"""Labels: no line is wider than asked, nothing in them controls the text around."""

from hypothesis import given
from hypothesis import strategies as st

from graphcrm.visualizations.labels import columns, plain, wrap


@given(st.text(), st.integers(4, 20), st.integers(1, 3))
def test_no_line_is_wider_than_asked(text: str, width: int, lines: int) -> None:
    wrapped = wrap(text, width, lines)
    assert 1 <= len(wrapped) <= lines
    assert all(columns(line) <= width for line in wrapped)


@given(st.text(alphabet=st.sampled_from("ab 李"), max_size=20))
def test_what_fits_is_kept(text: str) -> None:
    assert wrap(text, 60, 1) == (plain(text),)


def test_chinese_breaks_anywhere_and_counts_double() -> None:
    assert wrap("中华人民共和国工业", 8) == ("中华人民", "共和国…")


def test_a_cut_name_says_so() -> None:
    assert wrap("Margarethe Lindqvist-Andersen", 12) == ("Margarethe", "Lindqvist-A…")
