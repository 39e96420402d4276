"""Content-Security-Policy of a page that brings everything along: nothing else runs, nothing is fetched."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from markupsafe import Markup


def content_security_policy(scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """Only these inline scripts and styles, by their hashes; no connection, image, frame or form."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def inline(text: str) -> Markup:
    """A script or style of ours as it stands in its element; it must not end that element early."""
    lowered = text.lower()
    if any(end in lowered for end in ("</script", "</style", "<!--")) or "\r" in text:
        raise ValueError("this text cannot stand inside a script or style element")
    return Markup(text)  # noqa: S704 - just checked; only files of ours and of installed packages come here


def _hashes(texts: Iterable[str]) -> str:
    digests = [b64encode(sha256(text.encode()).digest()).decode("ascii") for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
