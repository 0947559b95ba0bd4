"""Whether a post on TikTok is there, by its oEmbed, which can only show it.

TikTok says "something went wrong" of posts that are gone, private, or not shown where we are.
"""

from functools import partial
from urllib.parse import urlencode

from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import json_object, obstacle, strange, text, told


def question(cited: Cited) -> Question:
    """What to ask."""
    query = urlencode({"url": f"https://www.tiktok.com/@{cited.handle or '_'}/video/{cited.post_id}"})
    return Question(f"https://www.tiktok.com/oembed?{query}", partial(judge, cited))


def judge(cited: Cited, answer: Answer) -> Seen:
    """What TikTok's oEmbed said of the post."""
    stopped = obstacle(answer, known=(400, 404))
    if stopped is not None:
        return stopped
    said = json_object(answer)
    if said is None:
        return strange(answer, try_extractor=True)
    html = text(said.get("html")) or ""
    if answer.status == 200 and (said.get("embed_product_id") == cited.post_id or f'"{cited.post_id}"' in html):
        return Seen(
            "live",
            handle=text(said.get("author_unique_id")) or cited.handle,
            author=text(said.get("author_name")),
            words=text(said.get("title")),
        )
    words = told(said.get("status_msg")) or told(said.get("message"))
    if not words:
        return strange(answer, try_extractor=True)
    what = f"TikTok says: {words} (gone, private, or not shown here)"
    return not_answered("not shown", what, try_extractor=True)
