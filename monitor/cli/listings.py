"""Listings: posts, articles, links, media, jobs, spend, search."""

import click

from monitor import clock
from monitor.cli import judging, show
from monitor.cli.history import articles_history
from monitor.errors import WrongUse
from monitor.store import article_turns, reading
from monitor.store import articles as article_rows
from monitor.store import jobs as job_rows
from monitor.store import left_out as left_out_rows
from monitor.store import links as link_rows
from monitor.store import media as media_rows
from monitor.store import received as received_rows
from monitor.store import spend as spend_rows

_posts = show.lister(
    reading.posts,
    ("posted_at", "handle", "kind", "text", "media", "url"),
    "no posts yet: `postwatch add @handle`, then `postwatch once`",
    "postwatch export post PLATFORM:ID --to DIR   (ids: postwatch posts --json)",
)


def _articles(as_json: bool, limit: int | None, since: str | None) -> None:
    with show.store() as store:
        rows = article_rows.listing(store, limit=limit, since=since)
    if not as_json:
        rows = [{**r, "published_at": show.dated(r["published_at"], r["published_precision"])} for r in rows]
    show.listing(
        rows,
        as_json,
        ("published_at", "title", "citations", "versions", "url"),
        "no articles yet: `postwatch add URL`, then `postwatch once`",
        "postwatch articles history URL",
    )


def _links(as_json: bool, limit: int | None, since: str | None) -> None:
    with show.store() as store:
        rows = link_rows.listing(store, limit=limit, since=since)
    show.listing(
        rows,
        as_json,
        ("state", "kind", "paragraph", "handle", "url", "copy", "article_url"),
        "no citations yet: `postwatch add URL` of a feed or an article",
        "postwatch links suggest   (why)"
        if any(row["state"] == "suggested" for row in rows)
        else "postwatch export article URL --to DIR",
    )


_media = show.lister(
    media_rows.listing,
    ("state", "kind", "bytes", "duration_s", "sha256", "post_url", "reason"),
    "no media yet: `postwatch once`",
    "postwatch media path SHA256",
)


_jobs = show.lister(
    job_rows.listing,
    ("id", "kind", "key", "state", "attempts", "not_before", "last_error"),
    "no jobs yet: `postwatch once`",
    "postwatch jobs retry ID   (a failed one)",
)


posts = show.noun("posts", "Posts that we keep.\n\nExample: postwatch posts --since 2d --json", _posts)
articles = show.noun("articles", "Articles that we have read.\n\nExample: postwatch articles --limit 20", _articles)
links = show.noun(
    "links",
    "Which article cites which post, in which paragraph, and our copy; what is only suggested by words has that state.\n\n"
    "Example: postwatch links --json",
    _links,
)
media = show.noun("media", "Files of posts, by SHA-256.\n\nExample: postwatch media path SHA256", _media)
jobs = show.noun("jobs", "The queue.\n\nExample: postwatch jobs retry 17", _jobs)


articles.add_command(articles_history)
for judging_command in (judging.suggest, judging.confirm, judging.reject, judging.undo, judging.judged):
    links.add_command(judging_command)


@articles.command("flag")
@click.argument("url")
@click.option("--reason", default="flagged", show_default=True, help='Why, such as "much read".')
@click.option("--off", is_flag=True, help="Take the flag away.")
def articles_flag(url: str, reason: str, off: bool) -> None:
    """Looks closely at an article and the posts that it cites, as at those of our own: now, and more often from now on.

    Example: postwatch articles flag https://news.example.org/story --reason "much read"
    """
    with show.store() as store:
        found = article_turns.flag(store, url, "" if off else reason.strip() or "flagged", clock.now())
    if not found:
        raise WrongUse(f"we have read no article {url}: `postwatch articles` lists them")
    show.note(f"{url} is {'no longer flagged' if off else 'flagged'}")
    show.note("next: postwatch once")


@articles.command("left-out")
@show.options
def articles_left_out(as_json: bool, limit: int | None, since: str | None) -> None:
    """What a watched list named and was not read, and why: robots.txt forbids it, a file is broken.

    Example: postwatch articles left-out --json
    """
    with show.store() as store:
        rows = left_out_rows.listing(store, limit=limit, since=since)
    show.listing(
        rows,
        as_json,
        ("last_at", "reason", "url", "detail", "ended_at"),
        "nothing was left out",
        "postwatch add URL   (an article named by hand is read whatever a robots.txt says)",
    )


@media.command("path")
@click.argument("sha256")
def media_path(sha256: str) -> None:
    """Where the vault holds a file.

    Example: postwatch media path 61c2364808e870cfa8079848944b9e3513ea550a170fef3a4475df159d6887d0
    """
    from monitor.media.vault import Vault

    vault = Vault(show.places().vault)
    if len(sha256) != 64 or not vault.has(sha256.lower()):
        raise WrongUse(f"the vault holds no {sha256}: `postwatch media` lists what it holds")
    print(vault.path_of(sha256.lower()))


@media.command("received")
@show.options
def media_received(as_json: bool, limit: int | None, since: str | None) -> None:
    """Files that came by hand (`postwatch keep`): what they are said to be, and from whom.

    Example: postwatch media received --json
    """
    with show.store() as store:
        rows = received_rows.listing(store, limit=limit, since=since)
    show.listing(
        rows,
        as_json,
        ("received_at", "kind", "bytes", "from", "said_to_be", "note", "sha256"),
        "nothing was received yet: `postwatch keep FILE --said-to-be URL --from WHO`",
        "postwatch media path SHA256",
    )


@jobs.command("retry")
@click.argument("job_id", type=int)
def jobs_retry(job_id: int) -> None:
    """Queues a failed job again.

    Example: postwatch jobs retry 17
    """
    with show.store() as store:
        if not job_rows.retry(store, job_id, clock.now()):
            raise WrongUse(f"job {job_id} has not failed: `postwatch jobs` shows the states")
    show.note(f"job {job_id} is queued again; `postwatch once` works the queue")


@click.command()
@show.options
def spend(as_json: bool, limit: int | None, since: str | None) -> None:
    """What X has charged, a line a UTC day.

    Example: postwatch spend --json
    """
    with show.store() as store:
        rows = spend_rows.by_day(store, since)
    if limit is not None:
        rows = rows[-limit:]
    show.listing(
        rows,
        as_json,
        ("day", "requests", "posts", "users", "usd", "usd_unsettled"),
        "nothing spent yet",
        "postwatch status   (what is left of the budget)",
    )


@click.command()
@click.argument("words", nargs=-1, required=True)
@show.options
def search(words: tuple[str, ...], as_json: bool, limit: int | None, since: str | None) -> None:
    """Full-text search over posts and articles, newest first.

    Example: postwatch search farewell airport
    """
    with show.store() as store:
        rows = reading.search(store, " ".join(words), limit=limit, since=since)
    show.listing(
        rows,
        as_json,
        ("type", "seen_at", "who", "excerpt", "url"),
        "nothing found: fewer words find more",
        "postwatch export post PLATFORM:ID --to DIR   or   postwatch articles history URL",
    )
