"""Which parts of a page are beside the article: told by element names and by the words of class names and ids."""

import re
from collections.abc import Mapping
from functools import lru_cache

THE_FOOTER = "the footer"
_BESIDE_TAGS = {"nav": "navigation", "footer": THE_FOOTER, "dialog": "a dialog"}
A_BUTTON = "share or follow buttons"
AN_ASIDE = "an aside"
A_COOKIE_BANNER = "a cookie banner"
A_DIALOG = "a dialog"
COMMENTS = "comments"
A_LIST = "a list of posts"
_LOOSE_TAGS = {"aside": AN_ASIDE}
_LONGEST = 2_000
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])")

_BESIDE = {
    word: reason
    for reason, words in {
        "related articles": "related recommendation recommendations recommended recommend morestories readmore outbrain taboola "
        "mostread popular trending latest similar relatedarticles relatedposts",
        "comments": "comments comment commentlist disqus respond replies",
        "the sidebar": "sidebar sidebars rail rightrail",
        "navigation": "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs masthead offcanvas",
        THE_FOOTER: "footer colophon siteinfo contentinfo",
        "a newsletter box": "newsletter subscribe subscription signup",
        "a dialog": "modal popup popmake overlay lightbox alertdialog",
    }.items()
    for word in words.split()
}
_LOOSE = {
    word: reason
    for reason, words in {
        A_BUTTON: "share sharing sharebar follow social socials sns sharedaddy addtoany addthis icons",
        "a widget": "widget widgets promo promos promoted promotion sponsored advert advertisement teaser teasers",
        A_LIST: "feed timeline livefeed instafeed sbi",
        "the header": "header topbar banner",
        "a cookie banner": "consent gdpr cmplz didomi onetrust usercentrics",
        "an aside": "complementary aside",
        "the author's box": "bio authorbox authorinfo",
    }.items()
    for word in words.split()
}
_NEVER_BESIDE = frozenset({"html", "body", "main", "article"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
_DENIALS = frozenset({"has", "no", "with", "without", "hide", "is", "not", "above", "below", "before", "after"})
_GRIDS = frozenset({"instagram", "insta", "twitter"})
"""Platforms whose newest posts stand in boxes on many sites."""
_IS_EMBED = frozenset(
    {
        "embed",
        "embeds",
        "embedded",
        "tweet",
        "twitter",
        "youtube",
        "instagram",
        "video",
        "oembed",
        "player",
        "media",
        "iframe",
    }
)


def words_of(names: str) -> list[str]:
    """The words in class names and ids: apart at -, _ and capitals, lower-case."""
    return [word.lower() for word in _SPLIT.split(names) if word]


def names_of(attrs: Mapping[str, str | None]) -> str:
    """Class, id and role of an element as written."""
    if not attrs:
        return ""
    return f"{attrs.get('class') or ''} {attrs.get('id') or ''} {attrs.get('role') or ''}".strip()[:_LONGEST]


@lru_cache(maxsize=8192)
def beside(tag: str, names: str) -> tuple[str, bool]:
    """Why an element looks as if it stood beside the article ("" if it does not), and whether that holds for embeds too."""
    if tag in _NEVER_BESIDE:
        return "", False
    if tag in _BESIDE_TAGS:
        return _BESIDE_TAGS[tag], True
    if not names:
        return _LOOSE_TAGS.get(tag, ""), False
    words = words_of(names)
    if any(word.startswith("comment") and word not in ("commentary", "commented") for word in words):
        return COMMENTS, True
    if any(word.startswith("cookie") for word in words):
        return A_COOKIE_BANNER, False
    for before, word in zip(["", *words], words, strict=False):
        if word in _BESIDE and before not in _DENIALS and not (tag == "a" and _BESIDE[word] == A_DIALOG):
            return _BESIDE[word], not _IS_EMBED.intersection(words)
    for word in words if tag not in _HEADINGS else ():
        grid = _LOOSE.get(word) == A_LIST and not _GRIDS.isdisjoint(words)
        if word in _LOOSE and (grid or not _IS_EMBED.intersection(words)):
            return _LOOSE[word], False
    return _LOOSE_TAGS.get(tag, ""), False
