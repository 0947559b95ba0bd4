"""The only door to APScheduler: what `run` does again and again, and a row for every miss and error."""

import logging
from datetime import UTC
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from monitor import clock
from monitor.jobs import heartbeat, watch_over
from monitor.jobs.context import Context
from monitor.jobs.engine import Engine

log = logging.getLogger("postwatch.schedule")

TICK_SECONDS = 1
_WATCH_SECONDS, _LISTEN_SECONDS = 20, 3600
_KINDS = {EVENT_JOB_ERROR: "error", EVENT_JOB_MISSED: "missed", EVENT_JOB_MAX_INSTANCES: "overrun"}


def scheduler(context: Context, engine: Engine) -> BackgroundScheduler:
    """A scheduler, not yet started, that queues due watches every second."""
    made = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60},
    )
    made.add_listener(
        lambda event: _record(context, event), EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES
    )
    made.add_job(engine.queue_due, "interval", seconds=TICK_SECONDS, id="queue_due", next_run_time=clock.now())
    made.add_job(lambda: watch_over.run(context), "interval", seconds=_WATCH_SECONDS, id="watch_over")
    made.add_job(lambda: watch_over.listen(context), "interval", seconds=_LISTEN_SECONDS, id="listen")
    if context.settings.secrets.heartbeat_url:
        made.add_job(
            lambda: heartbeat.beat(context, engine.seconds_since_beat()),
            "interval",
            seconds=context.options.alerts.heartbeat_every,
            id="heartbeat",
            next_run_time=clock.now(),
        )
    return made


def _record(context: Context, event: Any) -> None:
    kind = _KINDS.get(event.code, str(event.code))
    detail = repr(getattr(event, "exception", None) or getattr(event, "scheduled_run_time", ""))
    log.warning("scheduled task %s: %s %s", event.job_id, kind, detail)
    with context.store.change() as db:
        db.execute(
            "INSERT INTO schedule_event (at, task, kind, detail) VALUES (?, ?, ?, ?)",
            (clock.text(clock.now()), event.job_id, kind, detail),
        )
