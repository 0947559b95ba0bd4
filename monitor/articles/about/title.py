"""An article's title: what headline, linked data and metadata agree on, without the name of the site."""

import re
from collections.abc import Iterator

from monitor.articles.about.linked_data import plain
from monitor.articles.about.signs import Signs, is_own, key_of, sites_of, words_in

_LONGEST = 500
_APART = re.compile(r"\s+(?:[|¦·•»«<>:]|::|[-–—―])\s+|\s*[|｜_](?=\S)|\s*[—|]\s*")
_BRACKETED = re.compile(r"\s*\(([^()]{2,60})\)$")
_EXTRA = 24
"""Letters that a site's name may have more in one place than in another: "The Demo" and "The Demo - News from here"."""
_CUT = ("…", "...")
_CUT_LENGTHS = range(100, 113)
"""A headline of linked data is often cut at 110 characters."""
_WEIGHTS = (
    (2, ("og:title",)),
    (2, ("headline",)),
    (
        1,
        ("twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title", "cxenseparse:title"),
    ),
)


def title_of(signs: Signs, url: str | None) -> str | None:
    """The wording with the most votes; None when the page has none."""
    sites = sites_of(signs, url)
    heard: list[tuple[str, int]] = []
    for wording, votes in _candidates(signs, sites):
        clean = without_site(wording[:_LONGEST], sites)
        if clean and key_of(clean) not in sites:
            heard.append((clean, votes))
    if not heard:
        return next((wording[:_LONGEST] for wording, _ in _candidates(signs, sites)), None)
    return max(heard, key=lambda one: sum(votes for other, votes in heard if _supports(other, one[0])))[0]


def without_site(title: str, sites: set[str]) -> str:
    """The title without the site's name at its end or beginning."""
    bracketed = _BRACKETED.search(title)
    if bracketed and key_of(bracketed.group(1)) in sites:
        return title[: bracketed.start()]
    marks = list(_APART.finditer(title))
    for mark in marks:
        if _is_site(title[mark.end() :], sites):
            return without_site(title[: mark.start()].strip(), sites)
    for mark in reversed(marks):
        if key_of(title[: mark.start()]) in sites:
            return without_site(title[mark.end() :].strip(), sites)
    return title


def _candidates(signs: Signs, sites: set[str]) -> Iterator[tuple[str, int]]:
    votes = 3
    for headline in signs.headlines[:8]:
        words = words_in(headline)
        if words and len(words) <= _LONGEST:
            yield words, votes if is_own(headline) else 1
            votes = 1 if is_own(headline) and key_of(words) not in sites else votes
    seen: set[str] = set()
    for words in signs.linked.texts("headline"):
        if key_of(words) not in seen and len(seen) < 3:
            yield words, 2 if not seen else 1
            seen.add(key_of(words))
    for votes, names in _WEIGHTS:
        for name in names:
            for value in signs.metas.get(name, [])[:1]:
                yield plain(value), votes
    if signs.page_title:
        yield signs.page_title, 1


def _supports(other: str, one: str) -> bool:
    """Whether another wording is the same, the same with something at its end or beginning, or the same cut short."""
    a, b = key_of(other), key_of(one)
    if not a or not b:
        return False
    if a == b or (len(b) >= 12 and (a.startswith(b) or a.endswith(b)) and not _is_cut(one)):
        return True
    return _is_cut(other) and b.startswith(a)


def _is_cut(title: str) -> bool:
    return title.endswith(_CUT) or len(title) in _CUT_LENGTHS


def _is_site(words: str, sites: set[str]) -> bool:
    key = key_of(words)
    if key in sites:
        return True
    return len(key) > 4 and any(
        len(site) > 4 and abs(len(site) - len(key)) <= _EXTRA and (key.startswith(site) or site.startswith(key))
        for site in sites
    )
