"""`retention`: what must stay, what waits for a decision, what goes, and who said so."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import click

from monitor import clock
from monitor.cli import show
from monitor.durations import seconds_of
from monitor.errors import WrongUse
from monitor.store import custody, posts, sights
from monitor.store import retention as rows
from monitor.store.open import Store
from monitor.watching.retention import TAKEDOWN_HOURS

_TERMS = (
    "X's terms: what is deleted there must go within 24 hours of a written request, unless the law says otherwise; "
    "keeping it is a decision to write down (docs/what-is-proved.md)"
)


_list = show.lister(
    rows.listing,
    ("what", "id", "kind", "due", "platform", "post_id", "reason", "person"),
    "nothing is held, and no decision waits",
    "postwatch retention keep NUMBER --reason TEXT   or   postwatch retention purge NUMBER --reason TEXT",
)


retention = show.noun(
    "retention",
    "Holds, and decisions that wait: about posts deleted upstream, takedowns, erasure requests, yearly reviews.\n\n"
    "Example: postwatch retention --json",
    _list,
)


@retention.command("plan")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.option("--in", "ahead", default="0s", metavar="DURATION", help='Look ahead, such as "30d".')
def plan(as_json: bool, ahead: str) -> None:
    """What would go now by [retention] profile and the watches' own retention. Nothing is done.

    Example: postwatch retention plan --in 30d
    """
    from monitor.jobs import retain

    try:
        later = clock.now() + timedelta(seconds=seconds_of(ahead) if ahead != "0s" else 0)
    except ValueError as exc:
        raise WrongUse(f"--in {ahead}: {exc}") from exc
    settings = show.settings()
    with show.store() as store:
        found = [_planned(store, row, what) for row, what in retain.planned(settings, store, later)]
    show.listing(
        found,
        as_json,
        ("goes", "platform", "post_id", "url", "seen_at"),
        "nothing would go",
        "postwatch retention hold PLATFORM:ID --reason TEXT --until DATE   (what must stay)",
    )


def _planned(store: Store, row: int, what: str) -> Mapping[str, object]:
    post = store.one("SELECT platform, post_id, url, seen_at FROM post WHERE id = ?", row)
    assert post is not None
    return {"goes": what, **dict(post)}


@retention.command("hold")
@click.argument("post_id")
@click.option("--reason", required=True, help="Why it must stay: a court, a complaint, a story.")
@click.option(
    "--until",
    required=True,
    metavar="DATE",
    help='When the hold ends by itself; "released": not before somebody ends it.',
)
@click.option("--by", "person", help="Who says so; left out: the user of this machine.")
def hold(post_id: str, reason: str, until: str, person: str | None) -> None:
    """A legal hold: nothing of the post goes while it lasts, and it is looked at often. POST_ID is platform:id.

    Example: postwatch retention hold x:1803739203040000000 --reason "court order 12/26" --until 2027-12-31
    """
    now = clock.now()
    with show.store() as store, store.change():
        row = _post(store, post_id)
        end = None if until == "released" else _date(until)
        number = rows.hold(store, row, reason, show.person(person), end, now)
        fields = {"hold": str(number), "reason": reason, "until": until}
        custody.append(store, "legal-hold", f"post:{post_id}", fields, agent=show.person(person))
        sights.observe(store, row, now)
    show.note(f"hold {number}: nothing of {post_id} goes {f'before {until}' if end else 'until it is released'}")
    show.note(f"next: postwatch retention release {number} --reason TEXT   (when it ends)")


@retention.command("release")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why the hold ends.")
@click.option("--by", "person", help="Who says so.")
def release(number: int, reason: str, person: str | None) -> None:
    """Ends a hold.

    Example: postwatch retention release 3 --reason "the case is closed"
    """
    with show.store() as store, store.change():
        row = rows.release(store, number, reason, show.person(person), clock.now())
        if row is None:
            raise WrongUse(f"no hold {number} is open: `postwatch retention` lists them")
        fields = {"hold": str(number), "released": "yes", "reason": reason}
        custody.append(store, "legal-hold", _subject(store, row), fields, agent=show.person(person))
    show.note(f"hold {number} is released")


@retention.command("keep")
@click.argument("decision", type=int)
@click.option("--reason", required=True, help="Why it stays, so that it can be defended.")
@click.option("--by", "person", help="Who decides.")
def keep(decision: int, reason: str, person: str | None) -> None:
    """Decides that a post stays.

    Example: postwatch retention keep 7 --reason "evidence in a published article"
    """
    with show.store() as store, store.change():
        row = rows.decide(store, decision, "kept", reason, show.person(person), clock.now())
        if row is None:
            raise WrongUse(f"no decision {decision} waits: `postwatch retention` lists them")
        fields = {"decision": str(decision), "outcome": "kept", "reason": reason}
        custody.append(store, "verdict", _subject(store, row), fields, agent=show.person(person))
    show.note(f"decision {decision}: it stays")


@retention.command("purge")
@click.argument("post_id")
@click.option("--reason", required=True, help="Why it goes.")
@click.option("--media-only", is_flag=True, help="Files go, words stay.")
@click.option("--by", "person", help="Who decides.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def purge(post_id: str, reason: str, media_only: bool, person: str | None, yes: bool) -> None:
    """Purges a post: text, answers and files go for good; ids, hashes and times stay, with who decided and why.

    POST_ID is platform:id, or the number of a decision that waits.

    Example: postwatch retention purge x:1803739203040000000 --reason "erasure request of the author"
    """
    from monitor.jobs import retain

    settings = show.settings()
    with show.store() as store:
        decision = int(post_id) if post_id.isdigit() else None
        row = rows.post_of(store, decision) if decision is not None else _post(store, post_id)
        if row is None:
            raise WrongUse(f"no decision {post_id} waits: `postwatch retention` lists them")
        what = "files" if media_only else "text, answers and files"
        if not yes:
            click.confirm(
                f"{what} of {_subject(store, row)} go for good, and cannot be brought back: go on?",
                abort=True,
                err=True,
            )
        gone = retain.purge(settings, store, row, "media" if media_only else "everything", reason, show.person(person))
        if decision is not None:
            rows.decide(store, decision, "purged", reason, show.person(person), clock.now())
    show.note(f"purged: {len(gone)} pieces; their hashes stay in the custody log")
    show.note("backups and packages made before still hold them: they are yours to look after")


@retention.command("takedown")
@click.argument("post_id")
@click.option("--from", "sender", required=True, metavar="WHO", help="Who asks: the platform, the author, a court.")
@click.option("--received", metavar="TIME", help="When the request came; left out: now.")
@click.option("--erasure", is_flag=True, help="A person asks for the erasure of their data: due in a month.")
@click.option("--detail", default="", metavar="TEXT", help="What is asked, and where the letter is.")
def takedown(post_id: str, sender: str, received: str | None, erasure: bool, detail: str) -> None:
    """Records a written request that a post goes, and opens the decision: due 24 hours after it came (30 days for erasure).

    Example: postwatch retention takedown x:1803739203040000000 --from "X Legal" --received 2026-11-24T09:30:00Z
    """
    came = _date(received) or clock.now()
    within = timedelta(days=30) if erasure else timedelta(hours=TAKEDOWN_HOURS)
    kind = "erasure" if erasure else "takedown"
    with show.store() as store, store.change():
        row = _post(store, post_id)
        number = rows.open_decision(store, row, kind, f"{sender}: {detail}".rstrip(": "), came, within)
        if number is None:
            raise WrongUse(f"a {kind} of {post_id} waits already: `postwatch retention` names it")
        fields = {"decision": str(number), "request": kind, "from": sender, "received_at": clock.text(came)}
        custody.append(store, "verdict", f"post:{post_id}", fields, agent=show.person(None))
    show.note(f"decision {number}, due {clock.text(came + within)}")
    show.note(_TERMS)
    show.note(
        f"next: postwatch retention purge {number} --reason TEXT   or   postwatch retention keep {number} --reason TEXT"
    )


def _post(store: Store, post_id: str) -> int:
    platform, colon, plain = post_id.partition(":")
    row = posts.find(store, platform, plain) if colon else None
    if row is None:
        raise WrongUse(f"we keep no post {post_id}: `postwatch posts` lists them, write platform:id")
    return row


def _subject(store: Store, row: int) -> str:
    post = store.one("SELECT platform, post_id FROM post WHERE id = ?", row)
    assert post is not None
    return f"post:{post['platform']}:{post['post_id']}"


def _date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return clock.parse(text)
    except ValueError:
        raise WrongUse(f"{json.dumps(text)} is no date: write 2027-12-31, or 2026-11-24T09:30:00Z") from None
