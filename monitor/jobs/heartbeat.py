"""A sign of life to a dead man's switch: given while all is well, so that its absence calls somebody."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import PostwatchError
from monitor.net.pairs import pair_of
from monitor.store import channel_states

if TYPE_CHECKING:
    from monitor.jobs.context import Context

log = logging.getLogger("postwatch.heartbeat")
_STALLED_SECONDS = 60.0
_DOWN_FOR = timedelta(minutes=15)
_HASTY_SECONDS = 10


def beat(context: "Context", seconds_since_turn: float) -> bool:
    """Asks for the heartbeat's address, unless something is wrong that nobody could be told of; gives whether it was taken.

    Wrong is an engine that stands still, or that no channel lets anything through.
    """
    url = context.settings.secrets.heartbeat_url
    if not url or seconds_since_turn > _STALLED_SECONDS or _nobody_hears(context):
        return False
    from monitor.net.client import HttpClient

    net = context.options.net
    hasty = net.model_copy(update={"timeout": _HASTY_SECONDS, "total_timeout": _HASTY_SECONDS})
    try:
        with HttpClient(context.guard, hasty, "heartbeat", also=[pair_of(url)]) as client:
            status = client.fetch(url, max_bytes=10_000).exchange.status
    except PostwatchError as exc:
        log.warning("heartbeat: %s", context.masked(str(exc)))
        return False
    if status is None or not 200 <= status < 300:
        log.warning("heartbeat: HTTP %s", status)
        return False
    return True


def _nobody_hears(context: "Context") -> bool:
    states = {str(row["channel"]): row for row in channel_states.listing(context.store)}
    names = context.settings.channel_names
    return bool(names) and all(_is_down(states.get(name, {})) for name in names)


def _is_down(state: dict[str, object]) -> bool:
    since = clock.parse_or_none(str(state.get("failing_since") or ""))
    return bool(state.get("disabled_at")) or (since is not None and clock.now() - since > _DOWN_FOR)
