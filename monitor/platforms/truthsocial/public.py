"""Whether a post on Truth Social is there, by its public API, which is Mastodon's. Mostly it wants a login, or a browser."""

from functools import partial

from monitor.model.availability import Cited, Question
from monitor.platforms.mastodon.public import judge


def question(cited: Cited) -> Question:
    """What to ask."""
    return Question(f"https://truthsocial.com/api/v1/statuses/{cited.post_id}", partial(judge, cited))
