"""Whether a video on Vimeo is there, by its oEmbed, which can only show it.

Vimeo does not find an unlisted video by its number alone, and says the same of a private one as of one that is gone.
"""

from functools import partial
from urllib.parse import urlencode, urlsplit

from monitor import clock
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text


def question(cited: Cited) -> Question:
    """What to ask."""
    query = urlencode({"url": f"https://vimeo.com/{cited.post_id}"})
    return Question(f"https://vimeo.com/api/oembed.json?{query}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What Vimeo's oEmbed said of the video."""
    stopped = obstacle(answer, known=(403, 404))
    if stopped is not None:
        return stopped
    if answer.status != 200:
        what = f"gone, private, or unlisted under a longer address (status {answer.status})"
        return not_answered("not shown", what, try_extractor=True)
    said = json_object(answer)
    if said is None or str(said.get("video_id")) != cited.post_id:
        return strange(answer, try_extractor=True)
    handle = urlsplit(text(said.get("author_url")) or "").path.strip("/")
    return Seen(
        "live",
        handle=handle or None,
        author=text(said.get("author_name")),
        words=text(said.get("title")),
        comparable=True,
        # Vimeo writes New York's time without saying so: the day is right, give or take one.
        posted_at=clock.parse_or_none(text(said.get("upload_date"))),
    )
