"""When an article was published and last changed, how exactly, and by whose word.

Linked data and metadata come first, then marked elements, then words beside the headline, then the address. What a better source
tells only by the day is made exact by a lesser one that agrees on the day.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from urllib.parse import urlsplit

from monitor.articles.about.moments import in_words, parsed
from monitor.articles.about.signs import Signs, is_own, words_in
from monitor.articles.page import Spot
from monitor.model.article import Moment

_PUBLISHED = re.compile(
    r"(?:og:)?article:published(?:_time|_date)?|article\.published|(?:og:)?published_?(?:time|at|date)?|[\w.:-]*publi(?:sh|cation|shed)[-_.]?(?:date|time)|date[-_.]?published"
    r"|original-?publi\w*date|vr:published-time|iso-8601-publish-date|pub_?-?date|parsely-pub-date|sailthru\.date|dc(?:terms)?\.date\.?(?:issued|created)?"
    r"|dc(?:terms)?\.(?:issued|created)|date|date[-_.]?created|cxenseparse:recs:publishtime|citation_(?:publication_|online_)?date|bt:pubdate|analytics:p_ts"
)
_MODIFIED = re.compile(
    r"(?:og:)?article:modified(?:_time|_date)?|article\.updated|og:updated_time|date[-_.]?modified|modified_?time|last-?mod(?:ified)?(?:date)?|dc(?:terms)?\.(?:date\.)?modified"
    r"|cxenseparse:(?:recs:)?modified_?time|revised|updated_?(?:time|at|date)"
)
_FIRST = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date")
_CHANGED = re.compile(
    r"updated?\b|aktualis|geändert|modified|changed|edited|mis(?:e)? à jour|modifi|actualiza|aggiornat|atualizad|bijgewerkt|uppdaterad|opdateret|oppdatert"
    r"|aktualizacj|zaktualizowan|обновлен|изменен|оновлен|güncellen|ενημ[εέ]ρ|更新|最終更新",
    re.IGNORECASE,
)
_CHANGED_NAME = re.compile(r"updat|modif|revis|changed|aktualis", re.IGNORECASE)
_PUBLISHED_NAME = re.compile(
    r"publi[sc]|pubdate|posted|created|entry-date|post-date|article-date|timestamp|dateline", re.IGNORECASE
)
_IN_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/_.-]|$)|/(?P<c>(?:19|20)\d{6})(?=[/_.-]|$)"
)
_SHORT = 160
_LINE = 80
_TAIL = 24
_LINES_BELOW = 8
_AMERICAN = re.compile(r"en[-_]us", re.IGNORECASE)


def published_of(signs: Signs, url: str | None, language: str | None) -> Moment | None:
    """The time of first publication as the page tells it, or None."""
    metas = list(_from_metas(signs, _PUBLISHED))
    metas.sort(key=lambda one: one[0] not in _FIRST)
    told = _until_exact(
        (parsed(text, "linked data") for text in signs.linked.texts("datePublished")),
        (moment for _, moment in metas),
        _from_elements(signs, language, changed=False),
        (_from_address(url),),
        _from_lines(signs, language),
    )
    return _sharpened(told)


def modified_of(signs: Signs, language: str | None) -> Moment | None:
    """The time of the last change as the page tells it, or None."""
    told = _until_exact(
        (parsed(text, "linked data") for text in signs.linked.texts("dateModified")),
        (moment for _, moment in _from_metas(signs, _MODIFIED)),
        _from_elements(signs, language, changed=True),
    )
    return _sharpened(told)


def _until_exact(*sources: Iterable[Moment | None]) -> list[Moment]:
    """What the sources tell, in their order; an exact time that comes first needs no other."""
    told: list[Moment] = []
    for moment in chain(*sources):
        if moment is not None:
            told.append(moment)
            if told[0].precision == "exact":
                break
    return told


def _sharpened(told: list[Moment]) -> Moment | None:
    if not told:
        return None
    best = told[0]
    if best.precision == "exact":
        return best
    near = timedelta(hours=14) if best.precision == "no_zone" else timedelta(hours=38)
    for wanted in ("exact", "no_zone"):
        for other in told:
            within = other.at - best.at
            early = -timedelta(hours=14)
            if other.precision == wanted and early <= within < near:
                return other
        if best.precision == wanted:
            break
    return best


def _from_metas(signs: Signs, names: re.Pattern[str]) -> Iterator[tuple[str, Moment]]:
    for name, values in signs.metas.items():
        if names.fullmatch(name):
            for value in values[:2]:
                moment = parsed(value, "metadata")
                if moment:
                    yield name, moment


def _from_elements(signs: Signs, language: str | None, *, changed: bool) -> Iterator[Moment]:
    """The times that marked elements near the headline tell of publication or of a change, the surest first."""
    american = _american(signs, language)
    headline = next((spot.order for spot in signs.headlines), 0)
    for spot in sorted(signs.times, key=lambda spot: (_rank(spot), abs(spot.order - headline))):
        yield from (moment for moment, is_change in _of_element(spot, american) if is_change == changed)


def _rank(spot: Spot) -> int:
    role = spot.attrs.get("itemprop") or ""
    stamped = any(spot.attrs.get(name) for name in ("datetime", "content", "data-published"))
    if "datePublished" in role or "dateModified" in role or "pubdate" in spot.attrs:
        return 0
    if stamped and _PUBLISHED_NAME.search(spot.classes):
        return 1
    return 2 if stamped and spot.tag == "time" else 3


def _of_element(spot: Spot, american: bool | None) -> Iterator[tuple[Moment, bool]]:
    names = f"{spot.attrs.get('itemprop') or ''} {spot.classes}"
    changed = bool(_CHANGED_NAME.search(names)) and not _PUBLISHED_NAME.search(names)
    for name in ("datetime", "content", "data-published", "data-datetime", "data-timestamp"):
        moment = parsed(spot.attrs.get(name), "time element")
        if moment:
            yield moment, changed
            return
    words = words_in(spot)
    if not words or len(words) > _SHORT:
        return
    split = _CHANGED.search(words)
    before, after = (words[: split.start()], words[split.start() :]) if split else (words, "")
    for text, is_change in ((before, changed), (after, True)):
        moment = in_words(text, "words beside the headline", american=american) if text else None
        if moment:
            yield moment, is_change


def _from_lines(signs: Signs, language: str | None) -> Iterator[Moment]:
    """Dates in the short lines below the headline, and at the end of the page's title."""
    start = next((spot.order for spot in signs.headlines if is_own(spot)), None)
    if start is not None:
        below = [spot for spot in signs.page.blocks if spot.order > start][:_LINES_BELOW]
        for spot in below:
            words = spot.text
            if len(words) <= _LINE and not _CHANGED.search(words):
                moment = in_words(words, "words beside the headline", american=_american(signs, language))
                if moment:
                    yield moment
    tail = (signs.page_title or "")[-_TAIL:]
    moment = in_words(tail, "title", american=_american(signs, language))
    if moment:
        yield moment


def _american(signs: Signs, language: str | None) -> bool | None:
    """Whether 5/6/2020 is the sixth of May; None when that cannot be told."""
    return True if _AMERICAN.match(signs.language or "") else None if language in (None, "en") else False


def _from_address(url: str | None) -> Moment | None:
    match = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    if match is None:
        return None
    written = match.group("c") or "{y}-{m}-{d}".format(**match.groupdict())
    return parsed(written, "address")
