"""The endpoints that give posts in pages, newest first: an account's timeline and the search of the last seven days."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from monitor import clock
from monitor.demo.world.x.expansions import Includes, body_of
from monitor.demo.world.x.ids import base36, first_id_at
from monitor.demo.world.x.problems import trouble_with_user, user_not_authorized
from monitor.demo.world.x.query import Query
from monitor.demo.world.x.state import XPost, XState

Json = dict[str, Any]


def timeline(state: XState, query: Query) -> Json:
    """`/2/users/{id}/tweets`: the newest 3,200 posts, or 800 of them without replies."""
    user_id = query.path["id"]
    account = state.accounts.get(user_id)
    error = trouble_with_user(account, user_id, "id")
    if account is not None and account.protected and error is None:
        error = user_not_authorized(user_id, "id")
    if error is not None or account is None:
        return {"errors": [error]}
    excluded = query.items("exclude")
    shown = state.shown_posts(account)[: 800 if "replies" in excluded else 3200]
    kept = [
        p for p in shown if not ("retweets" in excluded and p.reposts) and not ("replies" in excluded and p.reply_to)
    ]
    return _page(state, query, kept, query.number("max_results", 10))


def search(state: XState, query: Query, now: datetime) -> Json:
    """`/2/tweets/search/recent`: posts of seven days that fit the query."""
    fits = fitting(state, query.values["query"])
    oldest = now - timedelta(days=7)
    shown = [
        p
        for account in state.accounts.values()
        if account.standing == "active" and not account.protected
        for p in state.shown_posts(account)
        if p.created_at >= oldest and fits(p)
    ]
    shown.sort(key=lambda p: int(p.id), reverse=True)
    return _page(state, query, shown, query.number("max_results", 10))


def fitting(state: XState, text: str) -> Callable[[XPost], bool]:
    """Whether a post fits a query of `from:`s joined by OR, `has:`, `is:`, each perhaps negated, and plain words."""
    words = [w for w in text.replace("(", " ").replace(")", " ").split() if w not in ("OR", "AND")]
    authors = {w.removeprefix("from:").lstrip("@").lower() for w in words if w.startswith("from:")}
    others = [w for w in words if not w.startswith("from:")]

    def fits(post: XPost) -> bool:
        author = state.accounts[post.author_id]
        if authors and not authors & {author.username.lower(), author.id}:
            return False
        return all(_has(post, w.lstrip("-")) != w.startswith("-") for w in others)

    return fits


def _has(post: XPost, word: str) -> bool:
    kinds = {m.kind for m in post.media}
    answers = {
        "has:media": bool(kinds),
        "has:videos": "video" in kinds,
        "has:video_link": "video" in kinds,
        "has:images": "photo" in kinds,
        "has:links": bool(post.links),
        "is:retweet": post.reposts is not None,
        "is:reply": post.reply_to is not None,
        "is:quote": post.quotes is not None,
    }
    return answers.get(word, word.strip('"').lower() in post.text.lower())


def _page(state: XState, query: Query, posts: Sequence[XPost], size: int) -> Json:
    values = query.values
    token = values.get("pagination_token") or values.get("next_token")
    below = min(
        int(token, 36) if token else 1 << 64,
        int(values.get("until_id", 1 << 64)),
        _edge(values.get("end_time"), 1 << 64),
    )
    above = max(int(values.get("since_id", 0)), _edge(values.get("start_time"), 0) - 1)
    fitting_posts = [p for p in posts if above < int(p.id) < below]
    page = fitting_posts[:size]
    includes = Includes(state, query)
    body = body_of(includes.objects_of(page), includes, [])
    meta: Json = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if len(fitting_posts) > size:
        meta["next_token"] = base36(int(page[-1].id))
    if token and "query" not in values:
        meta["previous_token"] = base36(below)
    return body | {"meta": meta}


def _edge(value: str | None, default: int) -> int:
    moment = clock.parse_or_none(value)
    return default if moment is None else first_id_at(moment)
