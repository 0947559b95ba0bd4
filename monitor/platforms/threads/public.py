"""Whether a post on Threads is there, by what its public page says of itself, which can only show it."""

import re
from functools import partial
from html import unescape

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import obstacle, page, strange, told

_HOSTS = ("threads.net", "threads.com")
_META = re.compile(r'<meta\s+property="og:(url|title|description)"\s+content="([^"]*)"')
_WHO = re.compile(r"\(@([\w.]{1,60})\) on Threads")


def question(cited: Cited) -> Question:
    """What to ask."""
    url = f"https://www.threads.com/t/{cited.post_id}"
    return Question(url, partial(judge, cited), hosts=_HOSTS, accept="text/html")


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the page showed."""
    stopped = obstacle(answer, _HOSTS, known=(404,))
    if stopped is not None:
        return stopped
    said = {name: unescape(content) for name, content in _META.findall(page(answer))}
    who = _WHO.search(said.get("title", ""))
    if answer.status == 200 and who and said.get("url", "").rstrip("/").endswith(f"/{cited.post_id}"):
        return Seen("live", handle=who[1], author=told(said["title"][: who.start()]), words=said.get("description"))
    if answer.status == 200 and not said:
        return strange(answer)
    return not_answered("not shown", f"Threads shows another page (status {answer.status}): gone, private or a log-in")
