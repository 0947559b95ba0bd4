"""Sightings of posts in data (JSON): in an attribute of an element that stands for an embed, and in single texts of any data."""

import json
from collections.abc import Iterator
from dataclasses import replace

from monitor.articles.bare_ids import is_named
from monitor.articles.find import Find
from monitor.articles.page import Spot
from monitor.articles.recognise import nested
from monitor.articles.said import ID_KEYS, Said, id_of, said_in, told_platform, told_words
from monitor.model.article import CitationKind
from monitor.platforms import PLATFORMS, unwrapped


def loaded(words: str) -> object:
    """The data that a text is; None when it is none."""
    try:
        return json.loads(words.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def finds_in_attribute(value: str, spot: Spot, depth: int) -> Iterator[Find]:
    """Sightings in JSON that an attribute of an element holds: one post is an embed, many are somebody's list."""
    data = loaded(value)
    finds = [find for said in said_in(data) for find in finds_in_text(said, spot, depth)]
    if isinstance(data, dict):
        finds += _by_element(data, spot)
        told = told_platform(data)
        finds = [find for find in finds if told in (None, find.address.platform)] or finds
        words = told_words(data)
        finds = [replace(find, text=find.text or words) for find in finds]
    several = len({find.address for find in finds}) > 1
    for find in finds:
        yield find.weaker(0.4, "one of several in an attribute's data") if several else find


def finds_in_text(said: Said, spot: Spot, depth: int) -> Iterator[Find]:
    """Sightings in one text: markup, an address, or a bare id."""
    text = said.text
    kind: CitationKind = "link" if spot.tag == "a" else "embed"
    if "<" in text:
        yield from nested(text, spot, depth + 1)
    elif address := said.bare_id():
        yield Find(address, spot, kind, "data")
    elif (found := unwrapped(text) if " " not in text.strip() else None) is not None:
        yield Find(found.address, spot, kind, "data")


def _by_element(data: dict[str, object], spot: Spot) -> Iterator[Find]:
    """The post whose bare id data gives to an element that is named for its platform."""
    for platform, written in ((p, data[key]) for key in ID_KEYS if key in data for p in PLATFORMS):
        address = id_of(platform, str(written)) if is_named(spot, platform) else None
        if address is not None:
            yield Find(address, spot, "embed", "data")
