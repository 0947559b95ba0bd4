"""Whether a post on Instagram is there, by the page that its own embed shows, which can only show it.

The embed is equally broken for a post that is removed, private or restricted, and where embedding is switched off.
"""

import re
from functools import partial

from monitor import plain_text
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.platforms.asking import obstacle, page, strange, told

_BROKEN = re.compile(r'class="(?:EmbedBrokenMedia|EmbedIsBroken)\b|"EmbedIsBroken"')
_USER = re.compile(r'class="UsernameText"[^>]*>([^<]{1,60})<')
_CAPTION = re.compile(r'class="Caption"[^>]*>(.*?)<div class="CaptionComments"', re.DOTALL)
_WALL = re.compile(r"LoginAndSignupPage|/accounts/login/\?next=", re.IGNORECASE)


def question(cited: Cited) -> Question:
    """What to ask."""
    url = f"https://www.instagram.com/p/{cited.post_id}/embed/captioned/"
    return Question(url, partial(judge, cited), accept="text/html")


def judge(cited: Cited, answer: Answer) -> Seen:
    """What the embed showed."""
    stopped = obstacle(answer)
    if stopped is not None:
        return stopped
    markup = page(answer)
    user = _USER.search(markup)
    if user is not None and re.search(rf"/(?:p|reel|tv)/{re.escape(cited.post_id)}[/?\"&]", markup):
        caption = _CAPTION.search(markup)
        return Seen(
            "live",
            handle=told(user[1]) or cited.handle,
            words=plain_text.of_html(caption[1]) if caption else None,
        )
    if _BROKEN.search(markup):
        what = "Instagram's own embed is broken: removed, private, or embedding switched off"
        return not_answered("not shown", what, try_extractor=True)
    if _WALL.search(markup):
        return not_answered("login wanted", "Instagram shows a log-in page", try_extractor=True)
    return strange(answer, try_extractor=True)
