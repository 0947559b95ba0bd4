"""Whether a post on Facebook is there, by the page that its own embed shows, which can only show it.

The embed says "no longer available" of posts that are gone, private, or shown to some countries or ages only.
"""

import re
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import obstacle, page, strange

_TIME = re.compile(r'data-utime="(\d{9,10})"')
_GONE = re.compile(r"no longer available|isn(?:'|’|&#039;)t available", re.IGNORECASE)


def question(cited: Cited) -> Question:
    """What to ask."""
    kind = "video" if "/watch/" in cited.url else "post"
    query = urlencode({"href": cited.url, "show_text": "true"})
    url = f"https://www.facebook.com/plugins/{kind}.php?{query}"
    return Question(url, partial(judge, cited), accept="text/html")


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the embed showed."""
    stopped = obstacle(answer)
    if stopped is not None:
        return stopped
    markup = page(answer)
    at = _TIME.search(markup)
    if at is not None and re.search(rf"\b{re.escape(cited.post_id)}\b", markup):
        return Seen("live", handle=cited.handle, posted_at=datetime.fromtimestamp(int(at[1]), UTC))
    if _GONE.search(markup):
        what = "Facebook's own embed shows nothing: removed, private or restricted"
        return not_answered("not shown", what, try_extractor=True)
    return strange(answer, try_extractor=True)
