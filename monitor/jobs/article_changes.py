"""What a reading of an article changed against the one before, told; and when it is read again."""

from collections.abc import Sequence

from monitor import clock
from monitor.articles.changes import compared
from monitor.articles.tombstones import is_tombstone
from monitor.jobs.context import Context
from monitor.jobs.telling import shortened, tell
from monitor.model.alert import Fact
from monitor.model.article import Reading
from monitor.model.edition import CitationChange
from monitor.store import article_turns
from monitor.store.article_turns import Before
from monitor.watching import cadence


def plan_next(context: Context, article_id: int) -> None:
    """Sets when the article is read again."""
    turn, options = article_turns.turn_of(context.store, article_id), context.options.articles
    ages: Sequence[int] = options.read_again if turn.close else options.read_others_again if turn.cites else ()
    article_turns.plan(context.store, article_id, cadence.next_reading(turn.published_at, clock.now(), ages))


def tell_changes(context: Context, article_id: int, known: Before, reading: Reading) -> None:
    """Citations removed and replaced, embeds that show nothing any more, notes of correction. Call it inside the change."""
    if known.version == 0:
        return
    turn = article_turns.turn_of(context.store, article_id)
    name = f"“{shortened(reading.title or turn.url, 90)}”"
    versions = article_turns.last_two(context.store, article_id)
    if len(versions) == 2 and versions[1].number > known.version:
        before, after = versions[0].edition, versions[1].edition
        for change in compared(before, after).citations if before and after else ():
            if change.kind in ("removed", "replaced"):
                key = f"{change.kind}:{change.cited.key}:{versions[1].number}"
                _tell(context, turn, key, f"{name} {_words(change)}")
    for citation in reading.citations:
        words = citation.places[0].text
        if citation.kind == "embed" and is_tombstone(words) and not is_tombstone(known.embeds.get(citation.key, words)):
            key = f"tombstone:{citation.key}"
            what = f"shows nothing any more where it embeds a post on {citation.platform}: {shortened(words, 80)}"
            _tell(context, turn, key, f"{name} {what}", priority="normal")
    for note in reading.corrections:
        if note.text not in known.corrections:
            _tell(
                context,
                turn,
                f"correction:{note.text[:80]}",
                f"{name} carries a correction: {shortened(note.text, 120)}",
            )


def _words(change: CitationChange) -> str:
    where = f"in paragraph {change.before[0]}" if change.before else "outside its text"
    address = change.cited.url or f"{change.cited.platform}:{change.cited.post_id}"
    if change.kind == "replaced" and change.by is not None:
        return f"cites {change.by.url or change.by.post_id} now {where}, in the place of {address}"
    return f"no longer cites {address} ({where} before)"


def _tell(context: Context, turn: article_turns.Turn, key: str, subject: str, priority: str = "info") -> None:
    what = key.partition(":")[0]
    tell(
        context,
        Fact(
            kind="article_changed",
            dedup_key=f"article_changed:{turn.url}:{key}",
            subject=subject,
            happened_at=clock.now(),
            priority=priority,
            payload={"article_url": turn.url, "change": what, "articles": [turn.url]},
        ),
    )
