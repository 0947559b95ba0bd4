"""Whether a name in an article and an account are one person or body: `same_name(written, account)` is the call.

Names come through scripts, transliterations and ranks: Herashchenko, Gerashchenko, Геращенко and Heraschtschenko are one. A name's
skeleton is what the ways of writing it share. An account that says that it is a parody, or whose first name differs, is another.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from monitor.link.terms import folded
from monitor.tables import rows

How = Literal["alias", "handle", "full", "organisation", "last", "site"]

_PART = re.compile(r"[^\W_]+(?:['’ʼ-][^\W\d_]+)*\.?")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PATRONYMIC = re.compile(
    r"\w{3,}(?:ovich|evich|ovych|evych|iyovych|yovych|ovna|evna|ivna|yivna|owicz|ovitsch|owitsch|ich)$"
)
_SOUNDS = (
    (re.compile("schtsch|shch|szcz|stsch|schch|scsc"), "S"),
    (re.compile("tsch|tch|cz|tsj"), "C"),
    (re.compile("sch|sh|sz|zh|rz"), "S"),
    (re.compile("ck|cq"), "k"),
    (re.compile("kh|gh|ch(?=[rlmnvw])"), "h"),
    (re.compile("ch"), "C"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("ts|tz"), "c"),
    (re.compile("off$|ow$|ov$|ev$|ew$|eff$|iv$|iw$"), "v"),
    (re.compile("[xX]"), "ks"),
    (re.compile("[cq](?=[eiy])"), "s"),
    (re.compile("[cq]"), "k"),
    (re.compile("z"), "s"),
    (re.compile("w"), "v"),
    (re.compile("g"), "h"),
    (re.compile("o[uyi]+"), "o"),
    (re.compile("(?<=[aou])e"), ""),
    (re.compile("[eyj]"), "i"),
    (re.compile("i+(?=[aou])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
ALIKE = 0.4
"""How much of two spellings with one skeleton must be the same."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as far as a name is concerned."""

    handle: str | None = None
    display: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """That a written name fits an account: `strength` from 0 to 1, and why, for a person."""

    how: How
    strength: float
    why: str


@dataclass(frozen=True, slots=True)
class _Words:
    titles: frozenset[str]
    additions: frozenset[str]
    disguises: frozenset[str]
    firsts: Mapping[str, frozenset[int]]


@cache
def words() -> _Words:
    """The table beside this file."""
    told: dict[str, list[str]] = {}
    for key, row in rows(Path(__file__).with_name("names.txt")):
        told.setdefault(key, []).append(row)
    firsts: dict[str, set[int]] = {}
    for number, row in enumerate(told["first"]):
        for name in row.split():
            firsts.setdefault(name, set()).add(number)
    return _Words(
        titles=frozenset(" ".join(told["titles"]).split()),
        additions=frozenset(" ".join(told["additions"]).split()),
        disguises=frozenset(" ".join(told["disguises"]).split()),
        firsts={name: frozenset(groups) for name, groups in firsts.items()},
    )


def same_name(written: str, account: Account, aliases: Mapping[str, Sequence[str]] | None = None) -> Match | None:
    """Whether a name that an article writes is the account's; None where it is not, or cannot be told.

    `aliases`: names (as `plain_name` gives them) by handle in lower case, as an editor or a confirmed link taught them.
    """
    handle = (account.handle or "").lstrip("@")
    if handle and plain_name(written) in (aliases or {}).get(handle.lower(), ()):
        return Match("alias", 1.0, f"{written} is known as @{handle}")
    mark = written.strip()
    if handle and mark.lstrip("@").lower() == handle.lower() and (mark.startswith("@") or " " not in mark):
        return Match("handle", 1.0, f"@{handle} is named")
    if is_disguised(account):
        return None
    name = parts(written)
    shown = parts(account.display or "")
    if shown and (match := _by_parts(name, shown)):
        return Match(match[0], match[1], f"{written} = {account.display}")
    is_another = len(name) > 1 and len(shown) > 1 and not set(name) & set(shown[:1])
    if handle and not is_another and (match := _by_handle(name, handle)):
        return Match(match[0], match[1], f"{written} = @{handle}")
    return None


@lru_cache(maxsize=200_000)
def is_disguised(account: Account) -> bool:
    """Whether the account says of itself that it is not the one whose name it bears."""
    told = [*_split(account.display or ""), *(p.lower() for p in _humps(account.handle or ""))]
    return any(word in words().disguises for word in told)


def plain_name(written: str) -> str:
    """A name in one spelling: lower-case ASCII, single spaces."""
    return " ".join(_split(written))


@lru_cache(maxsize=400_000)
def parts(name: str) -> tuple[str, ...]:
    """A name's own words, folded: without titles, patronymics, and what accounts add to a name."""
    told = _split(name)
    known = words()
    kept = [p for p in told if p not in known.titles and p not in known.additions]
    if len(kept) > 2:
        kept = [p for n, p in enumerate(kept) if not (n > 0 and _PATRONYMIC.match(p) and n < len(kept) - 1)] or kept
        if len(kept) == 3 and _PATRONYMIC.match(kept[2]):  # Surname First Patronymic
            kept = [kept[1], kept[0]]
    return tuple(kept or told)


def _split(name: str) -> list[str]:
    return [f for p in _PART.findall(name) if (f := re.sub(r"[^a-z0-9]", "", folded(p)))]


@lru_cache(maxsize=200_000)
def _humps(handle: str) -> tuple[str, ...]:
    return tuple(h for piece in re.split(r"[_\W]+|(?<=\D)(?=\d)", handle) for h in _HUMP.findall(piece))


@lru_cache(maxsize=200_000)
def handle_stem(handle: str) -> str:
    """A handle without what accounts add to a name: `demchuk` of `Demchuk_en`."""
    known = words()
    humps = (hump.lower() for hump in _humps(handle))
    return "".join(h for h in humps if h not in known.additions and h not in known.titles and not h.isdigit())


@lru_cache(maxsize=200_000)
def skeleton(part: str) -> str:
    """What the transliterations of a name share: its sounds, those put together that alphabets and languages write differently."""
    for pattern, sound in _SOUNDS:
        part = pattern.sub(sound, part)
    return part


def alike(one: str, other: str) -> bool:
    """Whether two folded words can be one name in two spellings."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one.endswith("a") != other.endswith("a"):
        return False
    if skeleton(one) == skeleton(other):
        return len(skeleton(one)) > 2 and DamerauLevenshtein.normalized_similarity(one, other) >= ALIKE
    return False


def first_keys(part: str) -> frozenset[str]:
    """What two first names that may be one share at least one of: the sound they begin with, or their line in the table."""
    return frozenset({skeleton(part)[:1], *(str(group) for group in words().firsts.get(part, ()))})


def _first_alike(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    groups = words().firsts
    shared = groups.get(one, frozenset()) & groups.get(other, frozenset())
    return bool(shared) or alike(one, other)


def _by_parts(name: tuple[str, ...], shown: tuple[str, ...]) -> tuple[How, float] | None:
    if not name or not shown:
        return None
    if name == shown:
        return ("full" if len(name) > 1 else "organisation"), 1.0
    if len(name) == 1 and len(shown) > 1:
        if _initials(shown) == name[0] and len(name[0]) > 2:
            return "organisation", 0.8
        return ("last", 0.4) if _same_surname(name[0], shown[-1]) else None
    if len(shown) == 1 and len(name) > 1:
        if _initials(name) == shown[0] and len(shown[0]) > 2:
            return "organisation", 0.8
        return None
    if len(name) == 1:
        return ("organisation", 0.9) if alike(name[0], shown[0]) and len(name[0]) > 4 else None
    for order in (shown, (*shown[1:], shown[0])):
        if alike(name[-1], order[-1]) and _first_alike(name[0], order[0]):
            middle, other = set(name[1:-1]), set(order[1:-1])
            if not middle or not other or middle & other or {m[0] for m in middle} & {o for o in other if len(o) == 1}:
                return "full", 0.95
    return None


def _same_surname(one: str, other: str) -> bool:
    """A surname alone must be spelled alike, or be long enough for its skeleton to tell it: Green is not Greene."""
    return len(one) > 3 and (one == other or (min(len(one), len(other)) > 5 and alike(one, other)))


def _initials(name: Sequence[str]) -> str:
    return "".join(p[0] for p in name)


def _by_handle(name: tuple[str, ...], handle: str) -> tuple[How, float] | None:
    humps = [h.lower() for h in _humps(handle)]
    known = words()
    own = [h for h in humps if h not in known.additions and h not in known.titles and not h.isdigit()]
    whole = "".join(own)
    joined = "".join(name)
    if len(name) > 1:
        if whole in (joined, name[-1] + name[0]) and len(joined) > 5:
            return "full", 0.9
        if len(own) == 2 and (_by_parts(name, tuple(own))):
            return "full", 0.9
        if len(whole) > 5 and (whole == name[0][0] + name[-1] or alike(whole, name[0][0] + name[-1])):
            return "full", 0.7
        if len(own) == 1 and alike(whole, name[-1]) and len(whole) > 5:
            return "last", 0.5
        return ("organisation", 0.7) if whole == _initials(name) and len(whole) > 2 else None
    if whole == joined and len(joined) > 2:
        return "organisation", 0.9
    first = _humps(handle)[0] if humps else ""
    return ("organisation", 0.5) if len(first) > 2 and first.isupper() and first.lower() == joined else None


def known_as(told: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Aliases by handle, as `same_name` takes them, from handles and the names that an editor gives them."""
    known: dict[str, list[str]] = {}
    for handle, names in told:
        known.setdefault(handle.lstrip("@").lower(), []).extend(filter(None, map(plain_name, names)))
    return known
