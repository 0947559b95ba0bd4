"""Sightings of posts in a parsed page: every attribute, text and script that names one, and what kind of naming it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape

from monitor.articles.attributes import CONTAINERS, PROVIDED_IDS, PROVIDERS, SILENT
from monitor.articles.find import Find
from monitor.articles.looking import Worth, worth_a_look
from monitor.articles.page import Spot, Text, page_of
from monitor.articles.regions import words_of
from monitor.articles.written import addresses_in, short_links_in
from monitor.model.article import CitationKind
from monitor.platforms import PLATFORMS, SIGNS, Address, might_name_a_post, short_link_of, unwrapped
from monitor.platforms.location import location_of
from monitor.platforms.markup import BareId

_DEEPEST = 3
_SHORTEST = 8
_SILENT_TAGS = frozenset(["link", "form", "input", "textarea", "option", "select", "base", "button"])
_SILENT_ATTRS = SILENT | {"title", "style", "value"}
_SPEAKING = {("param", "value"), ("a", "title")}
_LINK_TAGS = frozenset({"a", "area"})
_RAW_TEXT = frozenset({"iframe", "noembed", "noframes", "xmp"})
_MARKS = {p.name: dict(p.markup.marks) for p in PLATFORMS.values() if p.markup.marks}
_BARE: dict[str, list[tuple[str, BareId]]] = {}
for _platform in PLATFORMS.values():
    for _bare in _platform.markup.bare_ids:
        _BARE.setdefault(_bare.attribute, []).append((_platform.name, _bare))
_NAMES = {name: p.name for p in PLATFORMS.values() for name in p.markup.names}
_THUMBNAILS = [(p, pattern) for p in PLATFORMS.values() for pattern in p.markup.thumbnails]
_BOX_HEIGHT = 5
_NO_BOXES = frozenset({"li", "article", "section", "main", "body"})
_CREDIT = re.compile(r"[—–-]\s*[^()]{1,80}\(@\w{1,20}\)")


def finds_in(worth: Worth, depth: int = 0) -> list[Find]:
    """All sightings in document order, the doubtful ones marked as such; scripts excepted (see `states`)."""
    found = [find for spot in worth.spots for find in _at_spot(spot, worth, depth)]
    if not worth.texts:
        return settled(found)
    found += (find for text in worth.texts for find in _in_text(text, depth))
    return sorted(settled(found), key=lambda find: find.spot.order)


def _at_spot(spot: Spot, worth: Worth, depth: int) -> Iterator[Find]:
    for name, value in spot.attrs.items():
        if value:
            if name in _BARE:
                yield from _bare_ids(spot, value, _BARE[name])
            if len(value) >= _SHORTEST and (worth.names is None or name in worth.names):
                yield from _in_attribute(spot, name, value, depth)
    yield from _provided(spot)
    if spot.tag == "template" and depth < _DEEPEST:
        yield from nested(_inert(spot), spot, depth + 1)


def _inert(spot: Spot) -> str:
    # A template's content is no part of the tree; its own tag must go, or the parser would set it aside again.
    return (spot.node.html or "").partition(">")[2]


def nested(markup: str, spot: Spot, depth: int) -> Iterator[Find]:
    """Sightings in markup that stands escaped or inert at a spot; they count as standing there."""
    if depth > _DEEPEST or not SIGNS.any_in(markup):
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
            yield from _thumbnails(spot, value)
    elif "<" in value or "&lt;" in value or value.lstrip()[:1] in ("{", "["):
        if SIGNS.any_in(value):
            yield from _in_value(spot, name, value, depth)
    elif might_name_a_post(value):
        yield from _in_value(spot, name, value, depth)


def _in_value(spot: Spot, name: str, value: str, depth: int) -> Iterator[Find]:
    if spot.tag in _SILENT_TAGS:
        return
    start = value.lstrip()[:1]
    if start in "{[" and start:
        from monitor.articles.states import finds_in_attribute

        yield from finds_in_attribute(value, spot, depth)
        return
    if "<" in value or "&lt;" in value:
        yield from nested(value if "<" in value else unescape(value), spot, depth + 1)
        return
    whole = unwrapped(value)
    if whole is not None:
        yield _at(spot, name, whole.address, whole.wrapped)
        return
    short = short_link_of(value) if spot.tag in _LINK_TAGS else None
    if short:
        yield Find(short, spot, "link", "short_link")
        return
    thumbnails = list(_thumbnails(spot, value))
    if thumbnails:
        yield from thumbnails
        return
    several = list(addresses_in(value))
    for _, found in several:
        find = _at(spot, name, found.address, found.wrapped)
        yield (
            find
            if len({f.address.post_id for _, f in several}) == 1
            else find.weaker(0.4, "one of several in an attribute")
        )


def _at(spot: Spot, name: str, address: Address, wrapped: bool) -> Find:
    container = container_of(spot, address.platform)
    if spot.tag == "meta":
        return Find(address, spot, "embed", "meta", 0.4, "only named in the page's head")
    kind: CitationKind = "embed"
    if container is not None:
        form = _container_form(container)
    elif spot.tag in _LINK_TAGS:
        boxed = _boxed(spot, address.platform)
        plain = "attribute" if name not in ("href", "title") else "wrapped_link" if wrapped else "plain_link"
        kind, form = ("embed", boxed) if boxed else ("link", plain)
    elif spot.tag in ("iframe", "amp-iframe", "object", "embed", "param"):
        form = "frame"
    elif spot.tag.startswith("amp-"):
        form = "amp"
    else:
        form = "attribute"
    return Find(address, spot, kind, form, container=container)


def _container_form(container: Spot) -> str:
    return "blockquote" if container.tag == "blockquote" else "container"


def container_of(spot: Spot, platform: str) -> Spot | None:
    """The official embed of the platform that holds a spot, or is it."""
    for around in spot.above():
        if _is_embed(around, platform):
            return around
        if around.tag in ("article", "main", "body"):
            return None
    return None


def _is_embed(spot: Spot, platform: str) -> bool:
    classes = spot.attrs.get("class")
    if classes and platform in _embeds_of(classes):
        return True
    marks = _MARKS.get(platform)
    return marks is not None and any((spot.attrs.get(name) or "").lower() == value for name, value in marks.items())


@lru_cache(maxsize=4096)
def _embeds_of(classes: str) -> frozenset[str]:
    """The platforms whose official embeds have one of these classes."""
    return frozenset(CONTAINERS[name] for name in classes.lower().split() if name in CONTAINERS)


def _boxed(spot: Spot, platform: str) -> str:
    """The form, when a link stands for an embed without the official class: a box named for it, or a blockquote with its credit."""
    for height, around in enumerate(spot.above()):
        if height > _BOX_HEIGHT or (around.tag in _NO_BOXES and height > 1):
            return ""
        if around.tag == "blockquote":
            quoted = _CREDIT.search(around.node.text() or "")
            return "blockquote" if quoted and not around.holds_main else ""
        if around.tag not in ("a", "p", "span") and around.classes and _named_embed(around, platform):
            return "" if around.holds_main else "box"
    return ""


def _named_embed(spot: Spot, platform: str) -> bool:
    words = set(words_of(spot.classes))
    named = any(_NAMES.get(word) == platform for word in words) or any(
        _NAMES.get((spot.attrs.get(name) or "").lower()) == platform for name in PROVIDERS
    )
    return (
        named
        and (bool(words & {"embed", "embedded", "oembed", "embeds"}) or "tweet" in words)
        and not words & {"share", "follow"}
    )


def _bare_ids(spot: Spot, value: str, candidates: list[tuple[str, BareId]]) -> Iterator[Find]:
    for name, bare in candidates:
        if bare.tags and spot.tag not in bare.tags:
            continue
        of_id = PLATFORMS[name].of_id
        if of_id is None or (bare.needs_name and not _names(spot, name)):
            continue
        if bare.after:
            value = f"{(spot.attrs.get(bare.after) or '').strip()}_{value.strip()}"
        address = of_id(value)
        if (
            address is not None
            and (bare.after or address.post_id.lower() == value.strip().lower())
            and (name != "x" or len(value.strip()) > 7)
        ):
            yield _by_id(address, spot, "amp" if spot.tag.startswith("amp-") else "bare_id")


def _names(spot: Spot, platform: str) -> bool:
    if any(
        _NAMES.get(word) == platform for word in words_of(f"{spot.tag} {spot.classes} {spot.attrs.get('id') or ''}")
    ):
        return True
    if any(_NAMES.get((spot.attrs.get(name) or "").lower()) == platform for name in PROVIDERS):
        return True
    served_from = location_of(spot.attrs.get("src") or "") if spot.tag == "script" else None
    return served_from is not None and served_from.on(*PLATFORMS[platform].hosts)


def _provided(spot: Spot) -> Iterator[Find]:
    """An element that names the provider in one attribute and the bare id in another."""
    if len(spot.attrs) < 2 or spot.tag in _SILENT_TAGS:
        return
    for provider in PROVIDERS:
        platform = PLATFORMS.get(_NAMES.get((spot.attrs.get(provider) or "").lower(), ""))
        if platform is None or platform.of_id is None:
            continue
        for name in PROVIDED_IDS:
            value = (spot.attrs.get(name) or "").strip()
            address = platform.of_id(value) if value else None
            if (
                address is not None
                and address.post_id.lower() == value.lower()
                and (platform.name != "x" or len(value) > 7)
            ):
                yield _by_id(address, spot, "provided_id")


def _by_id(address: Address, spot: Spot, form: str) -> Find:
    container = container_of(spot, address.platform)
    return Find(address, spot, "embed", _container_form(container) if container else form, container=container)


def _thumbnails(spot: Spot, value: str) -> Iterator[Find]:
    for platform, pattern in _THUMBNAILS:
        for found in pattern.finditer(value):
            address = platform.of_id(found.group(1)) if platform.of_id else None
            if address is not None:
                yield Find(address, spot, "embed", "thumbnail", 0.4, "only a preview picture")


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
    for _, found in addresses_in(text.words):
        if linked is None or unwrapped(linked.attrs.get("href") or "") is None:
            container = container_of(text.spot, found.address.platform)
            if container is None:
                yield Find(found.address, text.spot, "link", "text", 0.9, "an address written as text")
