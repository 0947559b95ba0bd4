"""Looking at cited posts again: is each still there, and does it still say the same?

1. Take the posts that are due. On its paid days, and whenever there is doubt, a post on X is asked of the API (`observe_x.py`);
   else a free answer screens (`screen_posts.py`), and the API is asked for what that missed.
2. Ask a hundred at once, a control post of another account among them; look up the authors of what is missing.
3. Keep the answer, write one observation a post, let the looks add up to a verdict, tell what is new: one transaction.
"""

from collections.abc import Sequence
from datetime import timedelta

from monitor import clock
from monitor.jobs import observe_x, screen_posts
from monitor.jobs.context import Context
from monitor.jobs.looks_plan import plan_of
from monitor.platforms.availability import ASKED
from monitor.store import sights
from monitor.store.sights import Sight

_AT_ONCE = 85
"""Posts in one request; the rest of its hundred is for controls and for newer versions."""
_UNASKABLE = timedelta(days=1)
"""Until posts of a platform that nobody can ask are thought of again."""


def run(context: Context, platform: str) -> None:
    """Makes every look at the platform's posts that is due."""
    while not context.stop.is_set():
        due = sights.due(context.store, platform, clock.now(), _AT_ONCE)
        if not due:
            return
        if platform not in ASKED:
            sights.put_off(context.store, due, clock.now() + _UNASKABLE)
            continue
        _look_at(context, platform, due)


def _look_at(context: Context, platform: str, due: Sequence[Sight]) -> None:
    if platform != "x" or context.x is None:
        screen_posts.screen(context, platform, due)
        return
    plan = plan_of(context, clock.now())
    paid, free = plan.divided(due)
    screened = screen_posts.screen(context, platform, free, plan) if free else []
    asked = [*paid, *screened]
    if asked:
        observe_x.ask(context, asked, screened={s.id for s in screened})
