"""Whether a video on YouTube is there: its oEmbed, and for one that it does not know the video's picture.

401 and 403 stand for private, age-restricted and not-to-be-embedded alike. 404 is said of deleted videos and closed channels; it counts
only when the picture is gone too, which YouTube shows by a grey JPEG under status 404.
"""

from functools import partial
from urllib.parse import urlencode, urlsplit

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, page, strange, text

_JPEG = b"\xff\xd8\xff"


def question(cited: Cited) -> Question:
    """What to ask first."""
    query = urlencode({"format": "json", "url": f"https://www.youtube.com/watch?v={cited.post_id}"})
    return Question(f"https://www.youtube.com/oembed?{query}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen | Question:
    """What YouTube's oEmbed said of the video."""
    stopped = obstacle(answer, known=(400, 401, 403, 404))
    if stopped is not None:
        return stopped
    short = page(answer).strip().lower() if len(answer.content) < 100 else ""
    if answer.status in (401, 403) or short == "forbidden":
        what = f"private, age-restricted or not to be embedded (status {answer.status})"
        return not_answered("not shown", what, try_extractor=True)
    if answer.status == 404 and short == "not found":
        return Question(f"https://i.ytimg.com/vi/{cited.post_id}/mqdefault.jpg", judge_picture, accept="image/*")
    said = json_object(answer)
    html = text(said.get("html")) if said and answer.status == 200 else None
    if said is None or html is None or f"/embed/{cited.post_id}" not in html:
        return strange(answer, try_extractor=True)
    author, title = text(said.get("author_name")), text(said.get("title"))
    return Seen("live", handle=_handle(said), author=author, words=title, comparable=True)


def judge_picture(answer: Answer) -> Seen:
    """What the picture of a video that oEmbed does not know says."""
    stopped = obstacle(answer, known=(404,))
    if stopped is not None:
        return stopped
    if answer.status == 404 and answer.content.startswith(_JPEG):
        return Seen("not_found", "youtube.com answers 404 Not Found, and has no picture of it any more")
    if answer.content.startswith(_JPEG):
        told = "YouTube's oEmbed does not find it, yet its picture is still there"
        return not_answered("not understood", told, try_extractor=True)
    return strange(answer, try_extractor=True)


def _handle(said: dict[str, object]) -> str | None:
    path = urlsplit(text(said.get("author_url")) or "").path
    return path[2:] if path.startswith("/@") and len(path) > 2 else None
