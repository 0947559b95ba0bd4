"""Who wrote an article: linked data, metadata, byline, in this order; the publisher's own name only when there is no other."""

import re
from collections.abc import Iterable, Iterator, Mapping

from monitor.articles.about.linked_data import Thing, named, plain
from monitor.articles.about.signs import Signs, key_of, sites_of, words_in

_MOST = 20
_LONGEST = 90
_META = ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author", "article:author_name",
         "og:article:author", "vr:author", "citation_author", "shareaholic:article_author_name", "cxenseparse:author")  # fmt: skip
_BY = re.compile(
    r"^(?:(?:posted|written|published|text|reporting|story|words|geschrieben|verfasst|ein (?:artikel|beitrag|kommentar|gastbeitrag)|artikel|propos recueillis)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|av|af|autor(?:en|in)?|authors?|auteur|autore|автор|текст|text|przez)\s*[:\-–]?\s+(?=\S)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|und|et|y|e|og|och|en|i|и|&)\s+|\s*[;/|•·]\s*|\s*,\s+(?:and\s+)?")
_CREDENTIAL = re.compile(
    r"(?:ph\.?d|m\.?d|m\.?s|m\.?a|r\.?d|r\.?n|j\.?d|mph|msc|bsc|esq|jr|sr|iii?|dr|do|mba|cfa|cpa)\.?", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*(?:[|•·—–]|\d{1,2}\.\d{1,2}\.\d{2,4}|\b(?:on|am|le|el)\s+\d|\b\d{1,2}[:.]\d\d\b|\b\d{4}-\d\d|\()"
)
_DATE = re.compile(
    r",?\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}\.?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez)[a-z]*\.?\s+\d.*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[<>{}\[\]=#]|\b(?:admin|administrator|share|tweet|comments?|follow|subscribe|read more|updated|published|min(?:ute)? read|unknown"
    r"|cookies?|image|photos?|fotos?|фото|bild|advertisement|newsletter|null|undefined)\b|^\W*$|\d{5,}",
    re.IGNORECASE,
)


def authors_of(signs: Signs, url: str | None) -> list[str]:
    """Names in the order of the page, each once."""
    sites = sites_of(signs, url)
    spare: list[str] = []
    for names in (_linked(signs), _from_metas(signs), _from_bylines(signs)):
        found = _cleaned(names)
        people = [name for name in found if not _is_site(name, sites)]
        if people:
            return people
        spare = spare or found
    return spare


def _is_site(name: str, sites: set[str]) -> bool:
    key = key_of(name)
    return key in sites or any(len(site) > 5 and key.startswith(site) and len(key) <= len(site) + 10 for site in sites)


def _linked(signs: Signs) -> Iterator[str]:
    for thing in signs.linked.things[:5]:
        found = [name for name in _names_of(thing, signs.linked.names) if not _NO_NAME.search(name)]
        if found:
            yield from found
            return


def _names_of(thing: Thing, known: Mapping[str, str]) -> Iterator[str]:
    for one in named(thing.get("author") or thing.get("creator")):
        if isinstance(one, Mapping):
            name, key = one.get("name"), one.get("@id")
            for each in named(name) if name else (known.get(key, "") if isinstance(key, str) else "",):
                if isinstance(each, str):
                    yield plain(each)
        elif isinstance(one, str):
            yield known.get(one) or plain(one)


def _from_metas(signs: Signs) -> Iterator[str]:
    for name in _META:
        found = [plain(value) for value in signs.metas.get(name, []) if not _NO_NAME.search(value)]
        if any(found):
            yield from found
            return


def _from_bylines(signs: Signs) -> Iterator[str]:
    """The nearest byline to the headline that holds a name: marked as the author's, else a line that begins with "by"."""
    for marked in (True, False):
        for spot in signs.bylines:
            role = f"{spot.attrs.get('itemprop') or ''} {spot.attrs.get('rel') or ''}"
            if marked != ("author" in role or "author" in spot.classes.lower().split()):
                continue
            words = spot.attrs.get("content") or words_in(spot)
            if len(words) > 2 * _LONGEST:
                continue
            begins = _BY.match(words)
            name = _TAIL.split(_DATE.sub("", _BY.sub("", words)), maxsplit=1)[0].strip(" ,:-–")
            if (marked or begins or spot.tag == "a") and _looks_like_names(name):
                yield name
                return


def _cleaned(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for written in names:
        for name in _apart(_DATE.sub("", _BY.sub("", written.strip()))):
            if 1 < len(name) <= _LONGEST and not _NO_NAME.search(name):
                found.setdefault(key_of(name), name)
    return list(found.values())[:_MOST]


def _apart(written: str) -> list[str]:
    """Several names in one text; "Ada Roe, PhD" stays one, and so does a name of one word with "and" in it."""
    parts = [part.strip(" ,") for part in _AND.split(written) if part.strip(" ,")]
    if len(parts) < 2:
        return parts
    joined: list[str] = []
    for part in parts:
        if joined and _CREDENTIAL.fullmatch(part):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    whole = all(len(part.split()) >= 2 or "," in part for part in joined)
    return joined if whole or not re.search(r"[a-z]", written) else [written]


def _looks_like_names(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 12 and len(text) <= _LONGEST and not _NO_NAME.search(text) and any(c.isalpha() for c in text)
    )
