"""A page or text file read: who wrote what, when, and which posts it cites. `read_page` and `read_text` are the calls.

Neither limits its own time: pages from outside go through `bounded.BoundedReader`.
"""

import re
from dataclasses import replace
from itertools import chain

from monitor.articles.about import about
from monitor.articles.about.guess import guessed_day
from monitor.articles.about.language import settled
from monitor.articles.about.moments import parsed
from monitor.articles.belonging import About
from monitor.articles.citations import Numbers, citations_in
from monitor.articles.corrections import corrections_in, corrections_told
from monitor.articles.decoding import as_utf8, decoded
from monitor.articles.main_text import main_text
from monitor.articles.mentions import with_mentions
from monitor.articles.own_media import own_media_in
from monitor.articles.page import Page
from monitor.articles.paragraphs import counted
from monitor.articles.pictures import pictures_in
from monitor.articles.quotations import quotations_in
from monitor.articles.source import MOST_SIGNS
from monitor.articles.written import addresses_in, short_links_in
from monitor.errors import NotUnderstood
from monitor.model.article import Citation, Moment, Place, Reading
from monitor.platforms import Address, ShortLink

_DATE_LINE = 60
"""Characters that a line with nothing but a date has at most."""
_EMPTY_LINE = re.compile(r"\n\s*\n")


def read_page(content: bytes, *, url: str | None, content_type: str | None = None) -> Reading:
    """Reads markup. `url` is where it was fetched, None if unknown; `content_type` the server's header, for its charset.

    Raises NotUnderstood where so much may name a post that no article can be meant.
    """
    raw, troubles = as_utf8(content, content_type)
    page = Page(raw)
    if page.looks.signs > MOST_SIGNS:
        raise NotUnderstood(f"{page.looks.signs} places that may name a post, which no article has")
    told = about(page, url)
    text = counted(main_text(page), page, told.title, told.authors)
    paragraphs = tuple(paragraph.words for paragraph in text)
    language = settled(told.language, paragraphs)
    published = told.published or (guessed_day(raw.decode("utf-8"), told.url) if paragraphs else None)
    numbers = Numbers(page, text)
    citations = citations_in(page, numbers, lambda: About(told.title or "", told.url or ""))
    citations += quotations_in(page, numbers)
    reading = Reading(
        url=told.url,
        title=told.title,
        authors=tuple(told.authors),
        published=published,
        modified=told.modified,
        language=language,
        paragraphs=paragraphs,
        citations=with_mentions(citations, paragraphs, language, published.at if published else None),
        warnings=troubles,
        images=pictures_in(page, told.signs, told.url or url),
        corrections=corrections_in(page, paragraphs, told.signs.linked),
        own_media=own_media_in(page, numbers, told.signs, told.url or url),
    )
    page.close()
    return reading


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
    language = settled(None, paragraphs)
    published = _dated(paragraphs)
    return Reading(
        url=url,
        title=title,
        authors=(),
        published=published,
        modified=None,
        language=language,
        paragraphs=paragraphs,
        citations=with_mentions(_written(paragraphs), paragraphs, language, published.at if published else None),
        warnings=troubles,
        corrections=corrections_told(paragraphs),
    )


def _written(paragraphs: tuple[str, ...]) -> tuple[Citation, ...]:
    found: dict[str, Citation] = {}
    for number, paragraph in enumerate(paragraphs, 1):
        posts = [(wrapping.address, "text") for _, wrapping in addresses_in(paragraph)]
        short = [(link, "short_link") for link in short_links_in(paragraph)]
        for post, form in chain[tuple[Address | ShortLink, str]](posts, short):
            place = Place(number, f"paragraph {number}", "link", f"{post.platform}.{form}", paragraph[:280])
            citation = Citation(
                post.platform, post.post_id, post.url, "link", post.handle, (place,), post.trust, post.doubt
            )
            known = found.get(citation.key)
            found[citation.key] = replace(known, places=(*known.places, place)) if known else citation
    return tuple(found.values())


def _dated(paragraphs: tuple[str, ...]) -> Moment | None:
    """The time of a date line near the top."""
    lines = (line for paragraph in paragraphs[:12] for line in paragraph.split("\n") if len(line) < _DATE_LINE)
    return next((moment for line in lines if (moment := parsed(line, "date line"))), None)
