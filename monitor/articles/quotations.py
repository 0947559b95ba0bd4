"""Quotations credited to an account on a platform, without the post's address: `quotations_in(page, numbers)`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from monitor.articles.boxes import container_of
from monitor.articles.citations import Numbers
from monitor.articles.credits import Credit, credit_of, quoted_words
from monitor.articles.mentions_tables import platforms
from monitor.articles.page import Page, Spot
from monitor.model.article import Citation, Place
from monitor.model.mention import Mention
from monitor.platforms import short_link_of, unwrapped

_LONGEST = 3_000
_MOST = 200
_SURE, _DOUBTFUL = 0.8, 0.3
_HANDLE = re.compile(r"(?<![\w.@])@([\w.]{2,30})(?:@[\w.-]+)?")
_NAME = r"[^\W\d_a-zß-ÿ][^,@()|/:•·\d]{2,60}?"
_BEFORE = r"(?:,?\s+(?:on|via|auf|bei|über|sur|en|su|no|na|op|på|в|у|на)\s+|\s*[,|/(:•·–—-]\s*)"
_AFTER = r"\W*$|\s*[,.;|/·•–—)-]|\s*\d|\s+(?:user|account|post|video)\b"
"""What may follow then: of "Instagram's head" or an "Instagram CEO" it is no post."""
_HEADS = re.compile(r"(?:photo|foto|image|picture|video|screenshot|still|fot\.|quelle|source|credit)", re.IGNORECASE)
_MORE = {
    "mastodon": "Mastodon",
    "reddit": "Reddit",
    "linkedin": "LinkedIn",
    "vk": "VK|VKontakte|ВКонтакте",
    "weibo": "Weibo",
    "truthsocial": "Truth Social",
}


def quotations_in(page: Page, numbers: Numbers) -> tuple[Citation, ...]:
    """One citation of kind "quote" for each, in order; doubtful where the quotation stands beside the article."""
    found: dict[str, Citation] = {}
    for quotation in page.select("blockquote")[:_MOST]:
        for citation in _citations(page, quotation, numbers):
            found.setdefault(citation.key, citation)
    return tuple(found.values())


def _citations(page: Page, quotation: Spot, numbers: Numbers) -> Iterator[Citation]:
    if len(quotation.words) > _LONGEST or quotation.node.css_first("blockquote blockquote") is not None:
        return
    credit = credit_of(quotation)
    words = quoted_words(quotation, credit) if credit else ""
    told = _told(credit.words) if credit and words else None
    if credit is None or told is None or container_of(quotation, told[0]) or _has_address(quotation, credit):
        return
    platform, author, handle = told
    number, inside = numbers.of(quotation)
    where = f"paragraph {number}" if inside else f"after paragraph {number}" if number else "before the text"
    place = Place(number, where, "quote", f"{platform}.quotation", f"{words} — {credit.words}")
    apart = next((f"in {spot.beside}" for spot in quotation.above() if spot.beside), "")
    apart = apart or ("" if quotation.in_main else "outside the article's text")
    sure, reason = (_DOUBTFUL, apart) if apart else (_SURE, "credited to an account, without an address")
    mention = Mention(platform, number or 0, credit.words, "words", author, handle, (words,))
    yield Citation(platform, None, None, "quote", handle, (place,), sure, reason, mention)


def _told(credit: str) -> tuple[str, str | None, str | None] | None:
    """Platform, name and handle that a credit tells; None unless it tells of a platform and an account on it."""
    handle = _HANDLE.search(credit)
    if _HEADS.match(credit):
        return None
    for platform, names in _platforms().items():
        if handle and names.anywhere.search(credit[: handle.start()] + " " + credit[handle.end() :]):
            name = names.anywhere.sub("", credit[: handle.start()]).strip(" (,–—-|•·:/")
            return platform, name or None, handle.group(1).rstrip(".")
        by_name = None if handle else names.behind.match(credit)
        if by_name:
            return platform, by_name.group(1).strip(), None
    return None


def _has_address(quotation: Spot, credit: Credit) -> bool:
    """Whether a link in the quotation or in its credit leads to a post."""
    links = [*quotation.node.css("a[href]"), *credit.spot.node.css("a[href]")]
    addresses = (link.attributes.get("href") or "" for link in links)
    return any(unwrapped(address) or short_link_of(address) for address in addresses)


class _Names(NamedTuple):
    """Patterns for a platform's name: anywhere in a credit with a handle, and behind the name of a person."""

    anywhere: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _platforms() -> dict[str, _Names]:
    told = {**{name: words for name, words in platforms()["credit"].items() if name != "heads"}, **_MORE}
    return {
        platform: _Names(
            re.compile(rf"(?<![\w@.-])(?:{words})(?![\w-])"),
            re.compile(rf"({_NAME}){_BEFORE}(?:{words})(?![\w-])(?={_AFTER})"),
        )
        for platform, words in told.items()
    }
