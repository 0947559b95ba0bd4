"""Asking X's API for posts that are observed: a hundred at once, controls among them, then the authors of what is missing."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import BudgetSpent, PostwatchError, RateLimited
from monitor.jobs import lifecycle, media_changes, screen_posts
from monitor.jobs.context import Context
from monitor.jobs.look_up_posts import keep
from monitor.model.post import Page, Post, Problem
from monitor.model.sight import AuthorState, Look, Shown
from monitor.platforms import address_of
from monitor.store import captures, sights, spend
from monitor.store.sights import Sight

log = logging.getLogger("postwatch.observe")

_CONTROLS, _FREE_CONTROLS = 2, 8
_CHOICE = 30
_MANY, _DAY = 8, timedelta(days=1)

_REFUSALS: Mapping[str, Shown] = {"not_found": "absent", "not_authorized": "refused", "suspended": "refused"}
_AUTHORS: Mapping[str, AuthorState] = {"not_found": "absent", "suspended": "suspended"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What X said of all that was asked in one minute."""

    page: Page
    shown: Mapping[str, Post]
    """By the id of each version."""
    problems: Mapping[str, Problem]
    authors: Mapping[str, AuthorState]
    live: Mapping[str, str]
    """Posts that were seen -> their authors."""
    vouches: bool
    """False when a control post was missed, too: then no post of this answer is a control of another."""


def ask(context: Context, asked: Sequence[Sight], *, screened: Collection[int] = ()) -> None:
    """Looks at posts on X by its API. `screened`: ids of sights that a free answer has just missed."""
    assert context.x is not None
    ids, controls = [s.version_id for s in asked], _controls(context, asked)
    billed = spend.billed_today(context.store, [*ids, *controls], clock.now())
    doubt = bool(screened) or any(s.state in ("suspect", "gone") for s in asked)
    try:
        context.paused_until("x:lookup")
        page = context.x.look([*ids, *controls], billed=billed, purpose="doubt" if doubt else "cited")
    except PostwatchError as exc:
        _could_not_look(context, asked, exc)
        return
    page = _with_newer_versions(context, page)
    shown = {version: p for p in page.posts for version in (p.version_id, *p.chain)}
    missing = [s for s in asked if s.version_id not in shown]
    authors, author_pages = _authors(context, missing)
    problems = {p.key: p for p in page.problems if p.main and p.subject == "post"}
    denied = [s for s in missing if s.version_id in problems and problems[s.version_id].reason in _REFUSALS]
    # A second method is asked of what the first one missed: an old copy there makes us wait longer.
    second = screen_posts.second_opinions(context, [s for s in denied if s.id not in screened])
    with context.store.change():
        capture_id = _keep(context, page, "posts:x")
        for author_page in author_pages:
            _keep(context, author_page, "accounts:x")
            lifecycle.note_accounts(context, author_page, clock.now())
        there = [p for p in page.posts if shown_of(p)[0] == "available"]
        answer = _answer(page, shown, problems, authors, there, controls)
        if _too_many(context, denied, answer):
            answer = replace(answer, vouches=False)
        _note_missed_controls(context, answer, set(controls) - set(ids), capture_id)
        keep(context, there, capture_id, "x-api")
        media_changes.notice(context, there)
        for sight in asked:
            post = shown.get(sight.version_id)
            look, seen = _look(sight, post, answer)
            if look.shown != "available":
                sights.note(context.store, "x", sight.post_id, look, seen=seen, capture_id=capture_id)
            second.note(sight)
            lifecycle.settle(context, sight, look, post)


def _answer(
    page: Page,
    shown: Mapping[str, Post],
    problems: Mapping[str, Problem],
    authors: Mapping[str, AuthorState],
    there: Sequence[Post],
    controls: Collection[str],
) -> _Answer:
    # X refuses posts of accounts that were protected or suspended meanwhile; a control that it does not know of is another thing.
    lost = [c for c in controls if c not in shown and (c not in problems or problems[c].reason == "not_found")]
    live = {p.post_id: p.account.platform_id for p in there}
    return _Answer(page, shown, problems, authors, live, vouches=not lost)


def _too_many(context: Context, denied: Sequence[Sight], answer: _Answer) -> bool:
    """Whether more accounts than is likely, each there itself, seem to have deleted posts at once: X's trouble rather than theirs.

    After a day it is believed.
    """
    now = clock.now()
    fresh = [
        s for s in denied if s.state != "gone" and (s.state != "suspect" or s.since is None or now - s.since < _DAY)
    ]
    gone = [s for s in fresh if answer.problems[s.version_id].reason == "not_found"]
    accounts = {s.account_id for s in gone if answer.authors.get(s.account_id or "") == "live"}
    return len(accounts) >= _MANY and len(accounts) * 4 > sights.accounts_observed(context.store, "x")


def _note_missed_controls(context: Context, answer: _Answer, controls: Collection[str], capture_id: int) -> None:
    """So that the next look takes others."""
    for version in sorted(controls):
        problem = answer.problems.get(version)
        if version in answer.shown or problem is None:
            continue
        row = sights.post_id_of(context.store, "x", version)
        shown = _REFUSALS.get(problem.reason, "unanswered")
        look = Look(answer.page.exchange.ended_at, "x-api", shown, f"as a control: {problem.detail}")
        sights.note(context.store, "x", row, look, seen=problem.reason, capture_id=capture_id)


def _with_newer_versions(context: Context, page: Page) -> Page:
    """Edits: X answers with the version that was asked for, and names the newer ones."""
    assert context.x is not None
    have = {p.version_id for p in page.posts}
    newest = sorted({p.chain[-1] for p in page.posts} - have)
    if not newest:
        return page
    try:
        more = context.x.look(newest[:100])
    except PostwatchError as exc:
        context.record_failure("posts:x", exc)
        return page
    with context.store.change():
        _keep(context, more, "posts:x")
    return replace(page, posts=(*page.posts, *more.posts))


def _authors(context: Context, missing: Sequence[Sight]) -> tuple[dict[str, AuthorState], list[Page]]:
    """The state of each author of a missing post, by stable id, or by "@" and handle of one whose posts we never saw."""
    assert context.x is not None
    doubted = [s for s in missing if s.state != "gone"]
    ids = sorted({s.account_id for s in doubted if s.account_id is not None})[:100]
    handles = sorted({s.cited_handle for s in doubted if s.account_id is None and s.cited_handle})[:100]
    found: dict[str, AuthorState] = {}
    pages = []
    for ask_for, names, mark in ((context.x.accounts_by_id, ids, ""), (context.x.accounts_by_handle, handles, "@")):
        if not names:
            continue
        try:
            page = ask_for(names, "doubt")
        except PostwatchError as exc:
            context.record_failure("accounts:x", exc)
            continue
        pages.append(page)
        for account in page.accounts:
            key = f"@{(account.handle or '').lower()}" if mark else account.platform_id
            found[key] = "protected" if account.protected else "live"
        for problem in page.problems:
            state = _AUTHORS.get(problem.reason)
            if problem.main and problem.subject == "account" and state is not None:
                found.setdefault(mark + (problem.key.lower() if mark else problem.key), state)
    return found, pages


def _author_of(sight: Sight) -> str | None:
    return sight.account_id or (f"@{sight.cited_handle.lower()}" if sight.cited_handle else None)


def _look(sight: Sight, post: Post | None, answer: _Answer) -> tuple[Look, str]:
    """The look at one post, and what the observation says in X's words."""
    control = next((f"x:{post_id}" for post_id, author in answer.live.items() if author != sight.account_id), None)
    author = answer.authors.get(_author_of(sight) or "")
    at = answer.page.exchange.ended_at
    look = Look(at, "x-api", "unanswered", "", author, control if answer.vouches else None)
    if post is not None:
        shown, detail = shown_of(post)
        return replace(look, shown=shown, detail=detail, author="live"), shown
    problem = answer.problems.get(sight.version_id)
    if problem is None:
        return replace(look, detail="the answer does not mention it"), "unknown"
    shown = "withheld" if problem.reason == "withheld" else _REFUSALS.get(problem.reason, "unanswered")
    if problem.reason == "suspended" and author is None:
        look = replace(look, author="suspended")
    return replace(look, shown=shown, detail=problem.detail), problem.reason


def shown_of(post: Post) -> tuple[Shown, str]:
    """What an answer that describes a post shows of it: X describes what it withholds elsewhere."""
    if post.withheld_copyright:
        return "copyright", "withheld for copyright"
    if post.withheld_in:
        return "withheld", f"withheld in {', '.join(post.withheld_in)}"
    return "available", ""


def _controls(context: Context, asked: Sequence[Sight]) -> list[str]:
    """Ids of posts that should be live: those of the settings, else posts of other accounts that we saw last.

    Posts of several accounts vouch for each other, so that nothing more need be read, and paid for, until there is doubt. Then
    two are read, and as many more as were read today already.
    """
    doubted = {s.account_id for s in asked if s.state == "suspect" and s.account_id is not None}
    authors = {s.account_id for s in asked if s.account_id is not None}
    doubt = any(s.state == "suspect" for s in asked)
    wanted = _CONTROLS if doubt else 1 if len(authors) < 2 else 0
    named = _named_controls(context)
    if wanted == 0 or len(named) >= wanted:
        return named[:wanted]
    known = sights.controls(context.store, "x", doubted if len(authors) > 1 else authors, _CHOICE)
    versions = [version for _, version, _ in known]
    billed = spend.billed_today(context.store, versions, clock.now())
    cheapest = sorted(versions, key=lambda version: version not in billed)
    chosen = list(dict.fromkeys((*named, *cheapest)))
    free = [version for version in chosen[wanted:] if version in billed][:_FREE_CONTROLS] if doubt else []
    return [*chosen[:wanted], *free][: 100 - len(asked)]


def _named_controls(context: Context) -> list[str]:
    found = []
    for text in context.options.watching.control_posts:
        address = address_of(text)
        if address is not None and address.platform == "x" and address.post_id:
            found.append(address.post_id)
        elif address is None and text.isdigit():
            found.append(text)
    return found


def _keep(context: Context, page: Page, subject: str) -> int:
    return captures.record(context.store, page.exchange, subject=subject, asked_by=context.agent, slices=page.slices)


def _could_not_look(context: Context, asked: Sequence[Sight], exc: PostwatchError) -> None:
    """Nothing is learnt of any post: written down as that, and tried again before long."""
    now = clock.now()
    context.record_failure("posts:x", exc)
    words = context.masked(f"{type(exc).__name__}: {exc}")
    log.warning("%d posts could not be looked at: %s", len(asked), words)
    if isinstance(exc, RateLimited) and exc.retry_at:
        context.pause("x:lookup", exc.retry_at)
    with context.store.change():
        for sight in asked:
            look = Look(now, "x-api", "unanswered", words)
            sights.note(context.store, sight.platform, sight.post_id, look, seen="unanswered", capture_id=None)
        sights.put_off(context.store, asked, _again(exc, now))


def _again(exc: PostwatchError, now: datetime) -> datetime:
    retry_at = getattr(exc, "retry_at", None)
    wait = timedelta(hours=6) if isinstance(exc, BudgetSpent) else timedelta(minutes=10)
    return max(now + timedelta(minutes=1), min(retry_at or now + wait, now + wait))
