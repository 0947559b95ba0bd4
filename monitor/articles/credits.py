"""The credit of a quotation: who is quoted, and from where. Found by structure, whatever language it is in."""

import re
from dataclasses import dataclass

from monitor.articles.attributes import CONTAINERS
from monitor.articles.page import Spot

_LONGEST = 160
_SHORTEST_QUOTE = 20
_DASHED = re.compile(r"(?:\s|(?<=[.!?…”\"»]))(?:[—–―]|--?(?=\s))\s*([^—–―]{3,160})$")
_STARTS_DASHED = re.compile(r"(?:[—–―]|--?\s|~)\s*\S")
_MADE_FOR_IT = "cite, footer, figcaption"
_BEHIND = frozenset({"p", "div", "cite", "figcaption", "footer", "small", "span"})
_DASHES = " —–―-~"


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit's words, without the dash before them, and the element that holds them and perhaps more."""

    words: str
    spot: Spot


def credit_of(quotation: Spot) -> Credit | None:
    """What an element made for it says, else what follows a dash at the quotation's end, else a caption or dashed line behind it.

    None for a platform's official embed: it is no quotation.
    """
    if not CONTAINERS.keys().isdisjoint(quotation.classes.lower().split()):
        return None
    told = quotation.node.css(_MADE_FOR_IT)
    if told:
        return _short(quotation.of(told[-1]))
    dashed = _DASHED.search(quotation.words)
    if dashed and dashed.start() >= _SHORTEST_QUOTE:
        return Credit(dashed.group(1).strip(), quotation)
    around = quotation.parent
    caption = around.node.css_first("figcaption") if around is not None and around.tag == "figure" else None
    if caption is not None:
        return _short(quotation.of(caption))
    after = quotation.node.next
    while after is not None and not after.is_element_node:
        after = after.next
    behind = quotation.of(after) if after is not None and after.tag in _BEHIND else None
    return _short(behind) if behind is not None and _STARTS_DASHED.match(behind.words) else None


def quoted_words(quotation: Spot, credit: Credit) -> str:
    """What is quoted, without the credit; "" where that is hardly anything."""
    words = quotation.words
    at = words.rfind(credit.words)
    words = (words[:at] if at >= 0 else words).rstrip(_DASHES)
    return words if len(words) >= _SHORTEST_QUOTE else ""


def credited_by(spot: Spot) -> Spot | None:
    """The quotation in whose credit a link stands; None where it stands in none, or among what is quoted."""
    for around in spot.above():
        if around.tag in ("blockquote", "figure"):
            inner = around.node if around.tag == "blockquote" else around.node.css_first("blockquote")
            quotation = spot.of(inner) if inner is not None else None
            credit = credit_of(quotation) if quotation is not None else None
            if quotation is None or credit is None:
                return None
            quoted = quoted_words(quotation, credit)
            told = spot.words
            return quotation if told and told in credit.words and quoted and told not in quoted else None
        if around.tag in ("article", "main", "body", "section"):
            break
    return None


def _short(spot: Spot) -> Credit | None:
    words = spot.words.lstrip(_DASHES)
    return Credit(words, spot) if 0 < len(words) <= _LONGEST else None
