"""Linked data (JSON-LD) of a page: the objects that may describe its article, and the people that they name by id."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

Thing = Mapping[str, object]
_LONGEST = 2_000_000
_MOST = 200
_WRAPPED = re.compile(r"^\s*(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?|(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ARTICLE = re.compile(r"Article|Report|Posting|Review|NewsStory|Blog")
_PAGE = re.compile(r"WebPage|ItemPage|CreativeWork|VideoObject")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")


def loaded(words: str) -> object:
    """The data of one script, its usual slips forgiven: CDATA and comment marks, commas too many, text behind. None if unreadable."""
    for attempt in _attempts(words[:_LONGEST].strip().rstrip(";")):
        try:
            return json.JSONDecoder(strict=False).raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _attempts(text: str) -> Iterator[str]:
    """As it stands first: looking for slips takes longer than reading what has none."""
    yield text
    bare = _WRAPPED.sub("", text).strip().rstrip(";")
    yield bare
    yield _TRAILING_COMMA.sub("", bare)
    yield unescape(bare)


@dataclass(slots=True)
class Linked:
    """What a page's linked data holds of articles; `things` begins with the likeliest."""

    things: list[Thing] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Names of people and organisations by `@id`."""
    publishers: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Takes in one script."""
        data = loaded(words)
        self._name(data, 0)
        self.things += list(_things(data, 0))[: _MOST - len(self.things)]
        self.things.sort(key=_rank)

    def prefer(self, title: str | None, url: str | None) -> None:
        """Puts what has this title or address first."""
        self.things.sort(key=lambda thing: (not _is_of(thing, title, url), _rank(thing)))

    def texts(self, name: str) -> Iterator[str]:
        """The values of a field that are text, the likeliest article's first."""
        return (clean for thing in self.things if isinstance(v := thing.get(name), str) and (clean := plain(v)))

    def _name(self, data: object, level: int) -> None:
        if isinstance(data, list):
            for inner in data[:_MOST]:
                self._name(inner, level + 1)
        elif isinstance(data, Mapping) and level < 8:
            key, name = data.get("@id"), data.get("name")
            if isinstance(key, str) and isinstance(name, str) and len(self.names) < _MOST:
                self.names[key] = plain(name)
            publisher = data.get("publisher")
            if isinstance(publisher, Mapping) and isinstance(publisher.get("name"), str):
                self.publishers.append(plain(publisher["name"]))
            for inner in data.values():
                self._name(inner, level + 1)


def plain(text: str) -> str:
    """A value as people read it: entities resolved, tags gone, white space collapsed."""
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", unescape(unescape(text[:5_000]))).split())


def key_of(text: str) -> str:
    """Letters and digits in lower case: what two spellings of a name or title share."""
    return "".join(filter(str.isalnum, text.lower()))


def named(value: object) -> Iterable[object]:
    """A field's values, one or many."""
    return value[:50] if isinstance(value, list) else () if value is None else (value,)


def _things(data: object, level: int) -> Iterator[Thing]:
    if isinstance(data, list):
        for inner in data[:_MOST]:
            yield from _things(inner, level)
    elif isinstance(data, Mapping) and level < 4:
        kind = str(data.get("@type", ""))
        if _ARTICLE.search(kind) or _PAGE.search(kind):
            yield data
        for name in _INNER:
            yield from _things(data.get(name), level + 1)


def _rank(thing: Thing) -> int:
    kind = str(thing.get("@type", ""))
    return 0 if _ARTICLE.search(kind) else 2 if "VideoObject" in kind else 1


def _is_of(thing: Thing, title: str | None, url: str | None) -> bool:
    headline = thing.get("headline") or thing.get("name")
    if title and isinstance(headline, str) and key_of(plain(headline))[:60] == key_of(title)[:60]:
        return True
    places = [thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")]
    flat = [p.get("@id") if isinstance(p, Mapping) else p for p in places]
    return bool(url) and any(isinstance(p, str) and _bare(p) == _bare(url or "") for p in flat)


def _bare(url: str) -> str:
    return re.sub(r"^https?:(//www\.)?", "", url.partition("#")[0]).strip("/")
