"""Whether a video on PeerTube is there, by the public API of its instance, which names its own manual when it finds none."""

from functools import partial
from urllib.parse import urlsplit

from monitor import clock
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text, told

_GONE = "video not found"


def question(cited: Cited) -> Question:
    """What to ask."""
    parts = urlsplit(cited.url)
    return Question(f"{parts.scheme}://{parts.netloc}/api/v1/videos/{cited.post_id}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the instance said of the video."""
    stopped = obstacle(answer, known=(404,))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer)
    host = urlsplit(cited.url).hostname
    if answer.status == 404:
        own = "joinpeertube.org" in str(said.get("docs")) and (text(said.get("detail")) or "").lower() == _GONE
        if not own:
            return not_answered(
                "not understood", f"{host} answers 404: {told(said.get('detail') or said.get('error'))}"
            )
        return Seen("not_found", f"{host} answers 404: Video not found")
    account = said.get("account")
    if said.get("uuid") != cited.post_id or not isinstance(account, dict):
        return strange(answer)
    name = text(account.get("name"))
    return Seen(
        "live",
        handle=f"{name}@{account.get('host') or host}" if name else None,
        author=text(account.get("displayName")),
        words=text(said.get("name")),
        comparable=True,
        posted_at=clock.parse_or_none(text(said.get("publishedAt"))),
    )
