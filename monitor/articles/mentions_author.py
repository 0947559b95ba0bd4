"""Who posted, as far as a sentence tells: `author_of(sentence, acts, before, table)`.

The name right before the verb, or after it where the language or a quotation turns them round; the owner of "tweet"; the name after
"by"; and for "he" or "she" the last name told before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.articles.mentions_tables import Table

_PARTICLES = "de|da|do|dos|das|di|del|della|der|den|van|von|zu|bin|ibn|al|el|la|le|du|af|ter|ten|y|e"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĹĻŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁІЇЄҐ"
_PART = rf"(?:[A-Z]\.|(?:Mc|Mac|O['’]|D['’]|al-|Al-)?[{_CAPITAL}](?:[\w'’ʼ]*[\w])?(?:-[\w]+)*)"
_NAME = re.compile(rf"(?<![\w@#])(?P<name>{_PART}(?:(?: (?:{_PARTICLES}))* {_PART}){{0,5}})")
_HANDLE = re.compile(r"(?<![\w/.])@(\w{2,30})")
_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"[\w'’-]+")
_PLATFORM = re.compile(
    r"^(?:X[.,]?|Twitter\w*|Telegram\w*|Facebook\w*|Instagram\w*|Insta|TikTok\w*|YouTube|Bluesky|Mastodon\w*|Threads|Reddit\w*|"
    r"Твит\w+|Тві\w+|Телеграм\w*|Фейсбу\w+|Ін?стаграм\w*|Инстаграм\w*|ТикТок\w*|ТікТо\w+|Ютуб\w*|Video|Videos|Foto|Fotos|Bild|Story|Reel)(?:-\w+)?$"
)
_NEAR_WORDS = 4
_SURE = 2.6
"""What a name must be worth to be the author; a pronoun's name is taken instead of a weaker one."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """A word that says that something was posted, and whether it is a thing ("tweet") rather than a deed ("tweeted")."""

    start: int
    end: int
    is_thing: bool = False
    shows: bool = False
    """Whether it is a picture or a clip, "of" which tells what it shows."""


def author_of(
    sentence: str, acts: Sequence[Act], before: Sequence[str], table: Table, quoted: Sequence[tuple[int, int]] = ()
) -> tuple[str | None, str | None]:
    """The author's name and handle as written, each None where the words do not tell.

    `before`: what was told before, the nearest first. `quoted`: stretches of the sentence whose names are somebody else's words.
    """
    handle = _HANDLE.search(sentence)
    names = [n for n in names_in(sentence, table) if not any(s <= n.start < e for s, e in quoted)]
    ranked = [(_worth(sentence, name, names, act, table), -name.start, name) for name in names for act in acts]
    best = max(ranked, default=None, key=lambda r: r[:2])
    name = _owner(sentence, best[2], acts, table) if best and best[0] >= _SURE else None
    if name is None and table.pronouns.search(sentence):
        name = _last_named(before, table)
    if name is None and best and best[0] > 0 and not table.pronouns.search(sentence):
        name = best[2].text
    return name, handle[1] if handle else None


def _owner(sentence: str, name: Span, acts: Sequence[Act], table: Table) -> str:
    """The name, without the German genitive's s right before what is owned."""
    owned = any(act.is_thing and not sentence[name.end : act.start].strip() for act in acts if act.start >= name.end)
    return name.text[:-1] if owned and table.language == "de" and name.text.endswith("s") else name.text


def names_in(sentence: str, table: Table) -> Iterator[Span]:
    """Capitalised names, without roles, platforms, and words that only begin a sentence."""
    for found in _NAME.finditer(sentence):
        words = [(m.start(), m.group()) for m in re.finditer(r"\S+", found["name"])]
        while words and _begins_no_name(words[0][1], table):
            words.pop(0)
        role = max((n for n, (_, w) in enumerate(words[:-1]) if _is_role(w, table)), default=-1)
        words = words[role + 1 :]
        cut = next((n for n, (_, w) in enumerate(words) if _PLATFORM.match(w)), len(words))
        words = words[:cut]
        while words and _begins_no_name(words[-1][1], table):
            words.pop()
        if words:
            start = found.start() + words[0][0]
            text = sentence[start : found.start() + words[-1][0] + len(words[-1][1])]
            if len(text) > 1 and (len(words) > 1 or text.lower() not in table.lone):
                yield Span(start, start + len(text), _POSSESSIVE.sub("", text))


def _is_role(word: str, table: Table) -> bool:
    """A role, alone or as the end of a compound: "Mayor", "Parteigründer" written "Partei-Gründer"."""
    plain = word.lower().rstrip(".,")
    return plain in table.roles or plain.rpartition("-")[2] in table.roles


def _begins_no_name(word: str, table: Table) -> bool:
    plain = _POSSESSIVE.sub("", word).lower().rstrip(".")
    return (
        plain in table.small
        or plain in table.roles
        or bool(_PLATFORM.match(word))
        or any(p.fullmatch(plain) for p in (table.posts, table.says, table.things, table.user))
        or bool(table.times.any.fullmatch(plain))
    )


def _worth(sentence: str, name: Span, names: Sequence[Span], act: Act, table: Table) -> float:
    if name.start < act.end and act.start < name.end:
        return 0.0
    if name.end <= act.start:
        return _worth_before(sentence, name, names, act, table)
    return _worth_after(sentence[act.end : name.start], act, table)


def _worth_before(sentence: str, name: Span, names: Sequence[Span], act: Act, table: Table) -> float:
    between = sentence[name.end : act.start]
    words = _words(between)
    owner = sentence[name.start : name.end] != name.text
    first = bool(names) and name.start == names[0].start
    if act.is_thing:
        return _worth_of_owner(between, name, table, owner=owner, first=first)
    if not words:
        # A comma right before the verb closes an apposition, whose noun is not the name.
        return 4.0 if "," in between else 6.0
    if not re.search(r"[.;:]", between) and all(_is_light(w, table) for w in words):
        return 6.0 - 0.1 * len(words)
    if re.match(r"\s*[,(–—]", between) and re.search(r"[,)–—]\s*(?:[\w'’]+\s){0,2}$", between) and len(words) < 25:
        return 5.0
    return max(_by_user(between, table), 2.2 + 0.6 * first - 0.05 * min(len(words), 20))


def _worth_of_owner(between: str, name: Span, table: Table, *, owner: bool, first: bool) -> float:
    words = _words(between)
    if owner and len(words) <= 2:
        return 6.0
    if not words and table.language == "de" and name.text.endswith("s"):
        return 6.0
    if len(words) == 1 and _PLATFORM.match(between.strip()):
        return 5.0
    return max(_by_user(between, table), 2.7 if first and len(words) <= _NEAR_WORDS else 0.0)


def _worth_after(between: str, act: Act, table: Table) -> float:
    words = _words(between)
    if re.search(r"[.;:!?]", between):
        return 0.0
    if words and len(words) <= 2 and words[-1] in (table.agents if act.shows else table.by):
        return 6.0
    if not words:
        return 5.5 if not act.is_thing or table.language in ("pl", "uk", "ru", "de") else 0.5
    if all(_is_light(w, table) or w in table.roles for w in words) and len(words) <= _NEAR_WORDS:
        return 4.5
    if table.language != "en" and len(words) <= _NEAR_WORDS and "," not in between and not act.is_thing:
        return 3.0
    return 0.6 - 0.02 * min(len(words), 20)


def _by_user(between: str, table: Table) -> float:
    """For "the WBC Twitter account" and the like, where the name stands before the platform."""
    return 3.0 if len(_words(between)) <= 3 and table.user.search(between) else 0.0


def _is_light(word: str, table: Table) -> bool:
    return word in table.skip or word in table.roles or word in table.by or len(word) < 3


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def _last_named(before: Sequence[str], table: Table) -> str | None:
    """The first full name of the nearest text before that holds one, else its first name of one word."""
    for text in before[:3]:
        names = list(names_in(text, table))
        whole = [n for n in names if " " in n.text]
        if whole or names:
            return (whole or names)[0].text
    return None
