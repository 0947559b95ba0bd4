"""Attributes that hold the bare id of a post, on elements that tell of which platform; and preview pictures, which hold it too."""

from collections.abc import Iterator

from monitor.articles.attributes import NAMES, PROVIDED_IDS, PROVIDERS
from monitor.articles.boxes import container_of
from monitor.articles.find import Find
from monitor.articles.page import Spot
from monitor.articles.regions import words_of
from monitor.platforms import PLATFORMS, Address
from monitor.platforms.location import location_of
from monitor.platforms.markup import BareId

BARE: dict[str, list[tuple[str, BareId]]] = {}
"""Attribute -> the platforms that may have an id in it."""
for _platform in PLATFORMS.values():
    for _bare in _platform.markup.bare_ids:
        BARE.setdefault(_bare.attribute, []).append((_platform.name, _bare))
_THUMBNAILS = [(p, pattern) for p in PLATFORMS.values() for pattern in p.markup.thumbnails]
_SHORTEST_X = 8
"""Digits of an id of X; a shorter number in an attribute counts something else."""


def bare_ids(spot: Spot, name: str, value: str) -> Iterator[Find]:
    """The posts whose id the attribute of this name holds, by its name or the element's."""
    for platform, bare in BARE[name]:
        if bare.tags and spot.tag not in bare.tags:
            continue
        if bare.needs_name and not is_named(spot, platform):
            continue
        if bare.classes and bare.classes.isdisjoint(spot.classes.lower().split()):
            continue
        before = (spot.attrs.get(bare.after) or "").strip() + "_" if bare.after else ""
        address = _of_id(platform, before + value.strip(), whole=not bare.after)
        if address is not None and not (name == "id" and value.strip().islower()):
            yield _by_id(address, spot, "amp" if spot.tag.startswith("amp-") else "bare_id")


def provided(spot: Spot) -> Iterator[Find]:
    """The posts of an element that names the provider in one attribute and the bare id in another."""
    if len(spot.attrs) < 2:
        return
    for provider in PROVIDERS:
        platform = NAMES.get((spot.attrs.get(provider) or "").lower())
        for name in PROVIDED_IDS if platform else ():
            value = (spot.attrs.get(name) or "").strip()
            address = _of_id(platform or "", value) if value else None
            if address is not None:
                yield _by_id(address, spot, "provided_id")


def is_named(spot: Spot, platform: str) -> bool:
    """Whether an element's name, class, id, provider or script names the platform."""
    words = words_of(f"{spot.tag} {spot.classes} {spot.attrs.get('id') or ''}")
    if any(NAMES.get(word.rstrip("0123456789")) == platform for word in words):
        return True
    if any(NAMES.get((spot.attrs.get(name) or "").lower()) == platform for name in PROVIDERS):
        return True
    served_from = location_of(spot.attrs.get("src") or "") if spot.tag == "script" else None
    return served_from is not None and served_from.on(*PLATFORMS[platform].hosts)


def thumbnails(spot: Spot, value: str) -> Iterator[Find]:
    """The posts whose preview pictures a value names."""
    for platform, pattern in _THUMBNAILS:
        for found in pattern.finditer(value):
            address = platform.of_id(found.group(1)) if platform.of_id else None
            if address is not None:
                yield Find(address, spot, "embed", "thumbnail", 0.4, "only a preview picture")


def _of_id(platform: str, value: str, whole: bool = True) -> Address | None:
    of_id = PLATFORMS[platform].of_id
    address = of_id(value) if of_id else None
    if address is None or (whole and address.post_id.lower() != value.lower()):
        return None
    return None if platform == "x" and len(value) < _SHORTEST_X else address


def _by_id(address: Address, spot: Spot, form: str) -> Find:
    container = container_of(spot, address.platform)
    if container is not None:
        form = "blockquote" if container.tag == "blockquote" else "container"
    return Find(address, spot, "embed", form, container=container)
