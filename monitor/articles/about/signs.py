"""What is gathered in one walk over a page: metadata, linked data, headlines, and what may be a byline or a time."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from monitor.articles.about.linked_data import Linked, key_of, plain
from monitor.articles.page import Page, Spot

_LONGEST = 2_000
_MOST = 60
_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?line|authors?|autor(?:en)?|auteur|writers?|fn)(?![a-z])|author|byline", re.IGNORECASE
)
_DATED = re.compile(r"date|time|publi[sc]|updated|datum|fecha|data-pub|modified", re.IGNORECASE)
_NOT_DATED = re.compile(r"lifetime|sometime|multimedia|up-?to|times(?!tamp)|candidate|template|timeline", re.IGNORECASE)
_LINES = frozenset(
    {"p", "div", "span", "a", "li", "small", "em", "strong", "cite", "address", "section", "b", "i", "td"}
)
_QUOTED = frozenset({"blockquote", "figure", "iframe", "template", "noscript"})


@dataclass(slots=True)
class Signs:
    """In the order of the page."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    """Contents by property, name, itemprop or http-equiv, lower-case."""
    canonical: list[str] = field(default_factory=list)
    language: str | None = None
    page_title: str | None = None
    headlines: list[Spot] = field(default_factory=list)
    times: list[Spot] = field(default_factory=list)
    bylines: list[Spot] = field(default_factory=list)
    linked: Linked = field(default_factory=Linked)
    page: Page | None = None

    def first(self, *names: str) -> str | None:
        """The first content of the first of these names that has one."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)


def signs_of(page: Page) -> Signs:
    """One walk; what stands in quotes, embeds, comments or teasers is left out of bylines and times."""
    signs = Signs(page=page)
    for spot in page.spots:
        if spot.tag == "meta":
            _take_meta(signs, spot)
        elif spot.tag == "link":
            if "canonical" in (spot.attrs.get("rel") or "").lower().split():
                signs.canonical.append(spot.attrs.get("href") or "")
        elif spot.tag == "html":
            signs.language = spot.attrs.get("lang") or spot.attrs.get("xml:lang")
        elif spot.tag == "title":
            signs.page_title = signs.page_title or plain(spot.node.text() or "")
        elif spot.tag == "h1":
            signs.headlines.append(spot)
        else:
            _take_line(signs, spot)
    for text in page.texts:
        if text.spot.tag == "script" and "ld+json" in (text.spot.attrs.get("type") or "").lower():
            signs.linked.add(text.words)
    return signs


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
    return {key for key in known if len(key) > 1}


def words_in(spot: Spot) -> str:
    """The text of an element and all below it, as people read it."""
    return plain(spot.node.text(separator=" ") or "")


def _take_meta(signs: Signs, spot: Spot) -> None:
    content = spot.attrs.get("content")
    if not content:
        return
    value = " ".join(content[:_LONGEST].split())
    for name in ("property", "name", "itemprop", "http-equiv"):
        key = spot.attrs.get(name)
        if key:
            known = signs.metas.setdefault(key.strip().lower(), [])
            if len(known) < _MOST:
                known.append(value)


def _take_line(signs: Signs, spot: Spot) -> None:
    role = spot.attrs.get("itemprop") or spot.attrs.get("rel") or ""
    names = spot.classes if spot.tag in _LINES else ""
    dated = spot.tag == "time" or "date" in role or (_DATED.search(names) and not _NOT_DATED.search(names))
    if dated and len(signs.times) < _MOST and is_own(spot):
        signs.times.append(spot)
    by_somebody = "author" in role or _BYLINE.search(names)
    if by_somebody and len(signs.bylines) < _MOST and is_own(spot, "the author's box"):
        signs.bylines.append(spot)


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


__all__ = ["Signs", "is_own", "key_of", "signs_of", "sites_of", "words_in"]
