"""The pictures of an article: address, alternative text, caption, credit. Nothing is fetched."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from monitor.articles.about.linked_data import Linked, key_of, named, plain
from monitor.articles.about.signs import Signs
from monitor.articles.page import Page, Spot
from monitor.model.article import Picture

_MOST = 40
_MOST_TRIED = 400
_LONGEST_ADDRESS = 2_000
_LONGEST = 1_000
_SMALL = 90
"""Pixels: what is not wider or higher is an icon."""
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-full-src", "data-large-file", "data-img-url")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_PICTURE = re.compile(
    r"avatar|author|logo|icon|emoji|pixel|tracking|gravatar|badge|button|sprite|placeholder|spacer|blank|adserver|doubleclick|share|btn|arrow|profile-image|/imp\?|\.svg$",
    re.IGNORECASE,
)
_PICTURE_FILE = re.compile(
    r"^(?:#.*)?$|\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])|attachment|/(?:image|photo|picture|media)s?/", re.IGNORECASE
)
_EMBED = re.compile(r"twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:^|[\s.(\[|–—-])(?P<all>(?:photo(?:graph)?s?|images?|pictures?|illustration|foto(?:s|graf[íi]a)?|bild(?:er|quelle|nachweis)?|grafik|quelle|credits?|source|crédits?|copyright|fot|zdjęcie|фото|φωτ(?:ογραφία|ό)?)"
    r"(?:\s+(?:credit|source|by|von|di|de))?\s*[:/]\s*(?P<who>[^()\[\]]{2,120})|©\s*(?P<mark>[^()\[\]]{2,120}))[)\]]?\s*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\((?P<who>[^()]*(?:AP|AFP|Reuters|dpa|epa|Getty|EPA-EFE|imago|APA|PAP|ANSA|Keystone)[^()]*)\)\s*$"
)


def pictures_in(page: Page, signs: Signs, url: str | None) -> tuple[Picture, ...]:
    """Those in the text in its order, each once; before them the one that the page shows when it is shared, if it is another."""
    base = url or ""
    found: dict[str, Picture] = {}
    for spot in page.select("img, amp-img")[:_MOST_TRIED]:
        picture = _picture(spot, base) if _is_articles(spot) else None
        if picture and len(found) < _MOST:
            found.setdefault(_name(picture.url), picture)
    lead = _lead(signs, base)
    if lead and _name(lead.url) not in found:
        return (lead, *found.values())
    return tuple(found.values())


def _is_articles(spot: Spot) -> bool:
    """Whether it stands in the text, and does not lead to another page, as teasers do."""
    sizes = [spot.attrs.get(name) or "" for name in ("width", "height")]
    if any(size.isdecimal() and int(size[:6]) < _SMALL for size in sizes):
        return False
    linked = False
    figure = any(around.tag == "figure" for around in spot.above())
    for around in spot.above():
        linked = linked or (
            not figure and around.tag == "a" and not _PICTURE_FILE.search(around.attrs.get("href") or "")
        )
        if around.holds_main:
            return not linked and (around.in_main or around.tag in ("article", "main"))
        if (
            around.tag == "blockquote"
            or around.beside
            or _EMBED.search(around.classes)
            or _NO_PICTURE.search(around.classes)
        ):
            return False
    return False


def _picture(spot: Spot, base: str) -> Picture | None:
    address = next((a for written in _addresses(spot) if (a := _whole(written, base))), None)
    if address is None or _NO_PICTURE.search(urlsplit(address).path):
        return None
    caption, credit = _caption(spot)
    return Picture(address, plain(spot.attrs.get("alt") or "")[:_LONGEST], caption[:_LONGEST], credit[:200])


def _addresses(spot: Spot) -> Iterator[str]:
    """What is shown first; of a set the widest."""
    for name in _SOURCES:
        if spot.attrs.get(name):
            yield spot.attrs[name] or ""
    for name in _SETS:
        entries = [entry.split() for entry in re.split(r",\s+", (spot.attrs.get(name) or "")[:20_000]) if entry.strip()]
        yield from (entry[0] for entry in sorted(entries, key=_width, reverse=True)[:1])


def _width(entry: list[str]) -> float:
    size = entry[1][:-1] if len(entry) > 1 else ""
    return float(size) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", size) else 0


def _whole(written: str, base: str) -> str | None:
    written = written.strip()
    if not written or len(written) > _LONGEST_ADDRESS or written.startswith("data:"):
        return None
    try:
        whole = urljoin(base, written)
        parts = urlsplit(whole)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    if not base and whole.startswith("//"):
        whole, known = f"https:{whole}", bool(parts.hostname)
    elif not base and not parts.scheme:
        # A file without an address: the picture is told as the page tells it.
        return whole if not re.search(r"[\s<>\"]", whole) else None
    return whole if known and not re.search(r"[\s<>\"]", whole) else None


def _caption(spot: Spot) -> tuple[str, str]:
    """The words below a picture, and whose it is."""
    figure = next((around for around in spot.above() if around.tag == "figure"), None)
    if figure is None:
        return "", ""
    words = credit = ""
    for node in figure.node.css("figcaption, [class*=caption i]")[:1]:
        words = plain(node.text(separator=" ") or "")
    for node in figure.node.css(
        "[class*=credit i], [class*=copyright i], [itemprop=copyrightHolder], [class*=source i], cite"
    )[:1]:
        credit = plain(node.text(separator=" ") or "") if node.tag not in ("source", "img") else ""
    return _apart(words, credit)


def _apart(words: str, credit: str) -> tuple[str, str]:
    if credit:
        if words.endswith(credit):
            words = words[: -len(credit)]
        label = _CREDIT.match(credit)
        return words.strip(" |–—-("), ((label.group("who") or label.group("mark")) if label else credit).strip()
    match = _CREDIT.search(words)
    if match:
        return words[: match.start("all")].strip(" |–—-(["), (match.group("who") or match.group("mark") or "").strip(
            " ."
        )
    agency = _AGENCY.search(words)
    return (words[: agency.start()].strip(), agency.group("who").strip()) if agency else (words, "")


def _lead(signs: Signs, base: str) -> Picture | None:
    address = next((a for written in _shared(signs) if (a := _whole(written, base)) and a.startswith("http")), None)
    if address is None:
        return None
    alt = plain(signs.first("og:image:alt", "twitter:image:alt") or "")[:_LONGEST]
    caption, credit = _told(signs.linked, address)
    return Picture(address, alt, caption, credit)


def _shared(signs: Signs) -> Iterator[str]:
    yield from signs.metas.get("og:image", [])[:1]
    yield from signs.metas.get("og:image:secure_url", [])[:1]
    yield from signs.metas.get("twitter:image", [])[:1]


def _told(linked: Linked, address: str) -> tuple[str, str]:
    """Caption and credit that linked data gives of a picture."""
    for thing in linked.things[:3]:
        for one in named(thing.get("image")):
            if isinstance(one, Mapping) and _name(str(one.get("url") or one.get("contentUrl") or "")) == _name(address):
                who = one.get("creditText") or one.get("copyrightNotice") or ""
                caption = one.get("caption") or one.get("description") or ""
                return plain(str(caption))[:_LONGEST] if isinstance(caption, str) else "", plain(str(who))[:200]
    return "", ""


def _name(address: str) -> str:
    """What two sizes of one picture share: its file's name, without what tells a size."""
    path = urlsplit(address).path.rstrip("/")
    name = re.sub(
        r"[-_]\d{2,4}x\d{2,4}(?=\.|$)|[-_@](?:scaled|large|small|thumb|\d+w|\dx)(?=\.|$)", "", path.rpartition("/")[2]
    )
    return key_of(name) if len(key_of(name)) > 8 else key_of(address)
