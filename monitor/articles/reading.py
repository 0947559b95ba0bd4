"""A page or text file read: who wrote what, when, and which posts it cites. `read_page` and `read_text` are the calls.

Neither limits its own time: pages from outside go through `bounded.BoundedReader`.
"""

import logging
import re
import warnings
from datetime import datetime

from monitor import clock
from monitor.articles.about import Self, about
from monitor.articles.citations import citations_in
from monitor.articles.decoding import decoded
from monitor.articles.mentions import with_mentions
from monitor.articles.page import Page, page_of
from monitor.articles.states import About
from monitor.articles.written import addresses_in
from monitor.model.article import Citation, Place, Reading

_EMPTY_LINE = re.compile(r"\n\s*\n")


def read_page(content: bytes, *, url: str | None, content_type: str | None = None) -> Reading:
    """Reads markup. `url` is where it was fetched, None if unknown; `content_type` the server's header, for its charset."""
    markup, troubles = decoded(content, content_type)
    page = page_of(markup)
    told = about(page, url)
    paragraphs = _main_text(markup, told, page)
    citations = citations_in(page, paragraphs, About(told.title or "", told.url or ""))
    return Reading(
        url=told.url,
        title=told.title,
        authors=tuple(told.authors),
        published_at=told.published_at,
        modified_at=told.modified_at,
        language=told.language,
        paragraphs=paragraphs,
        citations=with_mentions(citations, paragraphs, told.language),
        warnings=troubles,
    )


def read_text(content: bytes, *, url: str | None = None, content_type: str | None = None) -> Reading:
    """Reads plain text: the first line is the title, empty lines part the paragraphs, addresses stand written out."""
    text, troubles = decoded(content, content_type)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    apart = _EMPTY_LINE.split(text) if _EMPTY_LINE.search(text.strip()) else text.split("\n")
    paragraphs = tuple(
        clean
        for part in apart
        if (clean := "\n".join(" ".join(line.split()) for line in part.strip().split("\n")).strip())
    )
    title = paragraphs[0].split("\n")[0][:300] if paragraphs else None
    return Reading(
        url=url,
        title=title,
        authors=(),
        published_at=_dated(paragraphs),
        modified_at=None,
        language=None,
        paragraphs=paragraphs,
        citations=with_mentions(_written(paragraphs), paragraphs, None),
        warnings=troubles,
    )


def _main_text(markup: str, told: Self, page: Page) -> tuple[str, ...]:
    """The main text by trafilatura, which also fills in what the page did not tell of itself."""
    import trafilatura.settings

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        # Its date parser warns of time zones that it does not know, page by page.
        warnings.simplefilter("ignore")
        document = trafilatura.bare_extraction(markup, url=told.url, with_metadata=True, include_comments=False)
    if not isinstance(document, trafilatura.settings.Document):
        return _blocks(page)
    told.title = told.title or document.title
    told.authors = told.authors or [name.strip() for name in (document.author or "").split(";") if name.strip()]
    told.published_at = told.published_at or clock.parse_or_none(document.date)
    lines = (" ".join(line.split()) for line in (document.text or "").split("\n"))
    return tuple(line for line in lines if line) or _blocks(page)


def _blocks(page: Page) -> tuple[str, ...]:
    return tuple(block.text for block in page.blocks if block.in_main and not block.beside and len(block.text) >= 40)


def _written(paragraphs: tuple[str, ...]) -> tuple[Citation, ...]:
    found: dict[str, Citation] = {}
    for number, paragraph in enumerate(paragraphs, 1):
        for _, wrapping in addresses_in(paragraph):
            post = wrapping.address
            place = Place(number, f"paragraph {number}", "link", f"{post.platform}.text", paragraph[:280])
            citation = Citation(post.platform, post.post_id, post.url, "link", post.handle, (place,))
            known = found.get(citation.key)
            places = (*known.places, place) if known else (place,)
            found[citation.key] = Citation(post.platform, post.post_id, post.url, "link", post.handle, places)
    return tuple(found.values())


_MONTHS = {name: number for number, name in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1)}  # fmt: skip
_DATE_LINE = re.compile(
    r"(?:(\d{1,2})\.? ([A-Za-z]+),? (\d{4})|([A-Za-z]+) (\d{1,2}),? (\d{4})|(\d{4})-(\d\d)-(\d\d))(?:,? (?:at )?(\d\d):(\d\d))?"
)


def _dated(paragraphs: tuple[str, ...]) -> datetime | None:
    """The time of a date line near the top; without zone, so taken as UTC."""
    for paragraph in paragraphs[:12]:
        for line in paragraph.split("\n"):
            match = _DATE_LINE.fullmatch(line) if len(line) < 40 else None
            if match:
                d1, m1, y1, m2, d2, y2, y3, m3, d3, hour, minute = match.groups()
                month = int(m3) if m3 else _MONTHS.get((m1 or m2).lower(), 0)
                day, year = d1 or d2 or d3, y1 or y2 or y3
                return clock.parse_or_none(f"{year}-{month:02}-{int(day):02}T{hour or '00'}:{minute or '00'}:00")
    return None
