"""How each platform is asked, free of charge, whether a post is there. A new platform is a `public.py` and a line here."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from monitor.model.availability import Cited, Question, Seen, not_answered
from monitor.platforms import oembed
from monitor.platforms.bluesky import public as bluesky
from monitor.platforms.dailymotion import public as dailymotion
from monitor.platforms.facebook import public as facebook
from monitor.platforms.instagram import public as instagram
from monitor.platforms.mastodon import public as mastodon
from monitor.platforms.peertube import public as peertube
from monitor.platforms.reddit import public as reddit
from monitor.platforms.rutube import public as rutube
from monitor.platforms.telegram import public as telegram
from monitor.platforms.threads import public as threads
from monitor.platforms.tiktok import public as tiktok
from monitor.platforms.truthsocial import public as truthsocial
from monitor.platforms.vimeo import public as vimeo
from monitor.platforms.x import public as x
from monitor.platforms.youtube import public as youtube

QUESTIONS: Mapping[str, Callable[[Cited], Question]] = {
    "bluesky": bluesky.question,
    "dailymotion": dailymotion.question,
    "facebook": facebook.question,
    "instagram": instagram.question,
    "mastodon": mastodon.question,
    "peertube": peertube.question,
    "reddit": reddit.question,
    "rutube": rutube.question,
    "telegram": telegram.question,
    "threads": threads.question,
    "tiktok": tiktok.question,
    "truthsocial": truthsocial.question,
    "vimeo": vimeo.question,
    "youtube": youtube.question,
    **dict.fromkeys(oembed.ENDPOINTS, oembed.question),
}
ASKED = frozenset({"x", *QUESTIONS})
"""The platforms that can be asked."""
TITLES_ONLY = frozenset({"youtube", "vimeo", "dailymotion", "peertube", "rutube"})
"""Where an answer tells a title: the first line of the post's text as we keep it."""

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+")
_CUT = ("…", "...")


def question(cited: Cited, *, oembed_url: str, endpoint: str | None = None) -> Question | Seen:
    """What to ask first; a finding where nobody can be asked. `endpoint` stands in for the platform's own hosts."""
    if cited.platform == "x":
        return x.question(cited, oembed_url)
    asked = QUESTIONS.get(cited.platform)
    if asked is None:
        return not_answered("not asked", f"there is no free way to ask {cited.platform}")
    return moved(asked(cited), endpoint)


def moved(found: Question, endpoint: str | None) -> Question:
    """The question at another server: path and query stay, `endpoint` takes the place of scheme and host."""
    if endpoint is None:
        return found
    parts = urlsplit(found.url)
    query = f"?{parts.query}" if parts.query else ""
    return Question(f"{endpoint.rstrip('/')}{parts.path}{query}", found.judge, found.hosts, found.accept)


def says_otherwise(platform: str, kept: str, seen: Seen) -> bool:
    """Whether a post says something else than the text that we keep of it.

    Addresses are left out, since each source writes them differently, and a text that was cut short is compared as far as it goes.
    """
    if not seen.comparable or seen.words is None:
        return False
    before = _bare(kept.strip().split("\n")[0] if platform in TITLES_ONLY else kept)
    after = _bare(seen.words)
    if not before or not after:
        return False
    for one, other in ((before, after), (after, before)):
        if one.endswith(_CUT) and other.startswith(one.rstrip("….").rstrip()):
            return False
    return before != after


def _bare(text: str) -> str:
    return " ".join(_ADDRESS.sub(" ", text).split())
