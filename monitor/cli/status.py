"""`status`: the home on one screen."""

import json

import click

from monitor import clock
from monitor.cli import show
from monitor.store import spend, summary


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def status(as_json: bool) -> None:
    """What is watched, kept, linked, waiting and spent.

    Example: postwatch status
    """
    from monitor.jobs.looks_plan import plan_for

    settings = show.settings()
    with show.store() as store:
        found = summary.figures(store)
        forecast = plan_for(settings.options, store, clock.now()).forecast_usd
        left = spend.left_micro(store, settings.options.budget, "doubt", clock.now()) / spend.MICRO
    found |= {
        "home": str(settings.home),
        "budget_usd": settings.options.budget.usd_per_month,
        "budget_left_usd": left,
        "looks_forecast_usd": forecast,
    }
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    print(f"home         {found['home']}")
    print(f"watches      {_counts(found['watches'])}")
    print(f"posts        {found['posts']} ({found['versions']} versions)")
    print(f"articles     {found['articles']}")
    print(f"left out     {_counts(found['left_out'])}")
    print(f"links        {_counts(found['links'])}")
    print(f"media        {_counts(found['media'])}; {int(str(found['vault_bytes'])):,} bytes in the vault")
    print(f"jobs         {_counts(found['jobs'])}")
    print(f"deliveries   {_counts(found['deliveries'])}")
    print(f"custody log  {found['custody_events']} events")
    print(
        f"X budget     ${left:.2f} left of ${settings.options.budget.usd_per_month:.2f} this month; looks at cited posts about ${forecast:.2f} more"
    )
    troubles = found["troubles"]
    assert isinstance(troubles, list)
    for trouble in troubles:
        print(f"trouble      {show.printable(trouble)}")
    show.note("next: postwatch doctor" if troubles else "next: postwatch links")


def _counts(value: object) -> str:
    assert isinstance(value, dict)
    return ", ".join(f"{n} {state}" for state, n in value.items()) or "none"
