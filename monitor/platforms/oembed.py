"""Platforms whose oEmbed can show a post, and says nothing certain of one that it does not show."""

from functools import partial
from urllib.parse import urlencode

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text

ENDPOINTS = {
    "odysee": "https://odysee.com/$/oembed",
    "pinterest": "https://www.pinterest.com/oembed.json",
    "rumble": "https://rumble.com/api/Media/oembed.json",
    "streamable": "https://api.streamable.com/oembed.json",
    "tumblr": "https://www.tumblr.com/oembed/1.0",
}
"""By platform."""
_TYPES = frozenset({"video", "rich", "photo", "link"})


def question(cited: Cited) -> Question:
    """What to ask."""
    query = urlencode({"url": cited.url, "format": "json"})
    return Question(f"{ENDPOINTS[cited.platform]}?{query}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """Live where the platform describes something under its own name that holds the post's id."""
    stopped = obstacle(answer, known=(400, 403, 404, 410))
    if stopped is not None:
        return stopped
    if answer.status != 200:
        return not_answered("not shown", f"gone, private, or not to be embedded (status {answer.status})")
    said = json_object(answer)
    if said is None or said.get("type") not in _TYPES:
        return strange(answer)
    provider = (text(said.get("provider_name")) or text(said.get("provider_url")) or "").lower()
    post_id = cited.post_id.rpartition("/")[2]
    if cited.platform not in provider or not any(post_id in str(said.get(name, "")) for name in ("html", "url")):
        return strange(answer)
    author = text(said.get("author_name"))
    return Seen("live", handle=cited.handle or author, author=author, words=text(said.get("title")))
