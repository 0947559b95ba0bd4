"""What a page offers to be known by: metadata, linked data, headlines, and what may be a byline or a time."""

import re
from functools import cached_property
from urllib.parse import urlsplit

from monitor.articles.about.linked_data import Linked, key_of, plain
from monitor.articles.page import Page, Spot

_LONGEST = 2_000
_MOST = 60
_MOST_TRIED = 600
_TIMES = ",".join(
    [
        'time, [itemprop*="date" i], [data-published]',
        *(
            f'[class*="{word}" i]'
            for word in ("date", "time", "publi", "posted", "updated", "modified", "datum", "fecha", "data")
        ),
    ]
)
_BYLINES = ",".join(
    [
        '[itemprop*="author" i], [rel~="author" i], [class~="fn" i]',
        *(f'[class*="{word}" i]' for word in ("author", "byline", "by-line", "autor", "auteur", "writer")),
    ]
)
_NOT_DATED = re.compile(
    r"lifetime|sometime|multimedia|up-?to|times(?!tamp)|candidate|template|timeline|metadata|database|republi",
    re.IGNORECASE,
)
_LINES = frozenset(
    {
        "p",
        "div",
        "span",
        "a",
        "li",
        "small",
        "em",
        "strong",
        "cite",
        "address",
        "section",
        "b",
        "i",
        "td",
        "meta",
        "link",
        "time",
        "dd",
    }
)
_QUOTED = frozenset({"blockquote", "figure", "iframe", "template", "noscript"})


class Signs:
    """Looked up in the page when first asked for, in the order of the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents by property, name, itemprop or http-equiv, lower-case."""
        metas: dict[str, list[str]] = {}
        for node in self.page.nodes("meta[content]"):
            attrs = node.attributes
            # One character more than an address may have: a long one is seen to be too long, not cut to another.
            value = " ".join((attrs.get("content") or "")[: _LONGEST + 1].split())
            for name in ("property", "name", "itemprop", "http-equiv"):
                key = attrs.get(name)
                if key and value:
                    known = metas.setdefault(key.strip().lower(), [])
                    if len(known) < _MOST:
                        known.append(value)
        return metas

    @cached_property
    def linked(self) -> Linked:
        """Its linked data."""
        linked = Linked()
        for node in self.page.nodes('script[type*="ld+json" i]'):
            linked.add(node.text() or "")
        return linked

    @cached_property
    def canonical(self) -> list[str]:
        """Addresses that it links to as canonical."""
        return [node.attributes.get("href") or "" for node in self.page.nodes('link[rel~="canonical" i]')]

    @cached_property
    def language(self) -> str | None:
        """The language that its root element gives."""
        root = next(iter(self.page.nodes("html")), None)
        return (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else None

    @cached_property
    def page_title(self) -> str | None:
        """The title of the browser's window."""
        told = (plain(node.text() or "") for node in self.page.nodes("title"))
        return next((title for title in told if title), None)

    @cached_property
    def headlines(self) -> list[Spot]:
        """Its headlines of the first rank."""
        return self.page.select("h1")[:_MOST]

    @cached_property
    def times(self) -> list[Spot]:
        """What may tell a time of the article itself."""
        tried = self.page.select(_TIMES)[:_MOST_TRIED]
        fitting = (spot for spot in tried if spot.tag in _LINES and not _NOT_DATED.search(spot.classes))
        return [spot for spot in fitting if is_own(spot)][:_MOST]

    @cached_property
    def bylines(self) -> list[Spot]:
        """What may name the article's authors."""
        tried = self.page.select(_BYLINES)[:_MOST_TRIED]
        return [spot for spot in tried if spot.tag in _LINES and is_own(spot, "the author's box")][:_MOST]

    def first(self, *names: str) -> str | None:
        """The first content of the first of these names that has one."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def is_own(spot: Spot, pardoned: str = "") -> bool:
    """Whether it may speak of the article rather than of something quoted, related or said below it."""
    for around in spot.above():
        if around.holds_main:
            return True
        if around.tag in _QUOTED:
            return False
        if around.beside and around is not spot and around.beside not in ("the header", pardoned):
            return False
    return True


def sites_of(signs: Signs, url: str | None) -> set[str]:
    """What the site may be called, as keys."""
    names = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher")
    told = [value for name in names for value in signs.metas.get(name, [])[:2]]
    host = (urlsplit(url).hostname or "") if url else ""
    known = {key_of(plain(name)) for name in [*told, *signs.linked.publishers[:5]]}
    for name in (host, *told):
        bare = name.lower().removeprefix("www.")
        if "." in bare and " " not in bare:
            known |= {key_of(bare), key_of(bare.rpartition(".")[0])}
    # Some pages give their own title as the application's name.
    titles = {key_of(plain(signs.first("og:title") or "")), key_of(signs.page_title or "")}
    return {key for key in known - titles if len(key) > 1}


def words_in(spot: Spot) -> str:
    """The text of an element and all below it, as people read it."""
    return plain(spot.node.text(separator=" ") or "")


__all__ = ["Signs", "is_own", "key_of", "sites_of", "words_in"]
