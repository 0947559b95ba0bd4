"""What people say of suggested links: `confirm`, `reject`, `undo`, each by the suggestion's number. For the command line and the desk alike.

1. The decision is appended with who, when and why, and with the evidence as it was shown; the custody log has it, too.
2. A confirmed post is cited from then on: its link is confirmed, it is observed, its files are wanted.
3. What a decision teaches follows: another name of an account, and how likely a suggestion must be to be strong (`link/taught.py`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import WrongUse
from monitor.model.mention import Mention
from monitor.store import custody, editions, judgements, media, sights, suggestions, words_links
from monitor.store.jobs import enqueue
from monitor.store.judgements import Word
from monitor.store.open import Store
from monitor.store.suggestions import Suggested
from monitor.watching import cadence

AUTOMATIC = "svc:link"
"""Who decides where the settings let likely suggestions be confirmed by themselves: it teaches nothing."""
_SURE_NAME = 0.9
_SHORTEST_ALIAS = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """What a decision did, in words."""

    suggestion: int
    article_url: str
    platform: str
    post_id: str
    done: tuple[str, ...]


def confirm(store: Store, suggestion_id: int, *, actor: str, reason: str = "") -> Judged:
    """The article does speak of the post. Raises WrongUse for a number that no suggestion has, or one confirmed already."""
    now = clock.now()
    with store.change():
        about = _found(store, suggestion_id)
        if about.state == "confirmed":
            raise WrongUse(
                f"suggestion {suggestion_id} is confirmed already: `postwatch links undo {suggestion_id}` takes it back"
            )
        _append(store, about, Word("confirmed", actor, reason), now)
        words_links.confirm(store, about, actor, reason, now)
        done = [_watch(store, about.post, now)]
        if actor != AUTOMATIC and (alias := _learn(store, about)):
            done.append(alias)
        suggestions.settle_links(store, about.article_id, now)
        return _judged(store, about, done)


def reject(store: Store, suggestion_id: int, *, actor: str, reason: str = "") -> Judged:
    """The article does not speak of the post: the pair is not suggested again. Raises WrongUse as `confirm` does."""
    now = clock.now()
    with store.change():
        about = _found(store, suggestion_id)
        if about.state == "rejected":
            raise WrongUse(
                f"suggestion {suggestion_id} is rejected already: `postwatch links undo {suggestion_id}` takes it back"
            )
        _take_back(store, about, actor, reason, now)
        _append(store, about, Word("rejected", actor, reason), now)
        suggestions.settle_links(store, about.article_id, now)
        return _judged(store, about, ["the pair is not suggested again"])


def undo(store: Store, suggestion_id: int, *, actor: str, reason: str = "") -> Judged:
    """Takes the last decision back; it stays on record. Raises WrongUse where there is none."""
    now = clock.now()
    with store.change():
        about = _found(store, suggestion_id)
        if about.state == "open":
            raise WrongUse(f"nothing was decided on suggestion {suggestion_id}: confirm or reject it")
        _take_back(store, about, actor, reason, now)
        _append(store, about, Word("undone", actor, reason), now)
        suggestions.settle_links(store, about.article_id, now)
        return _judged(store, about, [f"it is a suggestion again, and was {about.state}"])


def _found(store: Store, suggestion_id: int) -> Suggested:
    about = suggestions.find(store, suggestion_id)
    if about is None:
        raise WrongUse(
            f"there is no suggestion {suggestion_id}: `postwatch links suggest` lists them with their numbers"
        )
    return about


def _append(store: Store, about: Suggested, word: Word, now: datetime) -> None:
    judgements.append(store, about, word, now)
    article, platform, post_id = words_links.names(store, about)
    fields = {
        "suggestion": about.id,
        "decision": word.decision,
        "reason": word.reason,
        "post": f"{platform}:{post_id}",
        "score": f"{about.score:.4f}",
        "level": about.level,
    }
    custody.append(store, "link-judged", f"article:{article}", fields, agent=word.actor)


def _judged(store: Store, about: Suggested, done: list[str]) -> Judged:
    return Judged(about.id, *words_links.names(store, about), tuple(filter(None, done)))


def _watch(store: Store, post: int, now: datetime) -> str:
    """The post is cited from now on: looked at again and again, its files wanted."""
    row = store.one("SELECT platform, post_id, url FROM post WHERE id = ?", post)
    assert row is not None
    first = now + cadence.interval(timedelta(0), close=True)
    sights.ensure(store, row["platform"], row["post_id"], row["url"], post, now, first)
    for media_id in media.want_again(store, post, now):
        enqueue(store, "fetch_media", str(media_id), {"media": media_id}, now=now, priority=3)
    return "the post counts as cited: it is watched and kept"


def _take_back(store: Store, about: Suggested, actor: str, reason: str, now: datetime) -> None:
    """What a confirmation did, as far as nothing else asks for it; what either decision taught."""
    if about.state == "confirmed":
        words_links.take_back(store, about, actor, reason, now)
        words_links.stop_watching(store, about.post)
    judgements.unlearn(store, about.article_id, about.post)


def _learn(store: Store, about: Suggested) -> str | None:
    """The name by which the confirmed mention calls the account, unless its own name and handle tell as much."""
    from monitor.link.names import Account, is_disguised, plain_name, same_name

    mention = _mention(store, about)
    row = store.one(
        "SELECT c.id, c.handle, c.name FROM post p JOIN account c ON c.id = p.account_id WHERE p.id = ?", about.post
    )
    if mention is None or not mention.author or row is None or not row["handle"]:
        return None
    account, name = Account(row["handle"], row["name"]), plain_name(mention.author)
    known = same_name(mention.author, account)
    if len(name) < _SHORTEST_ALIAS or is_disguised(account) or (known is not None and known.strength >= _SURE_NAME):
        return None
    last = store.value("SELECT max(id) FROM judgement WHERE suggestion_id = ?", about.id)
    judgements.learn(store, row["id"], name, mention.author, int(str(last)))
    return f"{mention.author} is known as @{row['handle']} from now on"


def _mention(store: Store, about: Suggested) -> Mention | None:
    """What the sentence says that the suggestion answers, read again from the words that were kept."""
    from monitor.articles.mentions import mentions_in

    cited = store.one("SELECT key FROM citation WHERE id = ?", about.citation_id) if about.citation_id else None
    row = store.one(
        "SELECT reading_sha256, language, published_at FROM article_version v JOIN article a ON a.id = v.article_id WHERE article_id = ? AND n = ?",
        about.article_id,
        about.version,
    )
    edition = editions.find(store, row["reading_sha256"]) if row is not None and cited is not None else None
    if edition is None or row is None or cited is None:
        return None
    found = mentions_in(edition.paragraphs, row["language"], clock.parse_or_none(row["published_at"]))
    return next((m for m in found if m.key == cited["key"]), None)
