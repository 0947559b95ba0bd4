"""Whether a video on Dailymotion is there, by its public API, which can only show it.

Dailymotion says "does not exist or has been deleted" of videos that it keeps to its own players, too.
"""

from datetime import UTC, datetime
from functools import partial

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text, told

_FIELDS = "id,title,created_time,owner.username,owner.screenname"


def question(cited: Cited) -> Question:
    """What to ask."""
    return Question(f"https://api.dailymotion.com/video/{cited.post_id}?fields={_FIELDS}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the API said of the video."""
    stopped = obstacle(answer, known=(403, 404, 410))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer, try_extractor=True)
    error = said.get("error")
    if isinstance(error, dict):
        what = f"Dailymotion says: {told(error.get('message'))} (gone, private, or kept to its own players)"
        return not_answered("not shown", what, try_extractor=True)
    if answer.status != 200 or said.get("id") != cited.post_id:
        return strange(answer, try_extractor=True)
    made = said.get("created_time")
    return Seen(
        "live",
        handle=text(said.get("owner.username")),
        author=text(said.get("owner.screenname")),
        words=text(said.get("title")),
        comparable=True,
        posted_at=datetime.fromtimestamp(made, UTC) if isinstance(made, int) and 0 < made < 10**11 else None,
    )
