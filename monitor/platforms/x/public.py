"""Whether a post on X is there, by its oEmbed: 200 shows it, 404 with X's own words says there is none.

403 is X's answer for protected, suspended and deactivated accounts alike, so it tells nothing of the post.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from monitor.errors import NotUnderstood
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import host_of, json_object, obstacle, strange, text, told
from monitor.platforms.x import oembed
from monitor.platforms.x.address import address_of

_OF_X = frozenset({"error", "errors", "request", "code"})
"""The keys of X's own refusals. Gateways add theirs: status, path, timestamp, statusCode, message."""


def question(cited: Cited, oembed_url: str) -> Question:
    """What to ask; `oembed_url` is a setting."""
    url = oembed.address(oembed_url, f"https://x.com/i/status/{cited.post_id}")
    return Question(url, partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What X's oEmbed said of the post."""
    stopped = obstacle(answer, known=(403, 404))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer)
    if answer.status == 200:
        return _described(cited, said, answer)
    words = _refusal(said)
    if words is None:
        return strange(answer)
    where = f"{host_of(answer.url_asked)} answers {answer.status}"
    if answer.status == 403:
        return not_answered("not shown", f"{where}: {words} (protected, suspended or withheld)")
    return Seen("not_found", f"{where}: {words}")


def _described(cited: Cited, said: Mapping[str, Any], answer: Answer) -> Seen:
    html, url = text(said.get("html")), address_of(text(said.get("url")) or "")
    try:
        words, described = oembed.words_and_id(html or "")
    except NotUnderstood:
        return strange(answer)
    ids = {described, url.post_id if url else None} - {None}
    if not ids:
        return strange(answer)
    if ids != {cited.post_id}:
        return not_answered("not understood", f"X described post {', '.join(sorted(map(str, ids)))} instead")
    handle = oembed.handle_in(said.get("author_url"))
    author = text(said.get("author_name"))
    return Seen("live", handle=handle or cited.handle, author=author, words=words, comparable=True)


def _refusal(said: Mapping[str, Any]) -> str | None:
    """X's words of refusal; None when the answer may be another machine's."""
    if not said or not said.keys() <= _OF_X:
        return None
    listed = said.get("errors")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else {}
    return told(said.get("error")) or told(first.get("message")) or None
