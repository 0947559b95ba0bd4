"""Looking at cited posts again: is each still there, and does it still say the same?

1. Take the posts that are due. On its paid days, and whenever there is doubt, a post on X is asked of the API; else a free answer screens.
2. Ask a hundred at once, a control post of another account among them; look up the authors of what is missing.
3. Keep the answer, write one observation a post, let the looks add up to a verdict, tell what is new: one transaction.
"""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from monitor import clock
from monitor.errors import BudgetSpent, PostwatchError, RateLimited
from monitor.jobs import lifecycle
from monitor.jobs.ask_platforms import Asker
from monitor.jobs.context import Context
from monitor.jobs.look_up_posts import keep
from monitor.model.availability import Cited, Seen
from monitor.model.exchange import Exchange
from monitor.model.post import Page, Post
from monitor.model.sight import AuthorState, Look, Shown
from monitor.platforms import address_of
from monitor.platforms.availability import ASKED
from monitor.store import captures, sights, spend
from monitor.store.sights import Sight
from monitor.watching import cadence

log = logging.getLogger("postwatch.observe")

_AT_ONCE = 90
"""Posts in one request; the rest of its hundred is for controls and for newer versions."""
_CONTROLS = 2
_CHOICE = 20
_ASKING_THREADS = 6
_PATIENCE_S = 20.0
_UNASKABLE = timedelta(days=1)
"""Until posts of a platform that nobody can ask are thought of again."""

_REFUSALS: Mapping[str, Shown] = {"not_found": "absent", "not_authorized": "refused", "suspended": "refused"}
_AUTHORS: Mapping[str, AuthorState] = {"not_found": "absent", "suspended": "suspended"}


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
    paid, free = _divided(context, platform, due)
    if free:
        missed = _screen(context, platform, free)
        paid = [*paid, *missed] if platform == "x" and context.x is not None else paid
    if paid:
        _ask_x(context, paid)


def _divided(context: Context, platform: str, due: Sequence[Sight]) -> tuple[list[Sight], list[Sight]]:
    """Those to be asked of X's API now, and those to be screened."""
    if platform != "x" or context.x is None:
        return [], list(due)
    now, options = clock.now(), context.options
    allowance = options.budget.usd_per_month * options.budget.kept_for_cited / 100
    ages = cadence.ages_of(sights.cited_times(context.store, "x"), now)
    level = cadence.level_for(ages, options.x.usd_per_post, allowance)
    billed = spend.billed_today(context.store, [s.version_id for s in due], now)
    paid = [
        s
        for s in due
        # What X does not show costs nothing, and what was read today costs nothing again.
        if s.state in ("suspect", "gone", "unknown")
        or s.version_id in billed
        or cadence.is_paid_day(level, cadence.days_between(s.cited_at, now))
    ]
    chosen = {s.id for s in paid}
    return paid, [s for s in due if s.id not in chosen]


# X's API


def _ask_x(context: Context, asked: Sequence[Sight]) -> None:
    assert context.x is not None
    store, now = context.store, clock.now()
    ids = [s.version_id for s in asked]
    controls = _controls(context, "x", asked)
    billed = spend.billed_today(store, [*ids, *controls], now)
    try:
        context.paused_until("x:lookup")
        page = context.x.look([*ids, *controls], billed=billed)
    except PostwatchError as exc:
        _could_not_look(context, asked, "x-api", exc)
        return
    page = _with_newer_versions(context, page)
    shown = {version: p for p in page.posts for version in (p.version_id, *p.chain)}
    missing = [s for s in asked if s.version_id not in shown]
    authors, author_page = _authors(context, missing)
    with store.change():
        capture_id = _keep(context, page, "posts:x")
        if author_page is not None:
            _keep(context, author_page, "accounts:x")
            lifecycle.note_accounts(context, author_page, clock.now())
        there = [p for p in page.posts if _shown_of(p)[0] == "available"]
        live = {p.post_id: p.account.platform_id for p in there}
        keep(context, there, capture_id, "x-api")
        for sight in asked:
            look, seen = _x_look(sight, shown.get(sight.version_id), page, authors, live)
            if look.shown != "available":
                sights.note(store, "x", sight.post_id, look, seen=seen, capture_id=capture_id)
            lifecycle.settle(context, sight, look, shown.get(sight.version_id))


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


def _authors(context: Context, missing: Sequence[Sight]) -> tuple[dict[str, AuthorState], Page | None]:
    """The state of each author of a missing post, by stable id."""
    wanted = sorted({s.account_id for s in missing if s.account_id is not None})
    if not wanted or context.x is None:
        return {}, None
    try:
        page = context.x.accounts_by_id(wanted[:100], "cited")
    except PostwatchError as exc:
        context.record_failure("accounts:x", exc)
        return {}, None
    found: dict[str, AuthorState] = {a.platform_id: "protected" if a.protected else "live" for a in page.accounts}
    for problem in page.problems:
        state = _AUTHORS.get(problem.reason)
        if problem.main and problem.subject == "account" and state is not None:
            found.setdefault(problem.key, state)
    return found, page


def _x_look(
    sight: Sight, post: Post | None, page: Page, authors: Mapping[str, AuthorState], live: Mapping[str, str]
) -> tuple[Look, str]:
    """The look at one post, and what the observation says in X's words."""
    control = next((f"x:{post_id}" for post_id, author in live.items() if author != sight.account_id), None)
    author = authors.get(sight.account_id) if sight.account_id else None
    look = Look(page.exchange.ended_at, "x-api", "unanswered", "", author, control)
    if post is not None:
        shown, detail = _shown_of(post)
        return replace(look, shown=shown, detail=detail, author="live"), shown
    problem = next((p for p in page.problems if p.main and p.subject == "post" and p.key == sight.version_id), None)
    if problem is None:
        return replace(look, detail="the answer does not mention it"), "unknown"
    shown = "withheld" if problem.reason == "withheld" else _REFUSALS.get(problem.reason, "unanswered")
    if problem.reason == "suspended" and author is None:
        look = replace(look, author="suspended")
    return replace(look, shown=shown, detail=problem.detail), problem.reason


def _shown_of(post: Post) -> tuple[Shown, str]:
    if post.withheld_copyright:
        return "copyright", "withheld for copyright"
    if post.withheld_in:
        return "withheld", f"withheld in {', '.join(post.withheld_in)}"
    return "available", ""


def _controls(context: Context, platform: str, asked: Sequence[Sight]) -> list[str]:
    """Ids of posts that should be live: those of the settings, else posts of other accounts that we saw last.

    Posts of several accounts vouch for each other, so that nothing more need be read, and paid for, until there is doubt.
    """
    named = []
    for text in context.options.watching.control_posts:
        address = address_of(text)
        if address is not None and address.platform == platform and address.post_id:
            named.append(address.post_id)
        elif address is None and platform == "x" and text.isdigit():
            named.append(text)
    authors = {s.account_id for s in asked if s.account_id is not None}
    doubt = any(s.state == "suspect" for s in asked)
    wanted = _CONTROLS if doubt else 1 if len(authors) < 2 else 0
    if len(named) >= wanted:
        return named[:wanted]
    known = sights.controls(context.store, platform, authors if len(authors) < 2 else (), _CHOICE)
    billed = spend.billed_today(context.store, [version for _, version, _ in known], clock.now())
    cheapest = sorted((version for _, version, _ in known), key=lambda version: version not in billed)
    return list(dict.fromkeys((*named, *cheapest)))[:wanted]


def _keep(context: Context, page: Page, subject: str) -> int:
    return captures.record(context.store, page.exchange, subject=subject, asked_by=context.agent, slices=page.slices)


def _could_not_look(context: Context, asked: Sequence[Sight], method: str, exc: PostwatchError) -> None:
    """Nothing is learnt of any post: written down as that, and tried again before long."""
    now = clock.now()
    context.record_failure("posts:x", exc)
    words = context.masked(f"{type(exc).__name__}: {exc}")
    log.warning("%d posts could not be looked at: %s", len(asked), words)
    if isinstance(exc, RateLimited) and exc.retry_at:
        context.pause("x:lookup", exc.retry_at)
    retry_at = getattr(exc, "retry_at", None)
    wait = timedelta(hours=6) if isinstance(exc, BudgetSpent) else timedelta(minutes=10)
    until = max(now + timedelta(minutes=1), min(retry_at or now + wait, now + wait))
    with context.store.change():
        for sight in asked:
            look = Look(now, method, "unanswered", words)
            sights.note(context.store, sight.platform, sight.post_id, look, seen="unanswered", capture_id=None)
        sights.put_off(context.store, asked, until)


# Free answers, of every platform


def _screen(context: Context, platform: str, asked: Sequence[Sight]) -> list[Sight]:
    """Asks each post for free; gives those that were missed, for the API to confirm."""
    kept: dict[tuple[str, str], Exchange] = {}
    asker = Asker(context, _PATIENCE_S)
    asker.on_exchange = lambda cited, exchange: kept.update({_key(cited): exchange})
    wanted = [Cited(s.platform, s.post_id, s.url or "", None) for s in asked]
    controls = [] if len({s.account_id for s in asked}) > 1 else _control_questions(context, platform, asked)
    with ThreadPoolExecutor(_ASKING_THREADS, thread_name_prefix="observe") as pool:
        everyone = [*wanted, *controls]
        answers = dict(zip(map(_key, everyone), pool.map(asker.ask, everyone), strict=True))
    authors = {s.post_id: s.account_id for s in asked}
    live = {
        key[1]: authors.get(key[1]) or f"?{key[1]}"
        for key, seen in answers.items()
        if seen.state in ("live", "changed")
    }
    missed = []
    with context.store.change():
        for sight in asked:
            seen = answers[platform, sight.post_id]
            look = _free_look(sight, seen, live)
            exchange = kept.get((platform, sight.post_id))
            capture_id = (
                captures.record(
                    context.store, exchange, subject=f"post:{platform}:{sight.post_id}", asked_by=context.agent
                )
                if exchange is not None
                else None
            )
            sights.note(context.store, platform, sight.post_id, look, seen=_seen_word(seen), capture_id=capture_id)
            if look.shown in ("absent", "refused") and platform == "x" and context.x is not None:
                missed.append(sight)
            else:
                lifecycle.settle(context, sight, look, None)
    return missed


def _key(cited: Cited) -> tuple[str, str]:
    return cited.platform, cited.post_id


def _control_questions(context: Context, platform: str, asked: Sequence[Sight]) -> list[Cited]:
    found = []
    for post_id in _controls(context, platform, asked)[:1]:
        url = context.store.value_text("SELECT url FROM post WHERE platform = ? AND post_id = ?", platform, post_id)
        found.append(Cited(platform, post_id, url or "", None))
    return found


def _free_look(sight: Sight, seen: Seen, live: Mapping[str, str]) -> Look:
    method = "oembed" if sight.platform == "x" else "public"
    others = [p for p, author in live.items() if author != sight.account_id and p != sight.post_id]
    control = f"{sight.platform}:{others[0]}" if others else None
    return Look(clock.now(), method, _shown_by(seen), seen.reason, None, control)


def _shown_by(seen: Seen) -> Shown:
    if seen.state == "not_answered":
        # A platform that answers and does not show the post is a miss; all else is no look.
        return "refused" if seen.reason.startswith("not shown") else "unanswered"
    return "absent" if seen.state == "not_found" else "available"


def _seen_word(seen: Seen) -> str:
    return {"live": "available", "changed": "available"}.get(seen.state, seen.state)
