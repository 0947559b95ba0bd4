"""Posts that an article refers to in words only: sentences that attribute something to a platform, and picture credits.

`mentions_in(paragraphs, ...)` reads them; `with_mentions(citations, ...)` puts them among an article's citations. A letter X alone is
no platform: it counts only where something is published on it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from monitor.articles.about.language import settled
from monitor.articles.mentions_author import Act, author_of
from monitor.articles.mentions_quote import Quote, beside, quotes
from monitor.articles.mentions_tables import Table, platforms, tables
from monitor.articles.mentions_time import posted
from monitor.model.article import Citation, Place
from monitor.model.mention import Mention
from monitor.model.post import MediaKind

_SENTENCE_END = re.compile(r"(?<=[.!?…:])(?<! [A-Z]\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSen\.)(?<!\bRep\.)(?<!\bGov\.)(?<!\b\d\.)(?<!\b\d\d\.)[\"“”»’')\]]*\s+(?=[\"“„«(\[]?[A-ZÀ-ÞĄ-ŻА-ЯЁІЇЄҐ0-9@#])")  # fmt: skip
_LONGEST = 2_000
_LONGEST_CREDIT = 160
_SAID_WITHIN = 60
"""Characters between a verb of saying and the platform's name."""
_POSTED_WITHIN = 200
_THING_WITHIN = 40
_LONGEST_NEXT = 400
_REASONS = {
    "words": (0.8, "attributed in words, without an address"),
    "hint": (0.4, "the platform is named, but not who posted what"),
    "credit": (0.4, "a picture's credit names the platform"),
}
_HANDLE = re.compile(r"(?<![\w.])@(\w{2,30})|(?:/|\b)(?:x|twitter|instagram|tiktok|t)\.(?:com|me)/@?(\w{2,30})")


def with_mentions(
    citations: Sequence[Citation],
    paragraphs: Sequence[str],
    language: str | None,
    published_at: datetime | None = None,
) -> tuple[Citation, ...]:
    """The citations, and after them one for each sentence that attributes something to a platform.

    None where the paragraph or its neighbour holds an embed or link of that platform: the words speak of that.
    """
    shown = {
        (citation.platform, near)
        for citation in citations
        if citation.confidence >= 0.5
        for place in citation.places
        if place.paragraph is not None
        for near in (place.paragraph - 1, place.paragraph, place.paragraph + 1)
    }
    added: dict[str, Citation] = {}
    for mention in mentions_in(paragraphs, language, published_at):
        if (mention.platform, mention.paragraph) not in shown:
            citation = _citation(mention)
            added.setdefault(citation.key, citation)
    return (*citations, *added.values())


def mentions_in(
    paragraphs: Sequence[str], language: str | None, published_at: datetime | None = None
) -> tuple[Mention, ...]:
    """Every sentence and credit that names a platform as the place of a post, in order."""
    return tuple(_mentions(paragraphs, language or settled(None, paragraphs), published_at))


def _mentions(paragraphs: Sequence[str], language: str | None, published_at: datetime | None) -> Iterator[Mention]:
    for number, paragraph in enumerate(paragraphs, 1):
        if not _named().search(paragraph):
            continue
        told = quotes(paragraph)
        credit = _credit(paragraph, number)
        if credit:
            yield credit
            continue
        before = list(paragraphs[number - 2 : number - 1]) if number > 1 else []
        after = paragraphs[number] if number < len(paragraphs) else ""
        for start, sentence in _sentences(paragraph):
            earlier = [paragraph[:start], *before] if start else before
            for table in tables(language):
                found = list(_in_sentence(sentence, start, number, told, earlier, table, published_at))
                if found:
                    yield from (_with_next(m, paragraph, start + len(sentence), after) for m in found)
                    break


def _sentences(paragraph: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in [*_SENTENCE_END.finditer(paragraph), None]:
        stop = end.start() if end else len(paragraph)
        # Marks that close a quotation belong to the sentence before them.
        close = re.match(r"[\"“”»’')\]]*", paragraph[stop:])
        stop += close.end() if end and close else 0
        for line in re.finditer(r"[^\n]+", paragraph[start:stop]):
            if len(line.group()) <= _LONGEST:
                yield start + line.start(), line.group()
        start = end.end() if end else stop


def _in_sentence(
    sentence: str,
    start: int,
    number: int,
    told: Sequence[Quote],
    before: Sequence[str],
    table: Table,
    published_at: datetime | None,
) -> Iterator[Mention]:
    found = _named().search(sentence)
    if not found or table.denials.search(sentence):
        return
    words = beside(told, start, start + len(sentence))
    inside = [(q.start - start, q.end - start) for q in told]
    if table.selves.search(_without(sentence, inside)):
        return
    plain = _other().sub(lambda m: " " * len(m.group()), sentence)
    for platform in platforms()["place"]:
        acts = _acts(plain, platform, table, has_quote=bool(words))
        if not acts:
            continue
        name, handle = author_of(sentence, acts, before, table, inside)
        first, last = posted(sentence, published_at, table)
        deeds = any(not act.is_thing or _is_inside(sentence, act, table) for act in acts) or sentence.rstrip().endswith(
            ":"
        )
        media = _media(sentence, table)
        known = name or handle or words or first or media or table.pronouns.search(sentence) or _role(sentence, table)
        owned = name is not None and table.own_things.search(sentence) is not None
        yield Mention(
            platform,
            number,
            sentence.strip(),
            "words" if (deeds and known) or owned else "hint",
            name,
            handle,
            words,
            first,
            last,
            media,
        )


def _without(sentence: str, stretches: Sequence[tuple[int, int]]) -> str:
    """The sentence without what stands in quotation marks."""
    for first, last in stretches:
        first, last = max(0, first), min(len(sentence), max(0, last))
        sentence = sentence[:first] + " " * (last - first) + sentence[last:]
    return sentence


def _is_inside(sentence: str, act: Act, table: Table) -> bool:
    """Whether it is told what a thing holds: "in a tweet", "in einem Beitrag"."""
    return re.search(rf"{table.before}(?:\w+\W+){{0,2}}$", sentence[: act.start]) is not None


def _role(sentence: str, table: Table) -> bool:
    return any(word in table.roles for word in re.findall(r"[\w-]+", sentence.lower()))


def _acts(sentence: str, platform: str, table: Table, *, has_quote: bool) -> list[Act]:
    """The words that say that something was published on the platform; none where it is not named as a place."""
    acts: list[Act] = []
    if platform == "x" and not _birds().search(sentence):
        acts += [Act(m.start(), m.end()) for m in table.own.finditer(sentence)]
        acts += [
            Act(m.start(), m.end(), True) for m in table.own_things.finditer(sentence) if _is_ones(sentence, m, table)
        ]
    for place in _place(platform, table).finditer(sentence):
        acts += _acts_near(sentence, place.start(), place.end(), table)
        acts += [
            Act(u.start(), u.end(), True)
            for u in table.user.finditer(sentence[: place.end() + 12])
            if u.end() > place.start() - 12
        ]
    if acts and not has_quote and _business().search(sentence) and not table.own.search(sentence):
        return []
    return acts


def _acts_near(sentence: str, start: int, end: int, table: Table) -> list[Act]:
    near: list[Act] = []
    for pattern, reach, is_thing in (
        (table.posts, _POSTED_WITHIN, False),
        (table.says, _SAID_WITHIN, False),
        (table.things, _THING_WITHIN, True),
    ):
        for act in pattern.finditer(sentence):
            apart = start - act.end() if act.end() <= start else act.start() - end
            if -1 <= apart <= reach:
                shows = bool(table.video.fullmatch(act.group()) or table.photo.fullmatch(act.group()))
                near.append(Act(act.start(), act.end(), is_thing, shows))
    return near


def _is_ones(sentence: str, found: re.Match[str], table: Table) -> bool:
    """Whether a tweet is somebody's: "in a tweet", "Musk's tweets", "tweet by", "deleted tweet"."""
    before, after = sentence[: found.start()].rstrip(), sentence[found.end() :]
    own = re.search(r"(?:['’]s?|\w+)$", before)
    return bool(own) or bool(re.match(r"\s*[\"“„«:]|\s+\w", after))


def _media(sentence: str, table: Table) -> MediaKind | None:
    if table.video.search(sentence):
        return "video"
    return "photo" if table.photo.search(sentence) else None


def _with_next(mention: Mention, paragraph: str, end: int, after: str) -> Mention:
    """With the next paragraph as the quotation, where the sentence ends the paragraph with a colon."""
    from dataclasses import replace

    if mention.quotes or paragraph[end:].strip() or not mention.sentence.rstrip('"”»').endswith(":"):
        return mention
    words = after.strip().strip('"“”„«»').strip()
    return replace(mention, quotes=(words,)) if 0 < len(words) <= _LONGEST_NEXT else mention


def _credit(paragraph: str, number: int) -> Mention | None:
    """A picture's credit that names a platform: short, begins like a credit or names a screenshot."""
    for line in paragraph.split("\n"):
        found = _credits().match(line) if len(line) < _LONGEST_CREDIT else None
        if found:
            handle = _HANDLE.search(line)
            platform = next(name for name in platforms()["credit"] if name != "heads" and found[name])
            media: MediaKind = (
                "video" if re.search(r"video|wideo|відео|видео|vídeo|vidéo|still", line, re.I) else "photo"
            )
            return Mention(
                platform, number, line.strip(), "credit", None, handle and (handle[1] or handle[2]), media=media
            )
    return None


def _citation(mention: Mention) -> Citation:
    confidence, reason = _REASONS[mention.how]
    place = Place(
        mention.paragraph,
        f"paragraph {mention.paragraph}",
        "mention",
        f"{mention.platform}.{mention.how}",
        mention.sentence[:500],
    )
    return Citation(
        mention.platform,
        None,
        None,
        "mention",
        mention.handle,
        (place,),
        confidence,
        reason,
        mention,
    )


@cache
def _named() -> re.Pattern[str]:
    """One look at a text for any platform's name, or a word that holds one."""
    places = "|".join(rf"(?<!\w){place}" for place in platforms()["place"].values())
    return re.compile(rf"(?i:tweet|twitt|tuit|tuít|tweec|ćwierk|cinguett|trino|твіт|твит)|{places}")


@cache
def _place(platform: str, table: Table) -> re.Pattern[str]:
    """The platform's name where it is a place; X also where it is named so that the letter can be nothing else."""
    near = platforms()["near"].get(platform)
    return re.compile(
        rf"{table.before}{platforms()['place'][platform]}" + (f"|{near}" if near else "") + _by_account(platform, table)
    )


def _by_account(platform: str, table: Table) -> str:
    """ "The official WBC Twitter account", "Twitter user @demo"."""
    name = "Twitter|X" if platform == "x" else platforms()["place"][platform]
    return rf"|(?<!\w)(?:{name})[ -](?i:{table.user.pattern})" if table.language in ("en", "de") else ""


@cache
def _other() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{platforms()['other']['all']})(?!\w)")


@cache
def _birds() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{platforms()['other']['birds']})(?!\w)", re.IGNORECASE)


@cache
def _business() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{platforms()['other']['business']})(?!\w)", re.IGNORECASE)


@cache
def _credits() -> re.Pattern[str]:
    told = platforms()["credit"]
    names = "|".join(f"(?P<{name}>{words})" for name, words in told.items() if name != "heads")
    return re.compile(
        rf"^\W*(?i:{told['heads']})(?!\w)[^!?]{{0,100}}?(?:[,/:|©(–-]\s*|\s(?:via|from|on|auf|na|sur|en|su|no|в|у)\s+)(?:via )?(?:{names})(?![\w-])"
    )
