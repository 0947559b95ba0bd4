"""When to try a failed delivery again: the schedule of Standard Webhooks, some 76 hours in all."""

import hashlib
from datetime import datetime, timedelta

_WAITS = (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds before the first attempt, the second, and so on."""


def next_attempt(attempts: int, now: datetime, key: str = "") -> datetime | None:
    """When the next attempt is due after so many made; None when there shall be no more: the delivery is dead.

    The wait grows by up to a tenth, by `key` (the delivery's or alert's id), so that retries do not march in step.
    """
    if attempts >= len(_WAITS):
        return None
    digest = hashlib.sha256(f"{key}:{attempts}".encode("utf-8", "replace")).digest()
    share = int.from_bytes(digest[:4]) / 2**32
    return now + timedelta(seconds=_WAITS[attempts] * (1 + share / 10))
