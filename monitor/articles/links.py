"""The links of a section page's main part, in order: what stands in menus, headers, footers and sidebars is no news.

Markup is parsed in the bounded child (`bounded.BoundedReader.links`); where that breaks, `swept` finds addresses without it.
"""

import html
import re
from collections.abc import Iterable

from monitor.articles.decoding import decoded
from monitor.articles.page import Page, Spot, page_of
from monitor.articles.regions import words_of
from monitor.feeds.addresses import absolute

MOST = 5_000
_LONGEST_WORDS = 300
_APART = frozenset({"nav", "aside", "dialog", "template", "noscript"})
_EDGES = frozenset({"header", "footer"})
"""Beside the news at the edge of a page, part of it within an article or a section."""
_INNER = frozenset({"article", "section", "main", "li", "figure"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_WORDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "megamenu",
        "breadcrumb",
        "breadcrumbs",
        "masthead",
        "offcanvas",
        "footer",
        "colophon",
        "siteinfo",
        "sidebar",
        "sidebars",
        "rail",
        "rightrail",
        "comments",
        "newsletter",
        "cookie",
        "cookies",
        "subscribe",
        "pagination",
    ]
)
_HREF = re.compile(r"""<a\s[^<>]{0,2000}?\bhref\s*=\s*(?:"([^"<>]{1,4000})"|'([^'<>]{1,4000})')""", re.IGNORECASE)

Links = list[tuple[str, str]]
"""Absolute addresses without fragment, each once, and the words of their links."""


def links_in(content: bytes, url: str, content_type: str | None = None) -> Links:
    """The links of the main part; of the whole page where it marks none."""
    page = page_of(decoded(content, content_type)[0])
    base = next((absolute(url, spot.attrs.get("href")) for spot in page.spots if spot.tag == "base"), None) or url
    return _gathered(((spot.attrs.get("href"), _words(spot)) for spot in _anchors(page)), base)


def swept(content: bytes, url: str, content_type: str | None = None) -> Links:
    """Every link that a page names, wherever it stands, found without parsing."""
    found = (match[1] or match[2] for match in _HREF.finditer(decoded(content, content_type)[0]))
    return _gathered(((html.unescape(href), "") for href in found), url)


def _anchors(page: Page) -> list[Spot]:
    marked = [s for s in page.spots if s.tag == "main" or (s.attrs.get("role") or "").lower() == "main"]
    mains = {id(spot) for spot in marked}
    anchors = [spot for spot in page.spots if spot.tag in ("a", "area") and spot.attrs.get("href")]
    if mains:
        inside = [a for a in anchors if any(id(around) in mains for around in a.above())]
        anchors = inside or anchors
    return [anchor for anchor in anchors if not _is_apart(anchor, mains)]


def _is_apart(anchor: Spot, mains: set[int]) -> bool:
    for spot in anchor.above():
        if id(spot) in mains or spot.tag in ("body", "html"):
            return False
        if spot.tag in _APART or (spot.attrs.get("role") or "").lower() in _ROLES:
            return True
        # What surrounds a part of the news may be at the page's edge; what is within it is not.
        if spot.tag in _EDGES and not any(around.tag in _INNER for around in list(spot.above())[1:]):
            return True
        names = f"{spot.attrs.get('class') or ''} {spot.attrs.get('id') or ''}"
        if spot is not anchor and _WORDS.intersection(words_of(names)):
            return True
    return False


def _gathered(anchors: Iterable[tuple[str | None, str]], base: str) -> Links:
    found: dict[str, str] = {}
    for href, words in anchors:
        address = absolute(base, href)
        if address is None:
            continue
        address = address.partition("#")[0]
        if address not in found and len(found) >= MOST:
            break
        found[address] = max(found.get(address, ""), words, key=len)
    return list(found.items())


def _words(anchor: Spot) -> str:
    return " ".join((anchor.node.text(separator=" ") or "").split())[:_LONGEST_WORDS]
