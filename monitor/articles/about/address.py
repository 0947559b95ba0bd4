"""The address that an article has for good: what the page names as canonical, if it may be believed."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from monitor.articles.about.signs import Signs
from monitor.articles.tracking import without_tracking

_LONGEST = 2_000
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
_SLUG = re.compile(r"(?:[^-_/]+[-_]){2,}|\d{5,}")
_SECOND_LEVEL = frozenset(
    {"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gob", "gouv", "nom", "govt"}
)
_COPIES = ("web.archive.org", "archive.", "ampproject.org", "googleusercontent.com", "translate.goog", "bing-amp.com")
"""Hosts that show other sites' pages: there the page's own word is the better one."""


def canonical(signs: Signs, url: str | None) -> str | None:
    """The article's own address, without tracking; `url` (where it was fetched) when the page names none to believe.

    Not believed: another site, the home page, a section above the article, what is no web address at all.
    """
    fetched = _parts(url or "")
    home: str | None = None
    for whole, parts in _named(signs, url):
        if fetched is not None and not _same_site(fetched, parts):
            continue
        if not parts.path.strip("/") and not parts.query:
            home = home or whole
            continue
        if fetched is not None and _is_section_of(parts, fetched):
            continue
        return whole
    return home if fetched is None else without_tracking(url or "")


def _named(signs: Signs, url: str | None) -> Iterator[tuple[str, SplitResult]]:
    """What the page names, the best first, made whole."""
    linked = [*signs.linked.texts("url"), *signs.linked.texts("@id"), *signs.linked.texts("mainEntityOfPage")]
    for written in [*signs.canonical, *signs.metas.get("og:url", []), *(u for u in linked if "#" not in u)]:
        if not written.strip() or len(written) > _LONGEST:
            continue
        try:
            whole = urljoin(url or "", written.strip())
        except ValueError:
            continue
        parts = _parts(whole)
        named = parts is not None and ("." in (parts.hostname or "") or ":" in (parts.hostname or ""))
        if parts is not None and (named or url is not None) and not _UNSAFE.search(whole):
            yield without_tracking(whole), parts


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    known = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.username is None
    return parts if known and port != 0 else None


def _same_site(one: SplitResult, other: SplitResult) -> bool:
    a, b = one.hostname or "", other.hostname or ""
    # An address without a name, or of a copy, tells nothing of whose page it is.
    if "." not in a or re.fullmatch(r"[\d.]+|\[?[\da-f:]+\]?", a) or any(f".{c}" in f".{a}" for c in _COPIES):
        return True
    return _site(a) == _site(b)


def _site(host: str) -> str:
    """The registered name, roughly: "example.co.uk" of "m.news.example.co.uk"."""
    labels = host.lower().rstrip(".").split(".")
    deep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-deep:])


def _is_section_of(named: SplitResult, fetched: SplitResult) -> bool:
    """Whether the named address is a part of the fetched one that has lost what tells the article."""
    path, whole = named.path.rstrip("/"), fetched.path.rstrip("/")
    lost = whole.removeprefix(path)
    return lost != whole and lost.startswith("/") and bool(_SLUG.search(lost)) and not _SLUG.search(path)
