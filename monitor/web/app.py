"""The desk as one application: its pages, their twins for programs, and what stands around both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from monitor import __version__
from monitor.errors import PostwatchError, TryLater
from monitor.store.open import LedgerError
from monitor.web import media, static
from monitor.web.api import accounts as api_accounts
from monitor.web.api import alerts as api_alerts
from monitor.web.api import articles as api_articles
from monitor.web.api import cases as api_cases
from monitor.web.api import check as api_check
from monitor.web.api import links as api_links
from monitor.web.api import looking as api_looking
from monitor.web.api import posts as api_posts
from monitor.web.api import suggestions as api_suggestions
from monitor.web.api import today as api_today
from monitor.web.api import watches as api_watches
from monitor.web.changes import Changes
from monitor.web.desk import Desk
from monitor.web.guarding import Guarding
from monitor.web.pages import (
    accounts,
    alerts,
    articles,
    case_forms,
    cases,
    check,
    entry,
    events,
    own,
    people,
    posts,
    rules,
    search,
    spend,
    suggestions,
    system,
    today,
    wall,
    watches,
)
from monitor.web.problems import Problem, as_json, for_program
from monitor.web.render import page

ROUTERS = (
    static.router,
    media.router,
    entry.router,
    events.router,
    today.router,
    wall.router,
    cases.router,
    case_forms.router,
    suggestions.router,
    check.router,
    posts.router,
    articles.router,
    accounts.router,
    search.router,
    search.feed_router,
    watches.router,
    alerts.router,
    rules.router,
    spend.router,
    system.router,
    own.router,
    people.router,
    api_posts.router,
    api_articles.router,
    api_cases.router,
    api_links.router,
    api_alerts.router,
    api_watches.router,
    api_check.router,
    api_suggestions.router,
    api_today.router,
    api_accounts.router,
    api_looking.router,
)
"""All pages and answers, a router a noun."""


def make_app(desk: Desk) -> FastAPI:
    """The application of one desk."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.changes.start()
        yield
        await app.state.changes.stop()
        desk.close()

    app = FastAPI(
        title="Postwatch",
        version=__version__,
        description="What the desk knows, for programs. `postwatch api token --role viewer` makes a token.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.state.changes = Changes(desk)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(PostwatchError, _ours)
    app.add_exception_handler(LedgerError, _ledger)
    app.add_middleware(Guarding, desk=desk)
    return app


def _told(request: Request, problem: Problem) -> Response:
    if for_program(request.url.path):
        return as_json(problem)
    if problem.status == 401:
        return entry.to_login(request)
    answer = page(request, "problem.html", status=problem.status, problem=problem)
    answer.headers.update(problem.headers)
    return answer


def _problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)
    return _told(request, exc)


def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    words = {404: "there is no such page", 405: "this address takes another method"}
    problem = Problem(exc.status_code, words.get(exc.status_code, str(exc.detail)), headers=exc.headers)
    return _told(request, problem)


def _wrong_request(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    found = [f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}" for error in exc.errors()]
    return _told(request, Problem(422, "; ".join(found)[:1000]))


def _ours(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, PostwatchError)
    return _told(request, Problem(503 if isinstance(exc, TryLater) else 422, str(exc)))


def _ledger(request: Request, exc: Exception) -> Response:
    return _told(request, Problem(503, f"the database: {exc}: `postwatch doctor` tells more"))
