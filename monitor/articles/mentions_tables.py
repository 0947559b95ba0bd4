"""How articles of each language attribute something to a platform: `tables(language)`, from the files in `words/`.

The files hold lists of words apart by "|", which may be regular expressions; here they become patterns.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("en", "de", "pl", "fr", "es", "it", "pt", "uk", "ru")
_ENOUGH = 6
"""Common words of a language that a text must hold for us to take it for that language, and half as many again as of any other."""
_LOOKED_AT = 6_000
_LONGEST_SMALL = 7
_NAMES = {"en": "English", "de": "German", "pl": "Polish", "fr": "French", "es": "Spanish", "it": "Italian",
          "pt": "Portuguese", "uk": "Ukrainian", "ru": "Russian"}  # fmt: skip

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """A language's words for times."""

    weekdays: Sequence[Pattern]
    months: Sequence[Pattern]
    spans: Mapping[str, Pattern]
    """today, yesterday, before_yesterday, this_week, last_week."""
    ago: Pattern
    numbers: Sequence[str]
    units: Sequence[str]
    any: Pattern
    """Any of them: worth a closer look."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One language."""

    language: str
    posts: Pattern
    """Verbs and nouns of publishing."""
    says: Pattern
    """Verbs of saying, which count only close to the platform's name."""
    things: Pattern
    before: str
    """What may stand before a platform's name where it is a place."""
    user: Pattern
    own: Pattern
    """Verbs that name X in one."""
    own_things: Pattern
    video: Pattern
    photo: Pattern
    by: frozenset[str]
    agents: frozenset[str]
    """Those of `by` that name who made a thing, never what it shows."""
    skip: frozenset[str]
    pronouns: Pattern
    roles: frozenset[str]
    small: frozenset[str]
    """Words that begin no name, although they may begin a sentence."""
    lone: frozenset[str]
    """Words that are no name alone: some are first names or parts of one."""
    denials: Pattern
    selves: Pattern
    times: Times


@cache
def table(language: str) -> Table:
    """The table of one of `LANGUAGES`."""
    told = _read(language)
    skip, by, roles = (frozenset(told[name].lower().split("|")) for name in ("skip", "by", "roles"))
    times = _times(told)
    small = {*skip, *by, *told["pronouns"].split("|"), *told["before"].split("|"), *told["fillers"].split("|")}
    small |= {*told["common"].split("|"), *told["user"].split("|")}
    return Table(
        language,
        posts=_word(told["posts"]),
        says=_word(told["says"]),
        things=_word(told["things"]),
        before=rf"(?i:\b(?:{told['before']})) (?:(?i:{told['fillers']})[ ,'’]+){{0,5}}[\"“„«]?",
        user=_word(told["user"]),
        own=_word(told["own_x"]),
        own_things=_word(told["thing_x"]),
        video=_word(told["video"]),
        photo=_word(told["photo"]),
        by=by,
        agents=frozenset(told["agents"].split("|")),
        skip=skip,
        pronouns=_word(told["pronouns"]),
        roles=roles,
        small=frozenset(word.lower() for word in small),
        lone=frozenset(_stop_list(language)),
        denials=_word(told["denials"]),
        selves=_word(told["selves"]),
        times=times,
    )


def tables(language: str | None) -> tuple[Table, ...]:
    """The table of the article's language when it is one of ours; of all languages when it is not known; else English."""
    if language is None:
        return tuple(table(name) for name in LANGUAGES)
    known = language.lower().replace("_", "-").split("-")[0]
    return (table(known if known in LANGUAGES else "en"),)


def guessed(paragraphs: Sequence[str]) -> str | None:
    """The language that a text's most common words are of; None for too few of them."""
    text = " ".join(paragraphs)[:_LOOKED_AT].lower()
    counts = {name: len(_common(name).findall(text)) for name in LANGUAGES}
    best, second = sorted(counts, key=lambda name: counts[name], reverse=True)[:2]
    return best if counts[best] >= _ENOUGH and counts[best] >= 1.5 * counts[second] else None


@cache
def platforms() -> Mapping[str, Mapping[str, str]]:
    """The tables of platforms' names: places, near, other, credits."""
    text = resources.files("monitor.articles").joinpath("words/platforms.toml").read_text(encoding="utf-8")
    told: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return told


def _stop_list(language: str) -> Iterator[str]:
    """Function words; the longer lists go on into nouns, and so into names."""
    from justext.utils import get_stoplist

    return (word for word in get_stoplist(_NAMES[language]) if word.isalpha() and len(word) <= _LONGEST_SMALL)


@cache
def _read(language: str) -> dict[str, str]:
    text = resources.files("monitor.articles").joinpath(f"words/{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _common(language: str) -> Pattern:
    return re.compile(rf"\b(?:{_read(language)['common']})\b")


def _word(words: str) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _times(told: Mapping[str, object]) -> Times:
    days, months = (tuple(map(str, told[name])) for name in ("weekdays", "months"))  # type: ignore[call-overload]
    spans = {name: str(told[name]) for name in ("before_yesterday", "yesterday", "today", "last_week", "this_week")}
    ago = str(told["ago"])
    return Times(
        tuple(map(_word, days)),
        tuple(map(_word, months)),
        {name: _word(words) for name, words in spans.items()},
        re.compile(rf"(?<!\w){ago}", re.IGNORECASE),
        str(told["numbers"]).split("|"),
        tuple(map(str, told["units"])),  # type: ignore[call-overload]
        _word("|".join([*days, *months, *spans.values(), re.sub(r"\((?!\?)", "(?:", ago)])),
    )
