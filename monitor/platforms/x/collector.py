"""X's API v2, asked with tweepy: accounts, timelines, single posts. The only door to tweepy.

Every request passes the spend gate: its worst case is reserved before it leaves, and settled by what the answer holds.
An error answer, or a connection that never came about, settles to nothing. When the connection breaks after the request
left, or a 200 cannot be read whole, nothing is settled: X may have charged it, so the worst case stays.
"""

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from monitor import __version__, clock
from monitor.errors import CredentialRefused, PostwatchError, WrongUse
from monitor.model.exchange import Exchange
from monitor.model.post import Bill, Page, Problem
from monitor.model.spend import Ask, Gate, Purpose
from monitor.platforms.x.answer import page_of
from monitor.platforms.x.refusals import refusal_of
from monitor.platforms.x.slices import is_web_page
from monitor.platforms.x.walk import LARGEST_PAGE, Walk
from monitor.platforms.x.wording import FieldsParameter, wording_of

BATCH = 100
"""The most ids or handles that one request may name."""
_SMALLEST_PAGE, _SMALLEST_SEARCH = 5, 10
_REFERENCES = 2
"""A post refers to two others at most: it may reply and quote."""
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_ID = re.compile(r"[0-9]{1,19}")


class XCollector:
    """X's API for one bearer token. Errors that arise from a request carry its `exchange`. Threads may share it."""

    def __init__(
        self,
        token: str,
        *,
        api_url: str,
        gate: Gate,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        fields_parameter: FieldsParameter = "tweet.fields",
        timeout: tuple[float, float] = (5, 30),
        user_agent: str | None = None,
    ) -> None:
        """`proxy` is the egress guard's URL, with its credential; `timeout` is to connect, and between bytes."""
        # Slow to import, and most commands never ask X.
        import requests
        import tweepy

        from monitor.platforms.x import transport

        _silence_tweepy()
        self._gate = gate
        self._api_url = api_url
        self._wording = wording_of(fields_parameter)
        self._client = tweepy.Client(_header_safe(token), return_type=requests.Response, wait_on_rate_limit=False)
        self._client.user_agent = user_agent or f"postwatch/{__version__} {self._client.user_agent}"
        self._tools = {"postwatch": __version__, "tweepy": tweepy.__version__}
        self._line = transport.Line(
            self._client.session, transport.Way(api_url, proxy or None, ca_bundle or None, timeout)
        )

    def accounts_by_handle(self, handles: Collection[str], purpose: Purpose = "watch") -> Page:
        """The accounts of up to 100 handles, with or without @. What is no handle is not asked, and is a problem."""
        named, others = _sorted_out([handle.strip().removeprefix("@") for handle in handles], _HANDLE)
        params = {"usernames": ",".join(named), **self._wording.for_accounts()}
        page = self._ask("/2/users/by", params, Ask("x", "users/by", 0, len(named), purpose))
        return _with_unasked(page, "account", others)

    def accounts_by_id(self, ids: Collection[str], purpose: Purpose = "watch") -> Page:
        """The accounts of up to 100 ids."""
        named, others = _sorted_out(ids, _ID)
        params = {"ids": ",".join(named), **self._wording.for_accounts()}
        page = self._ask("/2/users", params, Ask("x", "users", 0, len(named), purpose))
        return _with_unasked(page, "account", others)

    def lookup(self, ids: Collection[str], purpose: Purpose = "cited", *, authors: bool = True) -> Page:
        """Up to 100 posts by id, with media. A post that does not come is among the problems.

        Without `authors`, which are billed, these carry their id only.
        """
        named, others = _sorted_out(ids, _ID)
        params = {"ids": ",".join(named), **self._wording.for_lookup(authors=authors)}
        users = len(named) if authors or not self._wording.names_authors else 0
        page = self._ask("/2/tweets", params, Ask("x", "tweets", len(named), users, purpose))
        return _with_unasked(page, "post", others)

    def look(self, ids: Collection[str], *, billed: Collection[str] = (), purpose: Purpose = "cited") -> Page:
        """Whether up to 100 posts are there: `lookup` without authors and counts. `billed` were paid for on this UTC day."""
        named, others = _sorted_out(ids, _ID)
        params = {"ids": ",".join(named), **self._wording.for_look()}
        unpaid = len(set(named) - set(billed))
        users = 0 if self._wording.names_authors else unpaid
        return _with_unasked(self._ask("/2/tweets", params, Ask("x", "tweets", unpaid, users, purpose)), "post", others)

    def search_recent(
        self, query: str, *, start_time: datetime, end_time: datetime, max_results: int, purpose: Purpose = "watch"
    ) -> Page:
        """One page, 10 to 100, of the posts of a span within the last seven days that fit X's query; authors carry their id only."""
        size = min(LARGEST_PAGE, max(_SMALLEST_SEARCH, max_results))
        params = {
            "query": query,
            "max_results": str(size),
            "start_time": _second(start_time),
            "end_time": _second(end_time),
            **self._wording.for_lookup(authors=False),
        }
        users = 0 if self._wording.names_authors else size
        return self._ask("/2/tweets/search/recent", params, Ask("x", "tweets/search/recent", size, users, purpose))

    def timeline_page(
        self,
        user_id: str,
        *,
        since_id: str | None = None,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        max_results: int = LARGEST_PAGE,
        replies: bool = False,
        reposts: bool = False,
        token: str | None = None,
        purpose: Purpose = "watch",
    ) -> Page:
        """One page of an account's posts newer than `since_id`, 5 to 100; pages come newest first.

        The authors carry their id only, since describing them is billed. With `reposts`, the posts referred to are
        among `included`, and billed.
        """
        if not _ID.fullmatch(user_id):
            raise WrongUse(f"{user_id!a:.40} is no account id of X")
        size = min(LARGEST_PAGE, max(_SMALLEST_PAGE, max_results))
        params = {
            "max_results": str(size),
            "exclude": ",".join(name for name, wanted in (("replies", replies), ("retweets", reposts)) if not wanted),
            "since_id": since_id,
            "start_time": _second(start_time),
            "end_time": _second(end_time),
            "pagination_token": token,
            **self._wording.for_timeline(reposts=reposts),
        }
        worst = size * (1 + _REFERENCES) if reposts else size
        return self._ask(f"/2/users/{user_id}/tweets", params, Ask("x", f"users/{user_id}/tweets", worst, 0, purpose))

    def timeline(
        self,
        user_id: str,
        *,
        since_id: str | None = None,
        start_time: datetime | None = None,
        replies: bool = False,
        reposts: bool = False,
        limit: int | None = None,
        page_size: int = LARGEST_PAGE,
        purpose: Purpose = "watch",
    ) -> Iterator[Page]:
        """All pages of `page_size`, newest first, each page's posts oldest first; at most `limit` posts.

        The next `since_id` is the first page's `newest_id`. A last page with `stopped` ended before X did: at the
        limit, at pages that repeat themselves, or after too many empty pages.
        """
        walk = Walk(limit)
        token = None
        while walk.wanted() > 0:
            page = self.timeline_page(
                user_id,
                since_id=since_id,
                start_time=start_time,
                max_results=min(walk.wanted(), page_size),
                replies=replies,
                reposts=reposts,
                token=token,
                purpose=purpose,
            )
            page = walk.step(page)
            yield page
            token = page.next_token
            if page.stopped or not token:
                return

    def _ask(self, route: str, params: Mapping[str, str | None], ask: Ask) -> Page:
        ticket = self._gate.reserve(ask)
        exchange = self._exchange(ticket, route, {name: value for name, value in params.items() if value})
        try:
            page = page_of(exchange)
        except PostwatchError:
            if is_web_page(exchange.body):
                self._gate.settle(ticket, Bill())
            raise
        self._gate.settle(ticket, page.bill)
        return page

    def _exchange(self, ticket: int, route: str, params: Mapping[str, str]) -> Exchange:
        """The answer, a 200. Raises what any other answer, or none, means."""
        started_at = clock.now()
        trouble = self._send(route, params)
        flight = self._line.landed(trouble)
        exchange = Exchange(
            method="x-api",
            url_asked=flight.url or self._api_url.rstrip("/") + route,
            url_final=flight.url or self._api_url.rstrip("/") + route,
            status=flight.status,
            headers=flight.headers,
            body=flight.body,
            started_at=started_at,
            ended_at=clock.now(),
            tools=self._tools,
            error=None if flight.error is None else str(flight.error),
        )
        error = flight.error or refusal_of(exchange)
        if error is None:
            return exchange
        error.exchange = exchange
        if not flight.may_cost:
            self._gate.settle(ticket, Bill())
        raise error from (None if trouble is error else trouble)

    def _send(self, route: str, params: Mapping[str, str]) -> Exception | None:
        """Sends the request; the line keeps the answer. Returns what tweepy or its session raised.

        tweepy reads error answers itself, and stumbles over odd ones: a reset time that is no number, JSON that is
        no object. The answer is kept before, so these errors say nothing more.
        """
        import tweepy
        import urllib3

        try:
            self._client.request("GET", route, params=dict(params))
        except (
            tweepy.TweepyException,
            urllib3.exceptions.HTTPError,
            OSError,
        ) as error:  # requests' errors are OSErrors
            return error
        except (PostwatchError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            return error
        return None


def _second(moment: datetime | None) -> str | None:
    """A time as X takes it: whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


class _NoDebug(logging.Filter):
    """tweepy writes the bearer token into its DEBUG records."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno > logging.DEBUG


_NO_DEBUG = _NoDebug()


def _silence_tweepy() -> None:
    logging.getLogger("tweepy.client").addFilter(_NO_DEBUG)


def _header_safe(token: str) -> str:
    """The token, if it can be sent. Checked here since requests would show the header in its error."""
    token = token.strip()
    if not (token and token.isascii() and token.isprintable() and " " not in token):
        raise CredentialRefused("POSTWATCH_X_BEARER_TOKEN is empty, or holds characters that no token of X has")
    return token


def _sorted_out(keys: Collection[str], form: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The keys that X can be asked for, each once, and the others: one of these would fail the whole request."""
    unique = list({key.lower(): key for key in keys}.values())
    named = [key for key in unique if form.fullmatch(key)]
    if not named or len(named) > BATCH:
        raise WrongUse(f"X is asked for 1 to {BATCH} at a time, not {len(named)}")
    return named, [key for key in unique if not form.fullmatch(key)]


def _with_unasked(page: Page, subject: Literal["post", "account"], keys: Collection[str]) -> Page:
    detail = "X has no such form of name or id; it was not asked"
    unasked = tuple(Problem(subject, key, "unknown", "Not asked", detail, "") for key in keys)
    return replace(page, problems=page.problems + unasked)
