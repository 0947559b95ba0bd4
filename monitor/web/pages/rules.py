"""Rules: who hears of what, how often each would have fired of late, and rules in the making tried without telling anybody."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Depends, Request, Response

from monitor import clock
from monitor.errors import UnusableSettings
from monitor.jobs.try_rules import DAYS, Fired, dry_run
from monitor.settings.load import rules_in
from monitor.store import mutes
from monitor.web.asking import May, desk_of, form_of
from monitor.web.desk import Desk
from monitor.web.render import page

router = APIRouter(prefix="/rules", include_in_schema=False)
_LONGEST = 100_000
_SHOWN = 10


@router.get("", dependencies=[Depends(May("look"))])
def rules(request: Request) -> Response:
    """The rules of config/rules.toml, tried on the last month."""
    return _page(request, "", None, [])


@router.post("/try", dependencies=[Depends(May("judge"))])
def attempt(request: Request) -> Response:
    """Tries rules that somebody has written here; nothing is kept of them, nobody is told."""
    draft = str(form_of(request).get("draft") or "")[:_LONGEST]
    desk = desk_of(request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.toml"
        path.write_text(draft, encoding="utf-8")
        try:
            wanted = rules_in(path, desk.settings)
        except UnusableSettings as exc:
            mistakes = [mistake.replace(f"{path}", "line").replace(str(folder), "") for mistake in exc.mistakes]
            return _page(request, draft, None, mistakes)
    with desk.store() as store:
        found = dry_run(store, wanted, clock.now())
    return _page(request, draft, found, [])


def _page(request: Request, draft: str, tried: list[Fired] | None, mistakes: list[str]) -> Response:
    desk = desk_of(request)
    with desk.store() as store:
        found = fired(desk)
        muted = mutes.listing(store, clock.now())
    return page(
        request,
        "rules.html",
        status=422 if mistakes else 200,
        fired=found,
        muted=muted,
        draft=draft,
        tried=tried,
        mistakes=mistakes,
        days=DAYS,
        says=says,
        most=_SHOWN,
    )


def fired(desk: Desk) -> list[Fired]:
    """What each rule would have met of late."""
    with desk.store() as store:
        return dry_run(store, desk.settings.rules, clock.now())


def says(one: Fired) -> dict[str, object]:
    """A rule's conditions and what it gives, without what it leaves out."""
    return one.rule.model_dump(exclude_defaults=True, exclude={"name"})
