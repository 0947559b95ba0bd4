"""What `doctor` looks at beside disk and network: secrets, the age of yt-dlp, the budget, watches that have fallen silent."""

import re
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from monitor import clock
from monitor.durations import duration_text
from monitor.settings import Settings
from monitor.settings.load import SECRETS
from monitor.store import channel_states, spend, watches
from monitor.store.open import Store

Finding = tuple[str, bool | None, str]
"""What was checked; whether it is well (None: a remark); words."""

_AGEING, _OLD = timedelta(days=60), timedelta(days=180)
_MOST = 10


def secret_files(settings: Settings) -> Iterator[Finding]:
    """Files of config/secrets that others could read."""
    folder = settings.home / "config" / SECRETS
    if not folder.is_dir():
        return
    open_to_others = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != ".gitignore" and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    for path in open_to_others:
        yield "secrets", False, f"{path} can be read by others: chmod 600 {path}"
    if not open_to_others:
        yield "secrets", True, f"{folder}: readable by their owner alone"


def extractor_age() -> Finding:
    """Sites change, and yt-dlp with them: a version of half a year ago no longer reads many of them."""
    found = version("yt-dlp")
    dated = re.match(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", found)
    if dated is None:
        return "yt-dlp", None, f"version {found}"
    year, month, day = map(int, dated.groups())
    age = clock.now() - datetime(year, month, day, tzinfo=UTC)
    words = f"version {found}, {max(age.days, 0)} days old"
    if age < _AGEING:
        return "yt-dlp", True, words
    renew = f"to renew it: {sys.executable} -m pip install --upgrade yt-dlp"
    return "yt-dlp", None if age < _OLD else False, f"{words}; {renew}"


def budget(settings: Settings, store: Store) -> Finding:
    """What this month has cost, of what it may cost."""
    limit = settings.options.budget.usd_per_month
    used = spend.month_micro(store, clock.now()) / spend.MICRO
    words = f"${used:.2f} of ${limit:.2f} spent this month (UTC)"
    if used < limit * 0.8 or not limit:
        return "budget", True, words
    well = False if used >= limit else None
    return "budget", well, f"{words}; raise [budget] usd_per_month, or look less often: postwatch watches"


def channels(store: Store) -> Iterator[Finding]:
    """Channels over which nothing gets through at present."""
    for row in channel_states.listing(store):
        then = f"mend it, then: postwatch alerts test {row['channel']}"
        if row["disabled_at"]:
            yield "channel", None, f"{row['channel']} is off since {row['disabled_at']}: {row['disabled_why']}; {then}"
        elif row["failing_since"]:
            yield "channel", None, f"{row['channel']} fails since {row['failing_since']}: {row['last_error']}; {then}"


def silent_watches(store: Store) -> Iterator[Finding]:
    """Watches that have not succeeded for long, measured by their own cadence."""
    silent = watches.silent(store, clock.now(), _MOST)
    for watch_id, target, last, every, why in silent:
        since = f"no success since {last}" if last else "never succeeded"
        rhythm = f"it should look every {duration_text(every)}"
        yield "watches", False, f"{target} (watch {watch_id}): {since}; {rhythm}; {why or 'is `run` working?'}"
    if not silent:
        yield "watches", True, "none has fallen silent"
