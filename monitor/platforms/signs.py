"""Where the source of a page might name a post: one pass over its bytes, for all platforms at once.

`Signs` is made of what the platforms declare. It finds the pieces of addresses, attributes, tags and calls that could matter, and looks
at a few bytes around each. What it passes over names no post; what it finds may be a share button all the same.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from monitor.platforms.markup import Markup

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

Shape = Literal["address", "id", "key", "name", "tag", "class", "call", "packed", "mark"]
_RUN = re.compile(rb"[^\s\"'<>]{0,300}")
"""What may belong to an address."""
_ESCAPED = re.compile(
    rb"(?:\\*/|%(?:25){0,2}2f|&#x2f;|&#47;|&sol;|\\+u002f|\\+x2f|\\+(?=[\w@]))|(?:%(?:25){0,2}3d|&#x3d;|&#61;|&equals;|\\+u003d|\\+x3d)"
)
"""A slash as addresses carry it, escaped for JSON, JavaScript, HTML or another address; an equals sign, likewise."""
_QUOTE = r"(?:\\*[\"']|&quot;|&\#34;|&\#x22;|&\#39;|\\+u0022)?"
_ID = rf"\s*=\s*{_QUOTE}\s*[\w/-]{{4}}"
_KEY = r"[_-]?(?:video|post|tweet|embed|media|clip)?[_-]?(?:id|code|shortcode)(?:\\*[\"']|&quot;|&\#34;)\s*:\s*(?:\\*[\"']|&quot;|&\#34;)?[\w-]{4}"
"""What follows a platform's name in the key of data that holds a bare id."""
_CODE = r"(?:\\*[\"']|&quot;|&\#34;)\s*:\s*(?:\\*[\"']|&quot;|&\#34;)[\w-]{11}(?![\w-])"
"""What follows the key of a bare id of eleven letters."""
_VALUED = (
    'type":"', 'type": "', 'type\\":\\"', 'provider":"', 'provider": "', 'kind":"', "type&quot;:&quot;", "type&quot;: &quot;", "provider&quot;:&quot;",
)  # fmt: skip
"""What stands before a platform's name in data that tells of what platform an id is."""
_TAG_ENDS = r"[\s/>]"
_VALUE_ENDS = r"\\*\"|&quot;"
_NAMING = ("-type=", "provider", "-service=", "-platform=", "-network=", "-source=")
"""How attributes end that tell a platform, or what stands in them."""
_FIRST = {
    _ID: b" \t\n\r\f\v=",
    _TAG_ENDS: b" \t\n\r\f\v/>",
    _KEY: b"_-vptemcis",
    _CODE: b"\\\"'&",
    _VALUE_ENDS: b'\\"&',
}
"""What the patterns for what follows may begin with: to look at one byte is much cheaper than to try a pattern."""
_NO_PATH = frozenset(b" \t\n\r\f\v\"'<>abcdefghijklmnopqrstuvwxyz0123456789")
"""What does not follow a host in an address of a post."""
_ANY = frozenset(range(256))
_AT_ONCE = 56
"""Patterns that are searched for in one pass: so many fit into a processor's vector registers, which makes passes cheap."""
_CROWD = 20_000
_MOST_IN_A_RUN = 100
"""What stands in one run of characters without white space, quotes and brackets is hardly more addresses than this."""
_BREAK = re.compile(rb"[\s\"'<>]")
_SHORT_TEXT = 1_000
"""Bytes of an attribute's value: several questions are asked of the same one in turn."""
_SHORT = 3
_STEM = 5
"""Names so long are searched for instead of the attributes and tags that hold them."""
_LABEL = re.compile(r"(?<![a-z0-9-])[a-z0-9-]{4,}\.(?=[a-z.]{2,6}$)")
"""A host's name without what stands before and behind: it is searched for instead of the host in all its countries."""


class Sign(NamedTuple):
    """Bytes `start` to `end` of the source, and what they are a piece of."""

    shape: Shape
    start: int
    end: int
    literal: str


class _Wanted(NamedTuple):
    """A literal, and what must be around it."""

    literal: str
    shape: Shape
    follow: str = ""
    """What follows right behind."""
    post: str = ""
    """What the address that begins with it must hold, made plain."""
    is_host: bool = False
    behind: tuple[str, ...] = ()
    """One of these stands right before it."""


class _Check(NamedTuple):
    """Literals that a needle may be a part of: they begin `before` bytes before it."""

    pattern: re.Pattern[bytes]
    before: int
    shape: Shape
    post: re.Pattern[bytes] | None


_Look = tuple[frozenset[int], Callable[[bytes, int], re.Match[bytes] | None]]


class _Needle(NamedTuple):
    """What is searched for, and what it may be a part of."""

    any: re.Pattern[bytes]
    """One group a check, in order; the checks have none."""
    checks: list[_Check]
    nexts: frozenset[int]
    """The bytes one of which follows it then."""

    def sign(self, lower: bytes, at: int, first: re.Match[bytes]) -> Sign | None:
        """What the needle found is a sign of, `first` being what `any` matches there."""
        failed = None
        for pattern, before, shape, post in self.checks[(first.lastindex or 1) - 1 :]:
            found = pattern.match(lower, at) if post is None or post is not failed else None
            if found is None:
                continue
            start, end = at - before, found.end()
            if post is None or post.search(_plain(lower, start, end)):
                return Sign(shape, start, end, lower[start:end].decode("utf-8", "replace"))
            failed = post
        return None


def _plain(lower: bytes, start: int, end: int) -> bytes:
    """The address that begins with a literal, its slashes unescaped if the first one is not plain."""
    run = _RUN.match(lower, end)
    rest = run.group() if run else b""
    if rest[:1] != b"/" and (b"%" in rest or b"\\" in rest or b"&" in rest):
        rest = _ESCAPED.sub(_unescaped, rest)
    return lower[start:end] + rest


def _unescaped(found: re.Match[bytes]) -> bytes:
    return b"=" if found.group()[-2:] in (b"3d", b"d;", b"1;", b"s;") else b"/"


class Signs:
    """The table of what to look for; building the search takes some milliseconds, at its first use."""

    def __init__(self) -> None:
        self._wanted: dict[tuple[str, Shape], _Wanted] = {("<template", "mark"): _Wanted("<template", "mark")}
        self._names: set[str] = set()
        self._within_short = lru_cache(maxsize=64)(self._found)

    def _want(self, wanted: _Wanted) -> None:
        self._wanted[wanted.literal, wanted.shape] = wanted

    def add_hosts(self, hosts: Iterable[str], posts: str) -> None:
        """Hosts, and what follows them in the address of a post; may be told several times of one host."""
        for host in hosts:
            known = self._wanted.get((host, "address"))
            both = posts if known is None else f"{known.post}|{posts}" if known.post and posts else ""
            self._want(_Wanted(host, "address", post=both, is_host=True))

    def add_shapes(self, shapes: Mapping[str, str]) -> None:
        """Pieces of addresses on any host, and what follows them."""
        for literal, after in shapes.items():
            self._want(_Wanted(literal, "address", post=rf"\A{re.escape(literal)}(?:{after})"))

    def add_markup(self, markup: Markup) -> None:
        """A platform's embeds that name an id and no address."""
        for bare in markup.bare_ids:
            for name in bare.classes:
                for literal in (f'"{name}"', f'"{name} ', f' {name}"'):
                    self._want(_Wanted(literal, "class"))
            if bare.classes:
                continue
            if bare.tags and ("-" not in bare.attribute or all("-" in tag for tag in bare.tags)):
                for tag in bare.tags:
                    self._want(_Wanted(f"<{tag}", "tag", _TAG_ENDS))
            else:
                self._want(_Wanted(bare.attribute, "id", _ID))
        for word in markup.call_signs:
            self._want(_Wanted(word, "call"))
        for host in markup.thumbnail_hosts:
            self._want(_Wanted(host, "address"))
        self._names |= markup.names

    def add_packed(self, words: Iterable[str]) -> None:
        """Beginnings of markup and addresses as base64 writes them, which depends on how many bytes stand before them."""
        for word in words:
            for before in range(3):
                packed = b64encode(b"\0" * before + word.encode()).decode().rstrip("=")
                # Letters that bytes before or behind would change are left off.
                literal = packed[-(-before * 8 // 6) : (before + len(word)) * 8 // 6].lower()
                self._want(_Wanted(literal, "packed"))

    @cached_property
    def _needles(self) -> dict[str, _Needle]:
        names = "|".join(sorted(map(re.escape, self._names), key=len, reverse=True))
        telling = [_Wanted(end, "name", rf"(?:-name)?=?[\"']?(?:{names})[\s\"'/>]") for end in _NAMING]
        keys = [_Wanted(name, "key", _KEY) for name in self._names if len(name) >= _STEM]
        keys += [_Wanted(name, "key", _CODE) for name in ("videoid", "video_id")]
        values = [_Wanted(name, "key", _VALUE_ENDS, behind=_VALUED) for name in self._names if len(name) >= _STEM]
        wanted = sorted((*self._wanted.values(), *telling, *keys, *values), key=lambda one: -len(one.literal))
        shared = self._shared([one.literal for one in wanted])
        parts: dict[str, list[_Wanted]] = {}
        for one in wanted:
            needle = next((part for part in shared if part in one.literal), one.literal)
            parts.setdefault(needle, []).append(one)
        # A class of one word looks like a value in data; what tells the value is looked at first.
        return {needle: _needle(needle, sorted(several, key=_not_a_key)) for needle, several in parts.items()}

    def _shared(self, literals: list[str]) -> list[str]:
        """What may be searched for instead of the literals that hold it, the shortest first."""
        labels = {label for literal in literals for label in _LABEL.findall(literal)}
        stems = {f"-{name}" for name in self._names if len(name) >= _STEM} | {"tweet", "<amp-", "<lite-"}
        often = {stem for stem in stems if sum(stem in literal for literal in literals) > 1}
        whole = {literal for literal in literals if len(literal) >= _STEM}
        return sorted({*labels, *often, *whole}, key=lambda part: (len(part), part))

    @cached_property
    def _searches(self) -> list[tuple["BytesAhoCorasick", list[_Needle], list[_Look]]]:
        from ahocorasick_rs import MATCHKIND_LEFTMOST_FIRST, BytesAhoCorasick

        long = sorted(needle for needle in self._needles if len(needle) > _SHORT)
        size = -(-len(long) // -(-len(long) // _AT_ONCE))
        # Needles that begin alike stand in one group: so fewer places of a page are worth a second look of each search.
        groups = [long[first : first + size] for first in range(0, len(long), size)]
        groups.append([needle for needle in self._needles if len(needle) <= _SHORT])
        return [
            (
                BytesAhoCorasick([needle.encode() for needle in group], matchkind=MATCHKIND_LEFTMOST_FIRST),
                [self._needles[needle] for needle in group],
                [(self._needles[needle].nexts, self._needles[needle].any.match) for needle in group],
            )
            for group in groups
            if group
        ]

    def within(self, lower: bytes) -> list[Sign]:
        """The signs in a lower-case source, in order, with marks of templates between them."""
        return list(self._within_short(lower)) if len(lower) <= _SHORT_TEXT else self._found(lower)

    def _found(self, lower: bytes) -> list[Sign]:
        found: list[Sign] = []
        size = len(lower)
        for search, needles, looks in self._searches:
            matches = search.find_matches_as_indexes(lower)
            for number, at, end in matches if len(matches) < _CROWD else _thinned(lower, matches):
                # Most of what is found is nothing, and that is told here, without another call.
                nexts, look = looks[number]
                if end < size and lower[end] not in nexts:
                    continue
                first = look(lower, at)
                if first is not None and (sign := needles[number].sign(lower, at, first)) is not None:
                    found.append(sign)
        found.sort(key=_start)
        return found

    def any_in(self, text: str) -> bool:
        """Whether a piece of markup or script might name a post in any way."""
        return any(sign.shape != "mark" for sign in self.within(_bytes(text)))

    def addressed(self, text: str) -> bool:
        """Whether a piece of text might hold the address of a post."""
        return any(sign.shape == "address" for sign in self.within(_bytes(text)))


def _thinned(lower: bytes, matches: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The matches without most of those that crowd in one run."""
    end = count = 0
    for match in matches:
        if match[1] >= end:
            found = _BREAK.search(lower, match[1])
            end, count = found.start() if found else len(lower), 0
        count += 1
        if count <= _MOST_IN_A_RUN:
            yield match


def _needle(needle: str, wanted: Sequence[_Wanted]) -> _Needle:
    alike: dict[tuple[str, Shape, str, bool, tuple[str, ...]], list[str]] = {}
    for one in wanted:
        before, _, rest = one.literal.partition(needle)
        follow = f"(?={one.follow})" if one.follow else ""
        alike.setdefault((before, one.shape, one.post, one.is_host, one.behind), []).append(
            re.escape(needle + rest) + follow
        )
    checks = []
    for (before, shape, post, is_host, behind), endings in alike.items():
        prefix = re.escape(before)
        # "box.com" is not "x.com"; in "%2Fx.com" and "\u002Fx.com" the letter before is half of an escaped slash.
        start = f"(?:(?<![a-z0-9-]{prefix})|(?<=2f{prefix}))" if is_host else ""
        start += f"(?:{'|'.join(f'(?<={re.escape(one)}{prefix})' for one in behind)})" if behind else ""
        pattern = f"{start}(?<={prefix})(?:{'|'.join(endings)})" if before else f"{start}(?:{'|'.join(endings)})"
        checks.append(
            _Check(re.compile(pattern.encode()), len(before), shape, re.compile(post.encode()) if post else None)
        )
    nexts = frozenset[int]().union(*(_nexts(needle, one) for one in wanted))
    return _Needle(re.compile(b"|".join(b"(%s)" % check.pattern.pattern for check in checks)), checks, nexts)


def _nexts(needle: str, one: _Wanted) -> frozenset[int]:
    """The bytes that may follow a needle where it is a part of what is wanted."""
    rest = one.literal.partition(needle)[2]
    if rest:
        return frozenset(rest[:1].encode())
    if one.is_host and one.post:
        return _ANY - _NO_PATH
    return frozenset(_FIRST.get(one.follow, _ANY))


def _not_a_key(one: _Wanted) -> bool:
    return one.shape != "key"


def _start(sign: Sign) -> int:
    return sign.start


def _bytes(text: str) -> bytes:
    return text.lower().encode("utf-8", "replace")
