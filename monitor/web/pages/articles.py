"""Articles: the list, and one article with every citation marked in its place."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from monitor.jobs.compare_versions import history
from monitor.model.desk import Actor
from monitor.store import dossiers, editions
from monitor.watching.standing import standing
from monitor.web import batches
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen
from monitor.web.pages.posts import poster_for
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(include_in_schema=False)
Row = dict[str, object]


@router.get("/articles", dependencies=[Depends(May("look"))])
def articles(
    request: Request, chosen: Annotated[Chosen, Depends(batches.chosen)], publisher: str = "", own: bool = False
) -> Response:
    """The newest articles."""
    with desk_of(request).store() as store:
        found = batches.of_articles(store, chosen, own=own or None, publisher=publisher or None)
    return page(request, "articles.html", batch=found, chosen={"publisher": publisher, "own": own})


@router.get("/articles/{number}")
def article(
    request: Request, number: int, actor: Annotated[Actor, Depends(May("see evidence"))], version: int = 0
) -> Response:
    """One article as it is now; beside it, one of its earlier versions."""
    with desk_of(request).store() as store:
        found = dossiers.article(store, number)
        if found is None:
            raise Problem(404, "there is no such article")
        seen = editions.versions(store, number)
        then = next((v for v in seen if v.number == version), seen[0] if len(seen) > 1 else None)
        changes = history(store, str(found["url"])) or []
    cites = found["cites"]
    assert isinstance(cites, list)
    for cited in cites:
        cited["standing"] = _standing(cited)
    return page(
        request,
        "article.html",
        article=found,
        then=then,
        history=changes[::-1],
        cited_at=lambda paragraph: [c for c in cites if not c["removed"] and c["paragraph"] == paragraph],
        elsewhere=[c for c in cites if not c["removed"] and c["paragraph"] is None],
        removed=[c for c in cites if c["removed"]],
        poster=poster_for(request, actor),
        pieces=_pieces,
    )


def _standing(cited: Row) -> str:
    there = cited["availability"]
    assert isinstance(there, dict)
    return standing(availability=str(there["state"]), ours=bool(cited["ours"]), superseded=bool(cited["superseded"]))


def _pieces(paragraph: str, cited: list[Row]) -> list[tuple[str, str]]:
    """The paragraph's words, each run with the standing of the citation that is made by it ("" for the rest)."""
    runs = [(paragraph, "")]
    for one in cited:
        words = str(one["text"] or "").strip()
        if one["kind"] == "embed" or not words:
            continue
        cut: list[tuple[str, str]] = []
        for text, mark in runs:
            head, found, tail = text.partition(words) if not mark else (text, "", "")
            cut += [(head, mark)] if not found else [(head, ""), (found, str(one["standing"])), (tail, "")]
        runs = [run for run in cut if run[0]]
    return runs
