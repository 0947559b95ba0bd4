"""How articles of each language attribute something to a platform: `tables(language)`, from the files in `words/`.

The files hold lists of words apart by "|", which may be regular expressions; here they become patterns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.stop_words import LANGUAGES, stop_words
from monitor.tables import rows

Pattern = re.Pattern[str]
_WORDS = Path(__file__).with_name("words")


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
        lone=stop_words(language),
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


@cache
def platforms() -> Mapping[str, Mapping[str, str]]:
    """The tables of platforms' names: place, near, other, credit."""
    told: dict[str, dict[str, str]] = {}
    for key, words in rows(_WORDS / "platforms.txt"):
        table, _, name = key.partition(".")
        told.setdefault(table, {})[name] = words
    return told


@cache
def _read(language: str) -> Mapping[str, str]:
    return dict(rows(_WORDS / f"{language}.txt"))


def _word(words: str) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _times(told: Mapping[str, str]) -> Times:
    days, months = told["weekdays"].split(";"), told["months"].split(";")
    spans = {name: told[name] for name in ("before_yesterday", "yesterday", "today", "last_week", "this_week")}
    ago = told["ago"]
    return Times(
        tuple(map(_word, days)),
        tuple(map(_word, months)),
        {name: _word(words) for name, words in spans.items()},
        re.compile(rf"(?<!\w){ago}", re.IGNORECASE),
        told["numbers"].split("|"),
        told["units"].split(";"),
        _word("|".join([*days, *months, *spans.values(), re.sub(r"\((?!\?)", "(?:", ago)])),
    )
