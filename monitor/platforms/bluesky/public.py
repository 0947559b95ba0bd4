"""Whether a post on Bluesky is there, by the public API that its own site asks.

A handle that leads nowhere says nothing of the post: it may have been renamed.
"""

from functools import partial
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from monitor import clock
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text, told

_API = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread"
_GONE = "no such post (deleted, or its account is deactivated)"


def question(cited: Cited) -> Question:
    """What to ask."""
    actor = cited.handle or urlsplit(cited.url).path.split("/")[2]
    uri = f"at://{actor}/app.bsky.feed.post/{cited.post_id}"
    query = urlencode({"uri": uri, "depth": 0, "parentHeight": 0}, quote_via=quote)
    return Question(f"{_API}?{query}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the API said of the post."""
    stopped = obstacle(answer, known=(400, 404))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer)
    if answer.status != 200:
        return _refusal(cited, said, answer)
    thread = said.get("thread")
    if not isinstance(thread, dict):
        return strange(answer)
    if thread.get("notFound") is True and str(thread.get("uri", "")).endswith(f"/{cited.post_id}"):
        return Seen("not_found", f"Bluesky has {_GONE}")
    if thread.get("blocked") is True:
        return not_answered("not shown", "Bluesky shows it to people with a login only")
    post = thread.get("post")
    return _shown(cited, post, answer) if isinstance(post, dict) else strange(answer)


def _refusal(cited: Cited, said: dict[str, Any], answer: Answer) -> Seen:
    name, message = said.get("error"), told(said.get("message"))
    if name == "NotFound" and message.startswith("Post not found") and message.endswith(f"/{cited.post_id}"):
        return Seen("not_found", f"Bluesky has {_GONE}")
    if not isinstance(name, str):
        return strange(answer)
    return not_answered("not understood", f"Bluesky answers {answer.status}: {told(name)} {message}".strip())


def _shown(cited: Cited, post: dict[str, Any], answer: Answer) -> Seen:
    author, record = post.get("author"), post.get("record")
    if not str(post.get("uri", "")).endswith(f"/app.bsky.feed.post/{cited.post_id}"):
        return strange(answer)
    if not isinstance(author, dict) or not isinstance(record, dict):
        return strange(answer)
    return Seen(
        "live",
        handle=text(author.get("handle")) or cited.handle,
        author=text(author.get("displayName")),
        words=text(record.get("text")),
        comparable=True,
        posted_at=clock.parse_or_none(text(record.get("createdAt"))),
    )
