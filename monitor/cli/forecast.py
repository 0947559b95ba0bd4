"""What watching an account will cost, and what its first look takes, in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor import clock
from monitor.settings import Settings
from monitor.store import spend
from monitor.store.open import Store

if TYPE_CHECKING:
    from monitor.model.introduction import Introduction

_DEPTH = {True: 3200, False: 800}
"""How far back X's timelines reach: fewer posts when replies are left out."""
_FIRST_LOOK = 20
_DAYS = 30


def first_look_of(found: "Introduction", backfill: str) -> str:
    """What the first look takes and tells, and how long it is kept."""
    if found.kind == "post":
        return "keep the post and its media"
    if found.kind == "article":
        return "read it, and keep the posts that it cites"
    if (found.url or "").startswith("file:") and backfill != "none":
        return "the first look reads every file, told in one summary; kept until you remove it"
    noun = "articles" if found.kind == "feed" else "posts"
    extent = {
        "none": "the first look takes nothing: only what comes from now on",
        "24h": f"the first look takes at most 24 hours and {_FIRST_LOOK} {noun}",
        "7d": f"the first look takes the {noun} of seven days",
        "all": f"the first look takes all {noun} that there are",
    }[backfill]
    return f"{extent}, told in one summary; kept until you remove it"


def first_look_price(settings: Settings, backfill: str, *, replies: bool) -> float:
    """The most that a first look may cost, in US dollars."""
    x = settings.options.x
    posts = {"none": 0, "24h": _FIRST_LOOK}.get(backfill, _DEPTH[replies])
    return posts * x.usd_per_post + x.usd_per_user


def cost_of(
    settings: Settings, store: Store, found: "Introduction", backfill: str, *, replies: bool, reposts: bool
) -> Iterator[str]:
    """The price of the first look, the forecast for a month, and what the budget has left."""
    x, limit = settings.options.x, settings.options.budget.usd_per_month
    if backfill in ("none", "24h"):
        most = _FIRST_LOOK if backfill == "24h" else 0
        price = first_look_price(settings, backfill, replies=replies)
        yield f"its first look reads at most {most} posts: at most ${price:.2f}"
    else:
        depth = _DEPTH[replies]
        extent = "seven days" if backfill == "7d" else "all that X gives"
        yield (
            f"its first look reads {extent}: at most {depth:,} posts, ${depth * x.usd_per_post:.2f}, "
            f"inside the budget of ${limit:.2f} a month"
        )
    left = max(0.0, spend.left_micro(store, settings.options.budget, "watch", clock.now()) / spend.MICRO)
    if found.items_a_day is not None:
        month = found.items_a_day * _DAYS * x.usd_per_post
        more = "; reposts read their originals, too, each billed" if reposts else ""
        yield f"then about ${month:.2f} a month at ${x.usd_per_post:g} a post{more}"
        if month > left:
            yield f"that is more than the ${left:.2f} left for watching this month: it would stop, and a gap be recorded"
    else:
        yield f"then ${x.usd_per_post:g} a post; looks that find nothing new cost nothing"
    yield f"${left:.2f} of this month's ${limit:.2f} are left for watching"
