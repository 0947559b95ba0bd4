"""Whether a post in a public channel on Telegram is there, by the page of its own widget.

"Post not found" is the widget's word for a deleted post. That it finds no channel says nothing of the post.
"""

import re
from functools import partial

from monitor import clock, plain_text
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import obstacle, page, strange, told

_ERROR = re.compile(r'class="tgme_widget_message_error"[^>]*>(.*?)</div>', re.DOTALL)
_SHOWN = re.compile(r'class="tgme_widget_message[\s"][^>]*\sdata-post="([^"]+)"')
_TEXT = re.compile(r'class="tgme_widget_message_text[^"]*"[^>]*>(.*?)</div>', re.DOTALL)
_NAME = re.compile(r'class="tgme_widget_message_owner_name"[^>]*>(.*?)</a>', re.DOTALL)
_TIME = re.compile(r'<time[^>]*\sdatetime="([^"]+)"')


def question(cited: Cited) -> Question:
    """What to ask."""
    url = f"https://t.me/{cited.post_id}?embed=1&mode=tme&single"
    return Question(url, partial(judge, cited), hosts=("telegram.me",), accept="text/html")


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the widget showed."""
    stopped = obstacle(answer, ("telegram.me",))
    if stopped is not None:
        return stopped
    markup = page(answer)
    error, shown = _ERROR.search(markup), _SHOWN.search(markup)
    if error is not None:
        words = told(plain_text.of_html(error[1]))
        if words.lower() == "post not found":
            return Seen("not_found", "Telegram's widget says: Post not found")
        return not_answered("not shown", f"Telegram's widget says: {words}")
    if shown is None:
        return strange(answer)
    if shown[1].lower() != cited.post_id.lower():
        return not_answered("not understood", f"Telegram showed {told(shown[1])} instead")
    name, body, time = _NAME.search(markup), _TEXT.search(markup), _TIME.findall(markup)
    return Seen(
        "live",
        handle=shown[1].partition("/")[0],
        author=told(plain_text.of_html(name[1])) if name else None,
        words=plain_text.of_html(body[1]) if body else None,
        comparable=True,
        posted_at=clock.parse_or_none(time[-1]) if time else None,
    )
