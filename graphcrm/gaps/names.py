"""Names as they compare: what differs only in case, blanks, punctuation or legal form is the same."""

import re
import unicodedata

LEGAL_FORMS = frozenset(
    {
        "ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg",
        "kgaa", "limited", "llc", "llp", "lp", "ltd", "nv", "oy", "oyj", "plc", "pte", "pty", "sa", "sarl",
        "sas", "se", "spa", "srl",
    }
)  # fmt: skip
"""How companies end, in Latin letters and without dots."""
CHINESE_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司")
"""How Chinese companies end, the longest first."""


def person(name: str) -> str:
    """A person's name as it compares.

    >>> person("Li-Wei  CHEN") == person("li wei chen")
    True
    """
    return "".join(_words(name)) or name


def company(name: str) -> str:
    """A company's name as it compares, without its legal form.

    >>> company("Alpenwerk GmbH & Co. KG"), company("华岳重工股份有限公司")
    ('alpenwerk', '华岳重工')
    """
    words = _words(name)
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    joined = "".join(words)
    for form in CHINESE_FORMS:
        if joined.endswith(form) and joined != form:
            return joined.removesuffix(form)
    return joined or name


def email(address: str) -> str:
    """An address as it compares.

    >>> email(" Wei.Chen@Example.com ")
    'wei.chen@example.com'
    """
    return address.strip().casefold()


def _words(name: str) -> list[str]:
    """Letters and digits in runs; a dot or apostrophe within a word is no end of it."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.findall(r"\w+", re.sub(r"[.'’·]", "", folded).replace("_", " "))
