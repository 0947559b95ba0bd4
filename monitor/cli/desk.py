"""`desk` serves the desk alone; `api token` lets a program in."""

import signal
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from monitor import clock
from monitor.cli import show
from monitor.durations import seconds_of
from monitor.errors import WrongUse
from monitor.model.desk import ROLES, Role

if TYPE_CHECKING:
    from monitor.web.desk import Desk


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port; 0 for any that is free. Else that of [desk] listen."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to answer at.")
@click.option(
    "--public-url", metavar="URL", help="The address that people type, where an https proxy stands before it."
)
def desk(port: int | None, host: str, public_url: str | None) -> int:
    """Serves the desk: the screen on which the newsroom verifies. `run` serves it too, beside its work.

    On the first run a link that works once, for 15 minutes, makes the first administrator: it is printed on stderr.

    \b
    Example: postwatch desk
             postwatch desk --port 8800
    """
    from monitor.settings import load
    from monitor.settings.kinds import http_url
    from monitor.web.desk import Desk
    from monitor.web.serving import DeskServer

    settings = load(show.home(), demand_secrets=False)
    for warning in settings.warnings:
        show.note(warning)
    made = Desk(settings)
    if public_url is not None:
        try:
            made.options = made.options.model_copy(update={"public_url": http_url(public_url)})
        except ValueError as exc:
            raise WrongUse(f"--public-url {public_url}: {exc}") from exc
    pair = f"{host}:{port}" if port is not None else (made.options.listen or "127.0.0.1:8737")
    server = DeskServer(made, pair)
    tell(made, server.url)
    if not sys.stdout.isatty():
        print(made.options.public_url or server.url, flush=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
    server.close()
    show.note("stopped; next: postwatch desk   (again), or postwatch run   (with the collector)")
    return 0


def tell(made: "Desk", url: str) -> None:
    """Says where the desk is; on the first run, how to come in."""
    from monitor.web.people.coming_in import first_link

    base = made.options.public_url or url
    show.note(f"the desk answers at {base}")
    with made.store() as store:
        secret = first_link(store)
    if secret is not None:
        show.note(f"nobody has a place at it yet: open {base}/enter/{secret} within 15 minutes; it works once")


@click.group()
def api() -> None:
    """What programs need to ask the desk: /api/v1/openapi.json describes it.

    Example: postwatch api token --role viewer
    """


@api.command()
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the program may do at most.")
@click.option(
    "--scope",
    type=click.Choice(("read", "write")),
    default="write",
    show_default=True,
    help="read: it changes nothing.",
)
@click.option("--lasts", metavar="DURATION", help='How long it is good, such as "90d"; else until it is revoked.')
@click.option("--name", default="unnamed", help="What it is for; shown beside it at the desk.")
def token(role: Role, scope: str, lasts: str | None, name: str) -> None:
    """Prints a token for `Authorization: Bearer`, this once: only its hash is kept.

    \b
    Example: postwatch api token --role viewer --scope read --lasts 90d --name "the CMS"
    """
    from monitor.store import audit, sessions
    from monitor.web.people.secrets import new_token

    try:
        seconds = seconds_of(lasts) if lasts else None
    except ValueError as exc:
        raise WrongUse(f"--lasts {lasts}: {exc}") from exc
    now, by = clock.now(), show.person()
    key, kept, shown = new_token()
    scopes = ("read",) if scope == "read" else ("read", "write")
    with show.store() as store, store.change():
        until = now + timedelta(seconds=seconds) if seconds else None
        sessions.add_token(store, key, kept, name=name, role=role, scopes=scopes, by=by, now=now, expires_at=until)
        audit.note(store, by, "make token", f"token:{key}", now, detail={"role": role, "scopes": scopes})
    print(shown)
    show.note("it is shown this once; next: postwatch desk   (where it is good, and can be revoked)")
