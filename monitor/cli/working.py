"""`run` and `once`: the two commands that hold the home and do the work."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from monitor import clock
from monitor.cli import progress, show
from monitor.errors import WrongUse

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.jobs.engine import Engine
    from monitor.settings import Settings

EXIT_FAILED = 3


@click.command()
@click.option("--all", "everything", is_flag=True, help="Look at every watch, due or not.")
def once(everything: bool) -> int:
    """Does everything that is due, drains the queue, and ends: for cron.

    Exit code 3 when something of this run failed for good; `postwatch jobs` and `postwatch alerts` tell what.

    Example: */5 * * * * postwatch --home /srv/postwatch once
    """
    from monitor.jobs.context import Context
    from monitor.jobs.engine import Engine
    from monitor.jobs.heartbeat import beat
    from monitor.jobs.home import lock, reconcile, recover
    from monitor.logs import logging_to

    settings = show.settings()
    with lock(settings), logging_to(settings):
        context = Context(settings)
        stop_on_signals(context)
        try:
            recover(context)
            reconcile(context)
            engine = Engine(context)
            engine.queue_due(everything=everything)
            with progress.shown(context, engine):
                engine.drain()
            beat(context, 0.0)
            show.note(f"{engine.done} jobs and deliveries done, {engine.failed} failed for good")
            _tell_waiting(context)
            show.note("next: postwatch jobs   (what failed, and why)" if engine.failed else "next: postwatch links")
            _leave_if_stuck(engine.unfinished)
            return EXIT_FAILED if engine.failed else 0
        finally:
            context.close()


def _tell_waiting(context: "Context") -> None:
    """Messages that others may still join, or that quiet hours hold: a later run sends them."""
    from monitor.store import bundles

    for channel, slot, at, count in bundles.waiting(context.store, clock.now()):
        show.note(f"{count} alerts wait for {channel} until {at} ({slot})")


@click.command()
@click.option(
    "--listen", metavar="HOST:PORT", help="Answer /healthz and /metrics (Prometheus) there; else [run] listen."
)
def run(listen: str | None) -> int:
    """Works until it is stopped (Ctrl-C or SIGTERM): looks at what is due, fetches, links, delivers.

    \b
    Example: postwatch run
             postwatch run --listen 127.0.0.1:9464
    """
    from monitor.jobs.context import Context
    from monitor.jobs.engine import Engine
    from monitor.jobs.home import lock, reconcile, recover
    from monitor.jobs.schedule import scheduler
    from monitor.logs import logging_to

    settings = show.settings()
    with lock(settings), logging_to(settings):
        context = Context(settings)
        stop_on_signals(context)
        try:
            recover(context)
            reconcile(context)
            count = context.store.value("SELECT count(*) FROM watch WHERE state = 'active' AND origin != 'citation'")
            show.note(f"watching {count} in {settings.home}; Ctrl-C stops")
            engine = Engine(context)
            clockwork = scheduler(context, engine)
            with _probes(context, engine, listen or settings.options.run.listen), _desk(settings):
                clockwork.start()
                try:
                    engine.serve()
                finally:
                    clockwork.shutdown(wait=False)
            show.note("stopped; next: postwatch status")
            _leave_if_stuck(engine.unfinished)
            return 0
        finally:
            context.close()


@contextmanager
def _probes(context: "Context", engine: "Engine", listen: str) -> Iterator[None]:
    if not listen:
        yield
        return
    from monitor.settings.kinds import listen_pair
    from monitor.web.probes import Probes

    try:
        pair = listen_pair(listen)
    except ValueError as exc:
        raise WrongUse(f"--listen {listen}: {exc}") from exc
    server = Probes(context, engine).serve(pair)
    show.note(f"answering at {server.url}/healthz and {server.url}/metrics")
    try:
        yield
    finally:
        server.close()


@contextmanager
def _desk(settings: "Settings") -> Iterator[None]:
    """The desk beside the work, where [desk] listen says; the work goes on without it when that address is taken."""
    if not settings.options.desk.listen:
        yield
        return
    from monitor.cli.desk import tell
    from monitor.web.desk import Desk
    from monitor.web.serving import DeskServer

    made = Desk(settings)
    try:
        server = DeskServer(made, settings.options.desk.listen)
    except WrongUse as exc:
        show.note(f"the desk is not served: {exc} ([desk] listen)")
        yield
        return
    tell(made, server.url)
    try:
        yield
    finally:
        server.close()


def stop_on_signals(context: object) -> None:
    """Ctrl-C and SIGTERM ask the run to stop."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        context.stop.set()  # type: ignore[attr-defined]  # a Context, imported only where it is used

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _leave_if_stuck(unfinished: int) -> None:
    # Threads in a request that will not end must not hold up a stop; their jobs are leased and start anew.
    if unfinished:
        show.note(f"{unfinished} jobs were cut off; the next start takes them up")
        sys.stdout.flush()
        os._exit(0)
