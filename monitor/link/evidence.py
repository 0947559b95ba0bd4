"""Why a post is suggested, in passages side by side that an editor can judge at a glance: `evidence(told, found, pool, model)`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from monitor.link.common import is_common
from monitor.link.names import How, alike, handle_stem, parts, plain_name
from monitor.link.overlap import Run
from monitor.link.passages import marked
from monitor.link.pool import Pool
from monitor.link.rank import LONGEST_POST, Ranked
from monitor.link.terms import POSSESSIVE, Term, terms_of
from monitor.link.told import Told
from monitor.link.weights import Weights
from monitor.model.linking import Candidate, Evidence, EvidenceKind

_WORTH_MARKING = 2.5
"""What a word must tell to be marked, in natural units: "the" is none."""
_QUOTE = 4
"""Words in a row that are shown as a passage of their own."""
_FITS: Mapping[How, str] = {
    "alias": "a name that it is known by",
    "handle": "its handle",
    "full": "its name, as this language or alphabet writes it",
    "organisation": "its name, or its short name",
    "last": "its last name alone",
    "site": "the publisher's own account",
}
_MARKS = '“”„«»"‘’「」'


def evidence(told: Told, found: Ranked, pool: Pool, model: Weights) -> tuple[Evidence, ...]:
    """The reasons, the heaviest first."""
    post = pool.posts[found.seen.number]
    terms = terms_of(post.text[:LONGEST_POST])
    reasons = [
        *_words(told, found, post, terms, pool, model),
        *_run(told, found, post, terms, model),
        *_tags(told, found, post, terms, pool, model),
        *_numbers(told, post, terms, pool),
        *_name(told, found, post, model),
        *_media(found, post, model),
        *_time(told, found, post, model),
    ]
    return tuple(sorted(reasons, key=lambda reason: -reason.weight))


def _words(
    told: Told, found: Ranked, post: Candidate, terms: Sequence[Term], pool: Pool, model: Weights
) -> Iterator[Evidence]:
    telling = {t.key for t in terms if t.kind not in ("tag", "handle") and _is_telling(t.key, pool)}
    number = found.seen.overlap.paragraph
    here = [(t.start, t.end) for t in told.terms[number] if t.key in telling]
    if not here:
        return
    shared = telling & {t.key for t in told.terms[number]}
    there = [(t.start, t.end) for t in terms if t.key in shared]
    weight = model.tells(found.features, "coverage") + model.tells(found.features, "passage")
    yield _reason("words", marked(told.paragraphs[number], here), marked(post.text, there), weight, number)


def _is_telling(key: str, pool: Pool) -> bool:
    return pool.rarity(key) >= _WORTH_MARKING and not is_common(key)


def _run(told: Told, found: Ranked, post: Candidate, terms: Sequence[Term], model: Weights) -> Iterator[Evidence]:
    run = found.seen.overlap.run
    if run is None or run.length < _QUOTE:
        return
    number = told.paragraph_of[run.article_end]
    first = _first(told, run, number)
    start, end = told.spans[first][0], told.spans[run.article_end][1]
    row = [t for t in terms[: run.post_end + 1] if t.kind not in ("tag", "handle")][-run.length :]
    text = told.paragraphs[number]
    yield _reason(
        "quote" if _is_quoted(text, start, end) else "words",
        marked(text, [(start, end)]),
        marked(post.text, [(row[0].start, row[-1].end)]),
        model.tells(found.features, "run"),
        number,
    )


def _first(told: Told, run: Run, number: int) -> int:
    """Where the row begins, within the paragraph in which it ends."""
    first = run.article_end
    while first > run.article_end - run.length + 1 and told.paragraph_of[first - 1] == number:
        first -= 1
    return first


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether marks of quotation stand on both sides."""
    return any(mark in text[:start] for mark in _MARKS) and any(mark in text[end:] for mark in _MARKS)


def _tags(
    told: Told, found: Ranked, post: Candidate, terms: Sequence[Term], pool: Pool, model: Weights
) -> Iterator[Evidence]:
    tags = [t for t in terms if t.kind in ("tag", "handle") and t.key in told.joined]
    if not tags:
        return
    best = max(tags, key=lambda tag: pool.rarity(tag.key))
    number = min(told.joined[best.key])
    there = [(t.start, t.end) for t in tags]
    text = told.paragraphs[number]
    yield _reason(
        "tag",
        marked(text, _spans_of(text, best.key)),
        marked(post.text, there),
        model.tells(found.features, "tag"),
        number,
    )


def _spans_of(text: str, joined: str) -> list[tuple[int, int]]:
    """Where a row of words stands that is written as one in a hashtag or handle, or the hashtag itself."""
    plain = [t for t in terms_of(text) if t.kind not in ("tag", "handle")]
    for n in range(len(plain)):
        for length in (1, 2, 3):
            row = plain[n : n + length]
            if "".join(text[t.start : t.end].lower() for t in row) == joined:
                return [(row[0].start, row[-1].end)]
    return [(t.start, t.end) for t in terms_of(text) if t.key == joined]


def _numbers(told: Told, post: Candidate, terms: Sequence[Term], pool: Pool) -> Iterator[Evidence]:
    shared = {t.key for t in terms if t.kind == "number" and len(t.key) > 1 and t.key in told.places}
    if not shared:
        return
    number = min(min(told.paragraphs_with(key)) for key in shared)
    here = [(t.start, t.end) for t in told.terms[number] if t.key in shared]
    there = [(t.start, t.end) for t in terms if t.key in shared]
    # Numbers count among the words; what is told here is how rare they are, a little.
    weight = min(1.0, max(pool.rarity(key) for key in shared) / 10)
    yield _reason("number", marked(told.paragraphs[number], here), marked(post.text, there), weight, number)


def _name(told: Told, found: Ranked, post: Candidate, model: Weights) -> Iterator[Evidence]:
    named = found.seen.named
    if named is None:
        return
    weight = sum(model.tells(found.features, name) for name in ("name", "said", "there"))
    said = found.seen.saying
    account = " ".join(filter(None, [post.author_name, post.handle and f"(@{post.handle})"]))
    account = f"{account}: {_FITS[named.match.how]}"
    number = said.mention.paragraph if said else min(named.paragraphs, default=None)
    if number is None:
        yield _reason("name", named.match.why, account, weight, None)
        return
    yield _reason("name", marked(told.paragraphs[number], _name_spans(told, number, post)), account, weight, number)


def _name_spans(told: Told, number: int, post: Candidate) -> list[tuple[int, int]]:
    """Where the account's name stands in a paragraph, in whatever spelling."""
    names = {*parts(post.author_name or ""), handle_stem(post.handle or ""), (post.handle or "").lower()} - {""}
    text = told.paragraphs[number]
    written = ((term, plain_name(POSSESSIVE.sub("", text[term.start : term.end]))) for term in told.terms[number])
    return [(term.start, term.end) for term, plain in written if any(alike(plain, name) for name in names)]


def _media(found: Ranked, post: Candidate, model: Weights) -> Iterator[Evidence]:
    said = found.seen.saying
    if said is None or not found.features.media:
        return
    article = f"{marked(said.mention.sentence, ())} [tells of a {said.mention.media}]"
    holds = f"has {', '.join(sorted(set(post.media)))}"
    yield _reason("media", article, holds, model.tells(found.features, "media"), said.mention.paragraph)


def _time(told: Told, found: Ranked, post: Candidate, model: Weights) -> Iterator[Evidence]:
    if told.story.published_at is None or post.posted_at is None or found.seen.timing.hours is None:
        return
    weight = sum(model.tells(found.features, name) for name in ("age", "late", "crowd", "own_crowd", "day"))
    said = found.seen.saying
    dated = said is not None and said.fits is not None
    article = marked(said.mention.sentence, ()) if said and dated else f"published {_shown(told.story.published_at)}"
    how = f"posted {_shown(post.posted_at)}, {_apart(found.seen.timing.hours)}"
    yield _reason("time", article, how, weight, said.mention.paragraph if said and dated else None)


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _apart(hours: float) -> str:
    span = abs(hours)
    told = f"{span * 60:.0f} minutes" if span < 2 else f"{span:.0f} hours" if span < 72 else f"{span / 24:.0f} days"
    return f"{told} {'before' if hours >= 0 else 'after'} the article"


def _reason(kind: EvidenceKind, article: str, post: str, weight: float, number: int | None) -> Evidence:
    return Evidence(kind, article, post, round(weight, 2), number or None)
