"""Where `check` works: a home's settings or none, a home made when something is to be kept, and the engine that keeps."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor import clock
from monitor.cli import show
from monitor.errors import HomeInUse, UnusableSettings, WrongUse
from monitor.places import has_home
from monitor.settings import Settings, defaults, load
from monitor.settings.kinds import host_port, http_url

if TYPE_CHECKING:
    from monitor.jobs.audit_notes import Notes
    from monitor.jobs.check_articles import Read
    from monitor.jobs.context import Context
    from monitor.model.availability import Cited


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    target: str
    keep: bool
    as_json: bool
    html: Path | None
    since: str
    limit: int | None

    def demand_writable(self) -> None:
        """Raises WrongUse before any work is done for a report that could not be written."""
        if self.html is not None and not os.access(self.html.parent, os.W_OK):
            raise WrongUse(f"--html {self.html}: the folder {self.html.parent} is not there, or not to be written to")


def moment(since: str) -> datetime | None:
    """The time that `--since` names."""
    return clock.parse_or_none(show.since(since))


def notes_for(asked: Asked, listed: int) -> "Notes":
    """The notes of an audit: beside its report, else in the home, else in memory. Says when an earlier one goes on."""
    from monitor.jobs.audit_notes import Notes

    about: dict[str, object] = {"target": asked.target, "since": asked.since, "limit": asked.limit, "keep": asked.keep}
    path = None
    if asked.html is not None:
        path = asked.html.with_name(f"{asked.html.name}.part")
    elif has_home(show.home()):
        name = hashlib.sha256(repr(sorted(about.items())).encode()).hexdigest()[:16]
        path = show.home() / "storage" / "cache" / f"audit-{name}.part"
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        notes = Notes.opened(path, about)
    except OSError as exc:
        raise WrongUse(f"{path} cannot be written: {exc.strerror}") from exc
    if notes.articles:
        began = clock.text(notes.began_at)[:16].replace("T", " ")
        show.note(f"going on with the audit begun {began} UTC: {len(notes.articles)} of {listed} articles are read")
    return notes


def settings_for(allow: tuple[str, ...], oembed_url: str | None, *, keep: bool) -> Settings:
    """The home's settings, else the defaults, with what the command line adds, and without X's key. Makes a home to keep in."""
    from monitor.jobs.check_articles import LARGEST_PAGE
    from monitor.jobs.keep_cited import without_key
    from monitor.platforms.availability import ASKED

    home = show.home()
    if keep and not has_home(home):
        _make_home()
    found = without_key(load(home, demand_secrets=False) if has_home(home) else defaults(home))
    options = found.options
    unknown = sorted(set(options.check.endpoints) - (ASKED - {"x"}))
    if unknown:
        known = ", ".join(sorted(ASKED - {"x"}))
        raise UnusableSettings(
            [f"config/postwatch.toml: [check]: endpoints: {', '.join(unknown)}: write any of {known}"]
        )
    net = options.net.model_copy(
        update={
            "allow": (*options.net.allow, *(_checked("--allow", host_port, pair) for pair in allow)),
            "max_page_bytes": max(options.net.max_page_bytes, LARGEST_PAGE),
        }
    )
    x = options.x.model_copy(
        update={"oembed_url": _checked("--oembed-url", http_url, oembed_url)} if oembed_url else {}
    )
    # Only what is kept has a log; without one, the guard's warnings would land on the terminal.
    logging.getLogger("postwatch").addHandler(logging.NullHandler())
    return replace(found, options=options.model_copy(update={"net": net, "x": x}))


def keep_all(context: "Context", reads: "Iterable[Read]", cited: "Iterable[Cited]") -> None:
    """Keeps articles and posts by the jobs of every home. Where another postwatch works in it, that one fetches them."""
    from monitor.cli import progress
    from monitor.cli.working import stop_on_signals
    from monitor.jobs.engine import Engine
    from monitor.jobs.home import lock, recover
    from monitor.jobs.keep_cited import keep_article, want
    from monitor.logs import logging_to

    for read in reads:
        keep_article(context, read)
    want(context, cited)
    try:
        with lock(context.settings), logging_to(context.settings):
            stop_on_signals(context)
            recover(context)
            engine = Engine(context)
            with progress.shown(context, engine):
                engine.drain()
            if context.stop.is_set():
                raise click.Abort
    except HomeInUse:
        show.note(f"another postwatch works in {context.settings.home}: it fetches what is to be kept")


def _make_home() -> None:
    from monitor.cli.initiating import write_files
    from monitor.settings.chosen import Answers

    home = show.home()
    written = write_files(home, Answers("newsroom", "", "", 10.0, ""))
    show.note(f"made a home in {home} to keep things in ({', '.join(written)}); --home DIR names another place")


def _checked(option: str, check: Callable[[str], str], value: str) -> str:
    try:
        return check(value)
    except ValueError as exc:
        raise WrongUse(f"{option} {value}: {exc}") from exc
