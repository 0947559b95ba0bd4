"""What data (JSON) says of posts: each text in it that may name one, and the things that it stands in."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from monitor.articles.attributes import NAMES
from monitor.articles.flattened import rows_in
from monitor.articles.regions import words_of
from monitor.platforms import PLATFORMS, SIGNS, Address

_SHORTEST = 8
_MOST_VALUES = 50
_LONG = 2_000
"""Characters of data that it is worth mending."""
_NESTED = 2
_Step = tuple[int, object]
_Text = tuple[str, int, bool]
"""A text, the number of what it stands in, and whether it may be a bare id."""
_MAY_BE_DATA = re.compile(r"[{\[]|[0-9a-f]{1,4}:[{\[]")
_NAMED_KEY = re.compile(
    rf"({'|'.join(sorted((re.escape(n) for n in NAMES if len(n) > 3), key=len, reverse=True))})"
    r"[_-]?(?:video|post|tweet|embed|media|clip)?[_-]?(?:id|code|shortcode)",
    re.IGNORECASE,
)
_TYPES = (
    "type",
    "subtype",
    "provider",
    "embedType",
    "embed_type",
    "kind",
    "_type",
    "__typename",
    "service",
    "platform",
    "video_type",
    "videoType",
)
_TYPE_KEYS = frozenset(_TYPES)
_LETTERS = 6
"""A key that names a platform and an id has more."""
_KINDS = frozenset(
    ["embed", "embeds", "embedded", "oembed", "core", "block", "post", "video", "element", "component", "media", "player", "item", "rich", "external", "widget",
     "content", "node", "body", "article", "story", "social", "fragment", "record", "module"]
)  # fmt: skip
"""What stands beside a platform's name in the names of types."""
_LONGEST_KIND, _SHORTEST_NAME = 60, 3
ID_KEYS = ("id", "tweetId", "tweet_id", "videoId", "video_id", "postId", "post_id", "embedId", "embed_id", "mediaId", "media_id",
        "externalId", "external_id", "contentId", "content_id", "shortcode", "code", "key", "_id")  # fmt: skip
_BEFORE = re.compile(r"(?:=|\()\s*(?=[{\[])|JSON\.parse\(\s*(?=\")")
_SLIPS = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([^\"\\/bfnrtu]))|(?<=[:,\[])\s*undefined\b|,(?=\s*[}\]])|(\\.)")
"""What JavaScript allows in data and JSON does not; escapes that both know come last, so that they are passed over."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and where it stands."""

    text: str
    _at: int
    _steps: list[_Step]

    def around(self) -> Iterator[Mapping[str, object]]:
        """The objects that it stands in, inside out."""
        at = self._at
        while at >= 0:
            at, thing = self._steps[at]
            if isinstance(thing, dict):
                yield thing

    def bare_id(self) -> Address | None:
        """The post whose bare id it is, if the object that it stands in names the platform."""
        if len(self.text) > 40 or "/" in self.text:
            return None
        thing = next(self.around(), {})
        for key, value in thing.items():
            if value == self.text or str(value) == self.text:
                named = _NAMED_KEY.fullmatch(key)
                name = NAMES[named.group(1).lower()] if named else told_platform(thing) if key in ID_KEYS else None
                if name and (address := id_of(name, self.text)):
                    return address
        return None


def values_in(code: str) -> Iterator[object]:
    """The data that a script's code assigns or hands to a function; JSON only, in order."""
    position = found = 0
    while found < _MOST_VALUES and (before := _BEFORE.search(code, position)) is not None:
        position = before.end()
        value, end = _decoded(code, position)
        if value is None and found == 0 and len(code) - position > _LONG:
            code, position = _SLIPS.sub(_mended, code[position:]), 0
            value, end = _decoded(code, 0)
        if value is not None:
            position = end
            found += 1
            yield value


def _decoded(code: str, position: int) -> tuple[object, int]:
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(code, position)
        return (json.loads(value, strict=False) if isinstance(value, str) else value), end
    except (ValueError, RecursionError):
        return None, position


def _mended(slip: re.Match[str]) -> str:
    code, letter, sound = slip.groups()
    if sound or letter:
        return sound or letter
    return f"\\u00{code}" if code else "null" if "undefined" in slip.group() else ""


def said_in(data: object, has_ids: bool = True) -> list[Said]:
    """The texts that may name a post, in order. One search over all texts, as there may be hundreds of thousands.

    Bare ids are looked for when the data `has_ids`: that means a look at every object's keys.
    """
    steps: list[_Step] = []
    return _said(_walk(data, -1, steps, has_ids), steps, 0)


def _said(texts: list[_Text], steps: list[_Step], depth: int) -> list[Said]:
    if not texts:
        return []
    telling = _telling([text for text, _, _ in texts])
    telling |= {number for number, (text, at, is_id) in enumerate(texts) if is_id and Said(text, at, steps).bare_id()}
    found = []
    for number in sorted(telling):
        text, at, _ = texts[number]
        inner = _parsed(text) if depth < _NESTED and _MAY_BE_DATA.match(text) else None
        found += [Said(text, at, steps)] if inner is None else _said(_walk(inner, at, steps, True), steps, depth + 1)
    return found


def _telling(texts: list[str]) -> set[int]:
    """The numbers of those that may name a post."""
    joined = "\n".join(texts).lower()
    if joined.isascii():
        source, ends = joined.encode(), list(accumulate(len(text) + 1 for text in texts))
    else:
        parts = [text.lower().encode("utf-8", "replace") for text in texts]
        source, ends = b"\n".join(parts), list(accumulate(len(part) + 1 for part in parts))
    return {bisect_right(ends, sign.start) for sign in SIGNS.within(source) if sign.shape != "mark"}


def _parsed(text: str) -> object:
    if text[0] not in "{[":
        return rows_in(text) or None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(data: object, around: int, steps: list[_Step], has_ids: bool) -> list[_Text]:
    """The texts that may be addresses, markup or ids. Every list and object is noted as a step, with the number of the one around it."""
    texts: list[_Text] = []
    keys = _Keys()
    stack: list[tuple[int, Iterator[object]]] = [(around, iter((data,)))]
    while stack:
        at, things = stack[-1]
        for thing in things:
            if isinstance(thing, str):
                if len(thing) >= _SHORTEST and ("/" in thing or "%2" in thing or '":' in thing):
                    texts.append((thing, at, False))
            elif isinstance(thing, dict):
                number = len(steps)
                steps.append((at, thing))
                if has_ids:
                    texts += [(str(thing[key]), number, True) for key in keys.of_ids(thing)]
                stack.append((number, iter(thing.values())))
                break
            elif isinstance(thing, list):
                stack.append((len(steps), iter(thing)))
                steps.append((at, thing))
                break
        else:
            stack.pop()
    return texts


class _Keys:
    """Which keys of objects name a platform and an id: told once of each."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._named: set[str] = set()

    def of_ids(self, thing: Mapping[str, object]) -> list[str]:
        """The keys of an object whose values may be bare ids of a platform that the object names."""
        if not thing.keys() <= self._known:
            self._named.update(key for key in thing if len(key) > _LETTERS and _NAMED_KEY.fullmatch(key))
            self._known.update(thing)
        keys = []
        if not self._named.isdisjoint(thing):
            keys = [key for key, value in thing.items() if key in self._named and isinstance(value, str | int)]
        if told_platform(thing):
            keys += [key for key in ID_KEYS if isinstance(thing.get(key), str | int)]
        return keys


def told_platform(thing: Mapping[str, object]) -> str | None:
    """The platform that an object names as its type or provider."""
    if _TYPE_KEYS.isdisjoint(thing):
        return None
    for key in _TYPES:
        value = thing.get(key)
        if isinstance(value, str) and (name := _platform_of(value)):
            return name
    return None


@lru_cache(maxsize=1024)
def _platform_of(kind: str) -> str | None:
    """The platform of what data calls a "youtube", a "TweetEmbed" or a "core-embed/twitter"; None for a "TwitterTimeline"."""
    known = NAMES.get(kind.lower())
    if known or len(kind) > _LONGEST_KIND:
        return known
    words = [word for word in words_of(kind) if word not in _KINDS]
    return NAMES.get(words[0]) if len(words) == 1 and len(words[0]) > _SHORTEST_NAME else None


def told_words(thing: Mapping[str, object]) -> str:
    """What data of an embed gives of the post's own words, author and date."""
    words = next((str(thing[key]) for key in ("full_text", "text", "caption") if thing.get(key)), "")
    name, handle, date = (thing.get(key) for key in ("name", "username", "date"))
    signed = " ".join(filter(None, (f"{name or ''}", f"(@{handle})" if handle else "", f"{date or ''}"))).strip()
    return " ".join(f"{words} — {signed}".split()) if words and signed else " ".join(words.split())


def id_of(platform: str, written: str) -> Address | None:
    """The post of a platform by its bare id, unless that is too short to be one."""
    of_id = PLATFORMS[platform].of_id
    address = of_id(written) if of_id else None
    shortest = 15 if platform == "x" else 5
    return address if address and address.post_id == written.strip() and len(written) >= shortest else None
