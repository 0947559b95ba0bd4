"""Search over the texts of posts and articles; searches that are kept, as columns of the wall and as feeds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import audit, columns
from monitor.web import batches, feeds
from monitor.web.asking import May, desk_of, field
from monitor.web.batches import Batch, Chosen
from monitor.web.pages.wall import filter_of
from monitor.web.people.secrets import digest, new_secret
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/search", include_in_schema=False)
Self = Annotated[Actor, Depends(May("mind oneself"))]
_KEYS = ("words", "platform", "handle", "availability", "video")
_A_FEED = 50


@router.get("")
def search(
    request: Request,
    actor: Annotated[Actor, Depends(May("look"))],
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    q: str = "",
) -> Response:
    """What holds the words, newest first."""
    return _page(request, actor, chosen, q[:300])


def _page(request: Request, actor: Actor, chosen: Chosen, words: str, told: str = "") -> Response:
    with desk_of(request).store() as store:
        found = batches.of_search(store, chosen, words) if words.strip() else Batch([], None)
        kept = columns.of(store, actor.person_id or 0)
        platforms = [row[0] for row in store.all("SELECT DISTINCT platform FROM account ORDER BY platform")]
    return page(request, "search.html", batch=found, words=words, kept=kept, platforms=platforms, told=told)


@router.post("")
def keep(request: Request, actor: Self) -> Response:
    """Keeps a search."""
    name = field(request, "name")[:80]
    wanted = {key: value[:200] for key in _KEYS if (value := field(request, key))}
    if not name or actor.person_id is None:
        raise Problem(422, "name: what the search is called")
    with desk_of(request).store() as store:
        columns.keep(store, actor.person_id, name, wanted, on_wall=field(request, "wall") == "1", now=clock.now())
    return RedirectResponse("/wall" if field(request, "wall") == "1" else "/search", 303)


@router.post("/{number}/forget")
def forget(request: Request, number: int, actor: Self) -> Response:
    """Takes a kept search away."""
    with desk_of(request).store() as store:
        if columns.find(store, number, actor.person_id or 0) is None:
            raise Problem(404, "you keep no such search")
        columns.forget(store, number)
    return RedirectResponse("/search", 303)


@router.post("/{number}/feed")
def give_feed(request: Request, number: int, actor: Self) -> Response:
    """Makes an address at which a reader of feeds finds what is new; an earlier one ends. It is shown this once."""
    secret = new_secret()
    with desk_of(request).store() as store, store.change():
        if columns.find(store, number, actor.person_id or 0) is None:
            raise Problem(404, "you keep no such search")
        columns.set_feed(store, number, digest(secret))
        audit.note(store, actor.agent, "make feed", f"search:{number}", clock.now())
    base = desk_of(request).options.public_url or f"{request.url.scheme}://{request.headers['host']}"
    return _page(request, actor, Chosen(1, None, None), "", told=f"{base}/feed/{secret}.xml")


feed_router = APIRouter(include_in_schema=False)


@feed_router.get("/feed/{secret}.xml")
def feed(request: Request, secret: str) -> Response:
    """What a kept search finds, as Atom; whoever has the address may read it."""
    desk = desk_of(request)
    with desk.store() as store:
        kept = columns.by_feed(store, digest(secret))
        if kept is None or audit.lock(store) == "no_access":
            raise Problem(404, "there is no such feed")
        rows = batches.of_posts(store, Chosen(_A_FEED, None, None), filter_of(dict(kept.wanted))).items
    base = desk.options.public_url or f"{request.url.scheme}://{request.headers['host']}"
    return feeds.atom(request, base, kept.name, rows)
