"""Sightings of posts in a parsed page: every attribute, text and script that names one, and what kind of naming it is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from monitor.articles.attributes import BUTTONS, SILENT
from monitor.articles.bare_ids import BARE, bare_ids, provided, thumbnails
from monitor.articles.boxes import boxed, container_of, is_alone
from monitor.articles.credits import credited_by
from monitor.articles.find import Find
from monitor.articles.looking import Worth, worth_a_look
from monitor.articles.packed import unpacked
from monitor.articles.page import Spot, Text, page_of
from monitor.articles.written import addresses_in, short_links_in
from monitor.platforms import SIGNS, Address, is_sharing, might_name_a_post, short_link_of, unwrapped

_DEEPEST = 3
_SHORTEST = 8
_LONGEST_QUOTATION = 2_000
_SILENT_TAGS = frozenset(
    ["link", "form", "input", "textarea", "option", "select", "base", "button", "amp-social-share", "amp-addthis", "amp-facebook-comments", "amp-facebook-like",
     "amp-facebook-page", "fb:like", "fb:comments", "fb:share-button"]
)  # fmt: skip
_SILENT_ATTRS = SILENT | {"title", "style", "value"}
_SPEAKING = {("param", "value"), ("a", "title")}
_ITEM_ADDRESSES = frozenset({"embedurl", "contenturl", "sharedcontent", "citation"})
_LINK_TAGS = frozenset({"a", "area"})
_RAW_TEXT = frozenset({"iframe", "noembed", "noframes", "xmp"})


def finds_in(worth: Worth, depth: int = 0) -> list[Find]:
    """All sightings in document order, the doubtful ones marked as such; scripts excepted (see `states`)."""
    found = [find for spot in worth.spots for find in _at_spot(spot, worth, depth)]
    if not worth.texts:
        return settled(found)
    found += (find for text in worth.texts for find in _in_text(text, depth))
    return sorted(settled(found), key=lambda find: find.spot.order)


def _at_spot(spot: Spot, worth: Worth, depth: int) -> Iterator[Find]:
    if spot.classes and not BUTTONS.isdisjoint(spot.classes.split()):
        return
    for name, value in spot.attrs.items():
        if value:
            if name in BARE:
                yield from bare_ids(spot, name, value)
            if len(value) >= _SHORTEST and (worth.names is None or name in worth.names):
                yield from _in_attribute(spot, name, value, depth)
    if spot.tag not in _SILENT_TAGS:
        yield from provided(spot)
    if spot.tag == "template":
        yield from nested(_inert(spot), spot, depth + 1)


def _inert(spot: Spot) -> str:
    # A template's content is no part of the tree; its own tag must go, or the parser would set it aside again.
    return (spot.node.html or "").partition(">")[2]


def nested(markup: str, spot: Spot, depth: int) -> Iterator[Find]:
    """Sightings in markup that stands escaped or inert at a spot; they count as standing there."""
    if depth > _DEEPEST:
        for _, found in addresses_in(markup):
            yield Find(found.address, spot, "embed", "inert", 0.6, "in markup within markup within markup")
        return
    for find in finds_in(worth_a_look(page_of(markup)), depth):
        form = find.form if find.form.startswith("inert ") else f"inert {find.form}"
        yield replace(find, spot=spot, container=None, form=form, text=find.words())


def settled(finds: Iterable[Find]) -> list[Find]:
    """Of the addresses in one official embed only the post's own: the embed's attribute, else the last link."""
    kept: list[Find] = []
    chosen: dict[int, int] = {}
    for find in finds:
        at = chosen.setdefault(id(find.container), len(kept)) if find.container is not None else len(kept)
        if at == len(kept):
            kept.append(find)
        elif _rank(find) >= _rank(kept[at]):
            kept[at] = find
    return kept


def _rank(find: Find) -> int:
    if find.spot is find.container:
        return 2
    return 1 if find.spot.parent is find.container else 0


def _in_attribute(spot: Spot, name: str, value: str, depth: int) -> Iterator[Find]:
    if name in _SILENT_ATTRS and (spot.tag, name) not in _SPEAKING:
        if name == "style":
            yield from thumbnails(spot, value)
    elif SIGNS.any_in(value):
        yield from _in_value(spot, name, value, depth)


def _in_value(spot: Spot, name: str, value: str, depth: int) -> Iterator[Find]:
    if spot.tag in _SILENT_TAGS:
        return
    start = value.lstrip()[:1]
    if start in "{[" and start:
        from monitor.articles.embed_data import finds_in_attribute

        yield from finds_in_attribute(value, spot, depth)
        return
    if "<" in value or "&lt;" in value:
        yield from nested(value if "<" in value else unescape(value), spot, depth + 1)
        return
    plain = unpacked(value)
    if plain is not None:
        yield from _in_value(spot, name, plain, depth) if "<" not in plain else nested(plain, spot, depth + 1)
        return
    whole = unwrapped(value)
    if whole is not None:
        yield _at(spot, name, whole.address, whole.wrapped)
        return
    short = short_link_of(value) if spot.tag in _LINK_TAGS else None
    if short:
        yield Find(short, spot, "link", "short_link")
        return
    shown = list(thumbnails(spot, value))
    if shown or is_sharing(value):
        yield from shown
        return
    several = list(addresses_in(value))
    alone = len({found.address.post_id for _, found in several}) == 1
    for _, found in several:
        find = _at(spot, name, found.address, found.wrapped)
        yield find if alone else find.weaker(0.4, "one of several in an attribute")


def _at(spot: Spot, name: str, address: Address, wrapped: bool) -> Find:
    container = container_of(spot, address.platform)
    if spot.tag == "meta":
        if (spot.attrs.get("itemprop") or "").lower() in _ITEM_ADDRESSES:
            return Find(address, spot, "embed", "microdata", 0.8, "named by the data of an element")
        return Find(address, spot, "embed", "meta", 0.4, "only named in the page's head")
    if container is not None:
        form = "blockquote" if container.tag == "blockquote" else "container"
    elif spot.tag in _LINK_TAGS:
        return _linked(spot, name, address, wrapped)
    elif spot.tag in ("iframe", "amp-iframe", "object", "embed", "param"):
        form = "frame"
    elif spot.tag.startswith("amp-"):
        form = "amp"
    else:
        form = "attribute"
    return Find(address, spot, "embed", form, container=container)


def _linked(spot: Spot, name: str, address: Address, wrapped: bool) -> Find:
    box = boxed(spot, address.platform)
    if box:
        return Find(address, spot, "embed", box)
    quotation = credited_by(spot)
    if quotation is not None:
        return Find(address, spot, "quote", "quotation", text=quotation.words[:_LONGEST_QUOTATION])
    plain = "attribute" if name not in ("href", "title") else "wrapped_link" if wrapped else "plain_link"
    return Find(address, spot, "link", plain)


def _in_text(text: Text, depth: int) -> Iterator[Find]:
    tag = text.spot.tag
    if tag in ("script", "style", "textarea", "title", "option") or not might_name_a_post(text.words):
        return
    if tag in _RAW_TEXT and "<" in text.words:
        yield from nested(text.words, text.spot, depth + 1)
        return
    linked = next((s for s in text.spot.above() if s.tag == "a"), None)
    for short in short_links_in(text.words) if linked is None else ():
        yield Find(short, text.spot, "link", "short_link")
    for written, found in addresses_in(text.words):
        platform = found.address.platform
        if linked is None or unwrapped(linked.attrs.get("href") or "") is None:
            if boxed(text.spot, platform) or is_alone(text.spot, written):
                yield Find(found.address, text.spot, "embed", "box")
            elif container_of(text.spot, platform) is None:
                yield Find(found.address, text.spot, "link", "text", 0.9, "an address written as text")
