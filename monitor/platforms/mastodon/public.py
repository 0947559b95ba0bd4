"""Whether a post on Mastodon is there, by the public API of the instance that the article names.

"Record not found" is what an instance says of a post that is deleted or no longer public; 401 that it shows nothing without a login.
"""

from functools import partial
from urllib.parse import urlsplit

from monitor import clock, plain_text
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import host_of, json_object, obstacle, strange, text, told

_GONE = "record not found"


def question(cited: Cited) -> Question:
    """What to ask."""
    parts = urlsplit(cited.url)
    return Question(f"{parts.scheme}://{parts.netloc}/api/v1/statuses/{cited.post_id}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the instance said of the post."""
    stopped = obstacle(answer, known=(404, 410))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer)
    host = urlsplit(cited.url).hostname or host_of(answer.url_asked)
    if answer.status != 200:
        if (text(said.get("error")) or "").lower() != _GONE:
            return not_answered("not understood", f"{host} answers {answer.status}: {told(said.get('error'))}")
        return Seen(
            "not_found", f"{host} answers {answer.status}: {told(said['error'])} (deleted, or no longer public)"
        )
    account = said.get("account")
    if said.get("id") != cited.post_id or not isinstance(account, dict) or not isinstance(said.get("content"), str):
        return strange(answer)
    name = text(account.get("acct"))
    return Seen(
        "live",
        handle=(name if "@" in name else f"{name}@{host}") if name else cited.handle,
        author=text(account.get("display_name")),
        words=plain_text.of_html(said["content"]),
        comparable=said.get("edited_at") is not None,
        posted_at=clock.parse_or_none(text(said.get("created_at"))),
    )
