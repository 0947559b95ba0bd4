"""Whether a thread on Reddit is there: what its listing says, else its oEmbed.

A thread that its author deleted stays, and is marked; one that the listing leaves out may be private. oEmbed can only show it.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text, told


def question(cited: Cited) -> Question:
    """What to ask first."""
    url = f"https://www.reddit.com/api/info.json?id=t3_{cited.post_id}&raw_json=1"
    return Question(url, partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen | Question:
    """What the listing said of the thread."""
    stopped = obstacle(answer, known=(403,))
    if stopped is not None:
        return stopped
    if answer.status == 403:
        query = urlencode({"url": f"https://www.reddit.com/comments/{cited.post_id}"})
        return Question(f"https://www.reddit.com/oembed?{query}", partial(judge_oembed, cited))
    said = json_object(answer)
    listing = said.get("data") if said and said.get("kind") == "Listing" else None
    children = listing.get("children") if isinstance(listing, dict) else None
    if not isinstance(children, list):
        return strange(answer)
    thread = next((c["data"] for c in children if isinstance(c, dict) and isinstance(c.get("data"), dict)), None)
    if thread is None:
        return not_answered("not shown", "Reddit's listing leaves it out: gone, private or never there")
    return _judged(cited, thread) if thread.get("name") == f"t3_{cited.post_id}" else strange(answer)


def judge_oembed(cited: Cited, answer: Answer) -> Seen:
    """What oEmbed showed."""
    stopped = obstacle(answer)
    if stopped is not None:
        return stopped
    said = json_object(answer)
    html = text(said.get("html")) if said else None
    if said is None or html is None or f"/comments/{cited.post_id}" not in html:
        return strange(answer)
    author = text(said.get("author_name"))
    return Seen("live", handle=author, author=author, words=text(said.get("title")))


def _judged(cited: Cited, thread: dict[str, Any]) -> Seen:
    category, author = text(thread.get("removed_by_category")), text(thread.get("author"))
    if category == "deleted" or (author == "[deleted]" and thread.get("selftext") == "[deleted]"):
        return Seen("not_found", "Reddit marks it as deleted by its author")
    if category:
        return not_answered("not shown", f"Reddit marks it as removed ({told(category)})")
    made = thread.get("created_utc")
    at = datetime.fromtimestamp(made, UTC) if isinstance(made, (int, float)) and 0 < made < 10**11 else None
    return Seen("live", handle=author, author=author, words=text(thread.get("title")), posted_at=at)
