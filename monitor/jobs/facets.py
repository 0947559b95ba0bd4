"""What the newsroom's rules can ask of a fact, filled in from the ledger: articles, publishers, desks, language, files."""

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.model.alert import Fact

if TYPE_CHECKING:
    from monitor.store.open import Store


def completed(store: "Store", fact: Fact) -> Fact:
    """The fact with what it leaves open, as far as we know it."""
    payload = fact.payload
    listed = payload.get("articles")
    articles = fact.articles or (tuple(map(str, listed)) if isinstance(listed, list | tuple) else ())
    post_id = payload.get("post_id") or payload.get("cited_post_id")
    post = _post(store, fact.platform, str(post_id)) if fact.platform and post_id else {}
    publishers, desks, languages = _of_articles(store, articles)
    account = fact.account_id or str(post.get("stable_id") or "") or None
    watched = _watched_by(store, fact.platform, account)
    return replace(
        fact,
        account_id=account,
        handle=fact.handle or _text(post.get("handle")) or None,
        articles=articles,
        publishers=fact.publishers or publishers,
        desks=fact.desks or tuple(dict.fromkeys((*desks, *watched))),
        language=fact.language or _text(post.get("language")) or (languages[0] if languages else ""),
        media=fact.media or tuple(_text(post.get("kinds")).split()),
        tells_of=fact.tells_of or _about(fact, post, str(post_id) if post_id else ""),
    )


def _about(fact: Fact, post: dict[str, object], post_id: str) -> str:
    """What all that happens to one post, one account or one watch has in common."""
    if fact.platform and post_id:
        return f"post:{fact.platform}:{post.get('post_id') or post_id}"
    if fact.platform and fact.account_id:
        return f"account:{fact.platform}:{fact.account_id}"
    return fact.dedup_key


def _text(value: object) -> str:
    return str(value) if value else ""


def _post(store: "Store", platform: str, post_id: str) -> dict[str, object]:
    row = store.one(
        """SELECT p.post_id, p.language, a.platform_id AS stable_id, a.handle,
            (SELECT group_concat(DISTINCT m.kind) FROM media m WHERE m.post = p.id) AS kinds
        FROM post_chain c JOIN post p ON p.id = c.post JOIN account a ON a.id = p.account_id
        WHERE c.platform = ? AND c.version_id = ?""",
        platform,
        post_id,
    )
    if row is None:
        return {}
    return {**dict(row), "kinds": _text(row["kinds"]).replace(",", " ")}


def _of_articles(store: "Store", urls: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if not urls:
        return (), (), ()
    marks = ",".join("?" * len(urls))
    rows = store.all(
        f"SELECT publisher, desk, language FROM article WHERE url IN ({marks}) ORDER BY own DESC, id", *urls
    )
    columns = [tuple(dict.fromkeys(row[n] for row in rows if row[n])) for n in range(3)]
    return columns[0], columns[1], columns[2]


def _watched_by(store: "Store", platform: str | None, account: str | None) -> tuple[str, ...]:
    if not platform or not account:
        return ()
    rows = store.all(
        """SELECT DISTINCT w.desk FROM watch w JOIN account a ON a.id = w.account_id
        WHERE a.platform = ? AND a.platform_id = ? AND w.kind = 'account' AND w.desk != '' AND w.state != 'paused' ORDER BY w.id""",
        platform,
        account,
    )
    return tuple(row[0] for row in rows)
