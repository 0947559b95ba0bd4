"""The accounts of a pool by the names that articles may write: `Accounts.named_in(told)` finds those that an article names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.link.names import (
    Account,
    Match,
    first_keys,
    handle_stem,
    is_disguised,
    parts,
    plain_name,
    same_name,
    skeleton,
)
from monitor.link.told import Told

MOST_ALIKE = 400
"""Accounts looked at for one word of an article: so many share a common first name."""
_SHORTEST_SITE = 4
_SITE_ENDINGS = (
    "",
    "com",
    "news",
    "tv",
    "org",
    "net",
    "de",
    "es",
    "fr",
    "it",
    "pl",
    "uk",
    "us",
    "hq",
    "online",
    "official",
    "live",
)
"""What accounts of publishers add to their site's name."""
_REACH = 3
"""Words before a surname that may belong to the name."""
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "pl": ("iego", "iemu", "owi", "ego", "emu", "iem", "em", "im", "ie", "a", "u", "y", "i"),
    "uk": ("skogo", "skomu", "ogo", "omu", "ovi", "em", "om", "im", "a", "u", "i", "y"),
    "ru": ("skogo", "skomu", "skim", "ogo", "omu", "ym", "im", "om", "em", "a", "u", "e", "y"),
    "de": ("s",),
}
"""Case endings, folded, longest first: names are inflected in these languages."""


@dataclass(frozen=True, slots=True)
class Named:
    """That an article names an account, and in which paragraphs."""

    match: Match
    paragraphs: frozenset[int]


class Accounts:
    """Accounts by handle and by the skeletons of their names."""

    def __init__(
        self, accounts: Iterable[tuple[str, Account]], aliases: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._accounts = dict(accounts)
        self._aliases = aliases or {}
        self._by_handle: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        for key, account in self._accounts.items():
            for handle in _handle_keys(account):
                self._by_handle.setdefault(handle, []).append(key)
            known = [tuple(alias.split()) for alias in self._aliases.get((account.handle or "").lower(), ())]
            for name in _name_keys(account, known):
                self._by_name.setdefault(name, []).append(key)

    def named_in(self, told: Told) -> dict[str, Named]:
        """The accounts that the article names, by key."""
        found: dict[str, Named] = {}
        for joined, paragraphs in told.joined.items():
            for key in self._by_handle.get(joined, ()):
                account = self._accounts[key]
                if not is_disguised(account):
                    _keep(found, key, Match("handle", 0.9, f"@{account.handle} is named"), paragraphs)
        for key, alias, number in self._aliases_in(told):
            _keep(found, key, Match("alias", 1.0, f"{alias} is known as @{self._accounts[key].handle}"), {number})
        for ending in _SITE_ENDINGS if len(told.site) >= _SHORTEST_SITE else ():
            for key in self._by_handle.get(told.site + ending, ()):
                handle = self._accounts[key].handle
                _keep(found, key, Match("site", 0.7, f"@{handle} is the account of {told.host}"), ())
        for name, paragraphs in _names_of(told).items():
            for key in {key for k in keys_of(name) for key in self._by_name.get(k, ())[:MOST_ALIKE]}:
                match = same_name(" ".join(name), self._accounts[key], self._aliases)
                if match:
                    _keep(found, key, match, paragraphs)
        return found

    def _aliases_in(self, told: Told) -> Iterator[tuple[str, str, int]]:
        """Account, alias, paragraph: of every alias that stands in the article, whatever its words."""
        known = [
            (key, alias)
            for handle, names in self._aliases.items()
            for alias in names
            for key in self._by_handle.get(handle.replace("_", ""), ())
        ]
        for number, paragraph in enumerate(told.paragraphs if known else ()):
            plain = f" {plain_name(paragraph)} "
            yield from ((key, alias, number) for key, alias in known if f" {alias} " in plain)


def keys_of(name: tuple[str, ...]) -> set[str]:
    """What a name is looked up by: its last word's skeleton, with each key of the first name where there is one."""
    if not name:
        return set()
    last = skeleton(name[-1])
    return {f"{first} {last}" for first in first_keys(name[0])} if len(name) > 1 else {last}


def keys_of_account(account: Account) -> set[str]:
    """What an account is looked up by where there are too many to hold: handles behind "@", and keys of its name."""
    return {f"@{handle}" for handle in _handle_keys(account)} | _name_keys(account)


def keys_in(told: Told) -> set[str]:
    """What an article looks accounts up by: the same keys of all that it may name."""
    site = {f"@{told.site}{ending}" for ending in _SITE_ENDINGS} if len(told.site) >= _SHORTEST_SITE else set()
    names = {key for name in _names_of(told) for key in keys_of(name)}
    return {f"@{joined}" for joined in told.joined} | site | names


def _name_keys(account: Account, known: Iterable[tuple[str, ...]] = ()) -> set[str]:
    shown = parts(account.display or "")
    keys: set[str] = set()
    for name in (shown, shown[::-1], *known):
        keys |= keys_of(name)
    if shown:
        keys.add(skeleton(shown[-1]))
    return keys


def _handle_keys(account: Account) -> Iterator[str]:
    handle = account.handle or ""
    plain = handle.lower().replace("_", "")
    if len(plain) > 2:
        yield plain
    own = handle_stem(handle)
    if own != plain and len(own) > 3:
        yield own


def _keep(found: dict[str, Named], key: str, match: Match, paragraphs: Iterable[int]) -> None:
    known = found.get(key)
    if known is None or match.strength > known.match.strength:
        found[key] = Named(match, frozenset(paragraphs))
    elif match.strength == known.match.strength:
        found[key] = Named(known.match, known.paragraphs | frozenset(paragraphs))


def _names_of(told: Told) -> dict[tuple[str, ...], set[int]]:
    """Every capitalised word, alone and with the capitalised words before it, and without its case ending."""
    names: dict[tuple[str, ...], set[int]] = {}
    row = told.capitals
    endings = _ENDINGS.get((told.story.language or "")[:2], ())
    for n, word in enumerate(row):
        for back in range(_REACH + 1):
            first = row[n - back] if n >= back else word
            if n < back or first.at < word.at - back - 1 or first.paragraph != word.paragraph:
                break
            name = tuple(w.plain for w in row[n - back : n + 1])
            names.setdefault(name, set()).add(word.paragraph)
            if endings:
                names.setdefault(tuple(_bare(w, endings) for w in name), set()).add(word.paragraph)
    return names


def _bare(word: str, endings: Sequence[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word
