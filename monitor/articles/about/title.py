"""An article's title: what headline, linked data and metadata agree on, without the name of the site."""

import re
from collections.abc import Iterator

from monitor.articles.about.linked_data import plain
from monitor.articles.about.signs import Signs, is_own, key_of, sites_of, words_in

_LONGEST = 500
_APART = re.compile(r"\s+(?:[|¦·•»«›<>:]|::|[-–—―])\s+|\s*[|｜_](?=\S)|\s*[—|]\s*")
_BRACKETED = re.compile(r"\s*\(([^()]{2,60})\)$")
_EXTRA = 24
"""Letters that a site's name may have more in one place than in another: "The Demo" and "The Demo - News from here"."""
_SHORT, _LONG = 12, 20
"""Letters of a wording that is no accident within another: at its ends, anywhere."""
_CUT = ("…", "...")
_CUT_LENGTHS = range(100, 113)
"""A headline of linked data is often cut at 110 characters."""
_LESSER = (
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "title",
    "cxenseparse:title",
)
_MOST, _MOST_LINKED = 8, 3


def title_of(signs: Signs, url: str | None) -> str | None:
    """The wording with the most votes; None when the page has none."""
    sites = sites_of(signs, url)
    others = [(clean, votes) for wording, votes in _told(signs) if (clean := _clean(wording, sites))]
    headlines = [clean for wording in _headlines(signs) if (clean := _clean(wording, sites))]
    shown = list(_weighed(headlines, others))
    heard = [*(one for one in shown if one[1] > 2), *others, *(one for one in shown if one[1] <= 2)]
    if not heard:
        return next((wording[:_LONGEST] for wording in (*_headlines(signs), *(w for w, _ in _told(signs)))), None)
    return max(heard, key=lambda one: sum(votes for other, votes in heard if _supports(other, one[0])))[0]


def _clean(wording: str, sites: set[str]) -> str:
    """Without the site's name; empty when it is nothing else."""
    clean = without_site(wording[:_LONGEST], sites)
    return "" if key_of(clean) in sites else clean


def _weighed(headlines: list[str], others: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """A headline that the page repeats elsewhere counts most; of those that stand alone the first."""
    alone = 2
    for words in headlines:
        if any(_supports(other, words) or _supports(words, other) for other, _ in others):
            yield words, 3
        else:
            yield words, alone
            alone = 1


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


def _headlines(signs: Signs) -> Iterator[str]:
    own = [spot for spot in signs.headlines[:_MOST] if is_own(spot)]
    for headline in own or signs.headlines[:_MOST]:
        words = words_in(headline)
        if words and len(words) <= _LONGEST:
            yield words


def _told(signs: Signs) -> Iterator[tuple[str, int]]:
    """What metadata and linked data call the article, with the votes that each has."""
    for value in signs.metas.get("og:title", [])[:1]:
        yield plain(value), 2
    votes, seen = 2, set[str]()
    for words in signs.linked.texts("headline"):
        if key_of(words) not in seen and len(seen) < _MOST_LINKED:
            yield words, votes
            seen.add(key_of(words))
            votes = 1
    for name in ("headline", *_LESSER):
        for value in signs.metas.get(name, [])[:1]:
            yield plain(value), 2 if name == "headline" else 1
    if signs.page_title:
        yield signs.page_title, 1


def _supports(other: str, one: str) -> bool:
    """Whether another wording is the same, the same with something around it, or the same cut short."""
    a, b = key_of(other), key_of(one)
    if not a or not b:
        return False
    if a == b:
        return True
    if not _is_cut(one) and (b in a if len(b) >= _LONG else len(b) >= _SHORT and (a.startswith(b) or a.endswith(b))):
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
