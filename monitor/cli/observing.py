"""`observations`: every look at every post, and pins."""

import json

import click

from monitor import clock
from monitor.cli import show
from monitor.errors import WrongUse
from monitor.store import observations as look_rows
from monitor.store import posts as post_rows
from monitor.store import sights

_observations = show.lister(
    look_rows.listing,
    ("at", "platform", "post_id", "method", "seen", "author", "control", "detail"),
    "nothing was looked at yet: `postwatch once`",
    "postwatch observations verdicts   (what the looks add up to)",
)


observations = show.noun(
    "observations",
    "Every look at every post: by which method, when, and what was seen. `posts` tells what the looks add up to.\n\n"
    "Example: postwatch observations --since 1d --json",
    _observations,
)


@observations.command("verdicts")
@show.options
def verdicts(as_json: bool, limit: int | None, since: str | None) -> None:
    """What the looks have added up to, whenever that changed: available, suspect, gone, restored, each with its evidence.

    Example: postwatch observations verdicts --since 7d
    """
    with show.store() as store:
        rows = look_rows.verdicts(store, limit=limit, since=since)
    show.listing(
        rows,
        as_json,
        ("at", "platform", "post_id", "state", "reason", "evidence"),
        "no verdict yet: `postwatch once`",
        "postwatch observations pin PLATFORM:ID   (to look more often)",
    )


@observations.command("pin")
@click.argument("post_id")
@click.option("--off", is_flag=True, help="Take the pin out.")
def pin(post_id: str, off: bool) -> None:
    """Looks at a post as often as at those in our own articles, whoever cites it. POST_ID is platform:id.

    Example: postwatch observations pin x:1803739203040000000
    """
    platform, colon, plain = post_id.partition(":")
    with show.store() as store:
        row = post_rows.find(store, platform, plain) if colon else None
        if row is None:
            raise WrongUse(f"we keep no post {post_id}: `postwatch posts` lists them, write platform:id")
        sights.pin(store, row, clock.now(), on=not off)
    show.note(f"{post_id} is {'no longer pinned' if off else 'pinned: it is looked at often'}")


@observations.command("forecast")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def forecast(as_json: bool) -> None:
    """What looks at posts on X are planned to cost in the rest of this month (UTC), and how that fits the budget.

    Example: postwatch observations forecast
    """
    from monitor.jobs.looks_plan import plan_for
    from monitor.watching.cadence import PAID_DAYS

    settings = show.settings()
    with show.store() as store:
        plan = plan_for(settings.options, store, clock.now())
    told = {
        "posts": plan.posts,
        "usd": round(plan.forecast_usd, 3),
        "usd_left": round(plan.left_usd, 3),
        "paid_looks": PAID_DAYS[plan.level][0],
        "day": clock.text(plan.now)[:10],
    }
    if as_json:
        print(json.dumps(told))
        return
    print(f"posts on X       {told['posts']} that are not gone")
    print(f"paid looks       {told['paid_looks']}; between them free answers screen")
    print(f"rest of a month  about ${plan.forecast_usd:.2f}, citations to come among it")
    print(f"budget left      ${plan.left_usd:.2f} for cited posts")
    show.note("next: postwatch spend   (what was spent, day by day)")
