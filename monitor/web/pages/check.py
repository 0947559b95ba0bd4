"""Check before publishing: a draft or an address held against what we have; the platforms are asked when somebody says so."""

import threading
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from monitor import clock
from monitor.errors import PostwatchError
from monitor.jobs import check_drafts
from monitor.jobs.check_drafts import Draft
from monitor.model.desk import Actor
from monitor.store import audit
from monitor.store.open import Store
from monitor.web.asking import May, desk_of, form_of
from monitor.web.desk import Desk
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/check", include_in_schema=False)
Checker = Annotated[Actor, Depends(May("check"))]
_LONGEST = 4_000_000
_asking = threading.Semaphore(4)


@router.get("")
def empty(request: Request, actor: Checker, url: str = "") -> Response:
    """The form; an address that a bookmarklet brings stands in it."""
    return _shown(request, url[:2000], "", None, "")


def _shown(request: Request, url: str, html: str, told: dict[str, object] | None, wrong: str) -> Response:
    base = desk_of(request).options.public_url or f"{request.url.scheme}://{request.headers['host']}"
    status = 422 if wrong else 200
    return page(request, "check.html", status=status, url=url, html=html, told=told, wrong=wrong, desk_address=base)


@router.post("")
def check(request: Request, actor: Checker) -> Response:
    """What the desk knows of each cited post; with `do` = look up, what the platforms say; with archive, all is kept."""
    form = form_of(request)
    url, html, do = (str(form.get(name) or "").strip() for name in ("url", "html", "do"))
    try:
        told = run(desk_of(request), actor, url, html, look_up=do == "look_up", archive=do == "archive")
    except PostwatchError as exc:
        return _shown(request, url, html, None, str(exc))
    return _shown(request, url, html, told, "")


def run(desk: Desk, actor: Actor, url: str, html: str, *, look_up: bool, archive: bool) -> dict[str, object]:
    """What is known of a draft or an address: article, rows, whom a look-up would ask. Raises errors of our tree."""
    context = desk.context
    with desk.store() as store:
        draft = _draft(desk, store, url, html)
        hosts = check_drafts.hosts(context, draft)
        kept = None
        if look_up or archive:
            if not _asking.acquire(timeout=30):
                raise Problem(503, "too many look-ups at once: try again in a minute", headers={"Retry-After": "60"})
            try:
                draft = check_drafts.fetched(context, draft)
                rows = check_drafts.looked_up(context, store, draft) if look_up else check_drafts.held(store, draft)
                if archive:
                    kept = check_drafts.archive(context, draft)
            finally:
                _asking.release()
            action = "archive" if archive else "look up"
            audit.note(
                store, actor.agent, action, f"check:{url or 'draft'}"[:300], clock.now(), detail={"hosts": hosts}
            )
        else:
            rows = check_drafts.held(store, draft)
    article = draft.read.article
    return {
        "article": {"url": article.url, "title": article.title, "error": article.error, "mentions": article.mentions},
        "items": rows,
        "counts": check_drafts.sum_of(rows),
        "hosts": hosts,
        "asked": look_up,
        "new": draft.new,
        "archived": kept,
    }


def _draft(desk: Desk, store: Store, url: str, html: str) -> Draft:
    if html:
        if len(html) > _LONGEST:
            raise Problem(413, f"a draft may hold {_LONGEST:,} characters at most")
        return check_drafts.drafted(desk.context, html, url or None)
    if not url.startswith(("http://", "https://")):
        raise Problem(422, "paste an address that begins with https://, or a draft's HTML")
    return check_drafts.known(store, url)
