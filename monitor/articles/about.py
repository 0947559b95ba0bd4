"""What a page says of itself: canonical address, title, authors, times, language."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from monitor import clock
from monitor.articles.page import Page

_ARTICLE = re.compile(r"Article|NewsArticle|Report|BlogPosting|ClaimReview|WebPage|LiveBlogPosting|SocialMediaPosting")
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
              "dcterms.created", "dc.date", "pubdate", "publish-date", "publishdate", "date", "cxenseparse:recs:publishtime")  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod")
_AUTHOR = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author_name")


@dataclass(slots=True)
class Self:
    """The page's own words about itself; nothing here is checked."""

    url: str | None = None
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None


def about(page: Page, url: str | None) -> Self:
    """Reads head, linked data and `time` elements; `url` is where the page was fetched, None for a file."""
    told = Self()
    meta = _metas(page)
    linked = list(_articles(page))
    told.url = _canonical(page, meta, url)
    told.title = (
        _first(meta, ("og:title", "twitter:title", "headline")) or _linked_text(linked, "headline") or _title(page)
    )
    told.authors = _authors(linked) or [v for n in _AUTHOR for v in meta.get(n, []) if not v.startswith("http")][:5]
    told.published_at = (
        _time(_linked_text(linked, "datePublished")) or _time(_first(meta, _PUBLISHED)) or _time(_stamp(page))
    )
    told.modified_at = _time(_linked_text(linked, "dateModified")) or _time(_first(meta, _MODIFIED))
    told.language = _language(page, meta, linked)
    return told


def _metas(page: Page) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for spot in page.spots:
        if spot.tag == "meta" and spot.attrs.get("content"):
            for name in ("property", "name", "itemprop", "http-equiv"):
                if spot.attrs.get(name):
                    metas.setdefault((spot.attrs[name] or "").lower(), []).append(
                        " ".join((spot.attrs["content"] or "").split())
                    )
    return metas


def _articles(page: Page) -> Iterator[Mapping[str, object]]:
    for text in page.texts:
        if text.spot.tag == "script" and "ld+json" in (text.spot.attrs.get("type") or "").lower():
            try:
                data = json.loads(text.words.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _typed(data, 0)


def _typed(data: object, level: int) -> Iterator[Mapping[str, object]]:
    if isinstance(data, list):
        for inner in data[:50]:
            yield from _typed(inner, level)
    elif isinstance(data, Mapping) and level < 3:
        if _ARTICLE.search(str(data.get("@type", ""))):
            yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _typed(data.get(name), level + 1)


def _canonical(page: Page, meta: dict[str, list[str]], url: str | None) -> str | None:
    links = [
        s.attrs.get("href") or ""
        for s in page.spots
        if s.tag == "link" and "canonical" in (s.attrs.get("rel") or "").lower().split()
    ]
    for written in [*links, *meta.get("og:url", [])]:
        try:
            whole = urljoin(url or "", written.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return whole
    return url


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((value for name in names for value in meta.get(name, []) if value), None)


def _linked_text(linked: list[Mapping[str, object]], name: str) -> str | None:
    return next((" ".join(v.split()) for item in linked if isinstance(v := item.get(name), str) and v.strip()), None)


def _title(page: Page) -> str | None:
    for wanted in ("h1", "title"):
        for spot in page.spots:
            if spot.tag == wanted and (text := " ".join((spot.node.text() or "").split())):
                return text
    return None


def _authors(linked: list[Mapping[str, object]]) -> list[str]:
    for item in linked:
        written = item.get("author")
        names = []
        for one in written if isinstance(written, list) else [written]:
            name = one.get("name") if isinstance(one, Mapping) else one
            if isinstance(name, str) and name.strip() and not name.startswith("http"):
                names.append(" ".join(name.split()))
        if names:
            return list(dict.fromkeys(names))
    return []


def _stamp(page: Page) -> str | None:
    for spot in page.spots:
        if spot.tag == "time" and spot.attrs.get("datetime") and spot.in_main:
            return spot.attrs["datetime"]
    return None


def _time(written: str | None) -> datetime | None:
    moment = clock.parse_or_none(written)
    return moment if moment and 1990 <= moment.year <= 2100 else None


def _language(page: Page, meta: dict[str, list[str]], linked: list[Mapping[str, object]]) -> str | None:
    html = next((s.attrs.get("lang") or s.attrs.get("xml:lang") for s in page.spots if s.tag == "html"), None)
    told = (
        html
        or _linked_text(linked, "inLanguage")
        or _first(meta, ("og:locale", "content-language", "language", "dc.language"))
    )
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_,; ])", told.strip()) if told else None
    return found.group().lower() if found else None
