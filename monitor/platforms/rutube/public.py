"""Whether a video on Rutube is there, by its public API, which can only show it."""

from functools import partial

from monitor import clock
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text, told


def question(cited: Cited) -> Question:
    """What to ask."""
    return Question(f"https://rutube.ru/api/video/{cited.post_id}/?format=json", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the API said of the video."""
    stopped = obstacle(answer, known=(403, 404))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer)
    if answer.status != 200:
        return not_answered("not shown", f"Rutube answers {answer.status}: {told(said.get('detail'))}")
    author = said.get("author")
    if said.get("id") != cited.post_id or not text(said.get("title")):
        return strange(answer)
    name = text(author.get("name")) if isinstance(author, dict) else None
    at = clock.parse_or_none(text(said.get("publication_ts")) or text(said.get("created_ts")))
    return Seen("live", handle=name, author=name, words=text(said.get("title")), comparable=True, posted_at=at)
