"""Which of an article's mentions of a platform speak of an account, and whether their time words fit a post: `saying(...)`."""

from dataclasses import dataclass
from datetime import datetime

from monitor.link.accounts import Named
from monitor.link.names import Account, same_name
from monitor.link.told import Told
from monitor.model.linking import Candidate
from monitor.model.mention import Mention

BESIDE = 0.5
"""What a mention beside the account's name counts, where another or nobody is told to be its author."""


@dataclass(frozen=True, slots=True)
class Saying:
    """The mention that speaks most surely of the account. `share` is 1 where it names the account as the author."""

    mention: Mention
    share: float
    fits: bool | None
    """Whether its time words leave the post's time; None where there are none, or the post has no time."""


def saying(told: Told, post: Candidate, named: Named) -> Saying | None:
    """The surest mention of a post's account; of several, the one whose time words fit."""
    account = Account(post.handle, post.author_name)
    found = [
        Saying(mention, share, _fits(mention, post.posted_at))
        for mention in told.story.mentions
        if mention.platform == post.platform and mention.how != "credit" and (share := _share(mention, account, named))
    ]
    return max(found, key=lambda s: (s.share, s.fits is True, s.fits is None), default=None)


def _share(mention: Mention, account: Account, named: Named) -> float:
    if mention.handle and mention.handle.lower() == (account.handle or "").lower():
        return 1.0
    if mention.author and same_name(mention.author, account):
        return 1.0
    near = {mention.paragraph - 1, mention.paragraph, mention.paragraph + 1}
    return BESIDE if near & named.paragraphs else 0.0


def _fits(mention: Mention, posted_at: datetime | None) -> bool | None:
    if posted_at is None or mention.posted_from is None or mention.posted_until is None:
        return None
    return mention.posted_from <= posted_at <= mention.posted_until
