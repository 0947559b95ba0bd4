"""Keeping no longer than was decided: purges by profile, decisions that wait, holds. Every purge is logged before a byte goes.

1. Write the tombstone and the custody event, take words and slices out of the ledger: one transaction.
2. Remove the files. A crash in between leaves files that `sweep` removes at the next start.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import WrongUse
from monitor.jobs.context import Context
from monitor.media.vault import Vault
from monitor.settings import Settings
from monitor.store import custody, purging, retention
from monitor.store.open import Store
from monitor.watching.retention import MEDIA_DAYS, REVIEW_DAYS, Kept, Purge, due_to_go

_AT_ONCE = 200


def run(context: Context, _payload: Mapping[str, object]) -> None:
    """Purges what is due by the settings' profile and the watches' retention, and asks for the reviews that are due."""
    store, now = context.store, clock.now()
    for post, what in planned(context.settings, store, now):
        reason = f"[retention] profile = {context.options.retention.profile!r}"
        purge(context.settings, store, post, what, reason, context.agent)
    if not context.options.retention.profile:
        return
    for post in retention.due_reviews(store, now, timedelta(days=REVIEW_DAYS), _AT_ONCE):
        retention.open_decision(store, post, "review", "kept for a year: is it still needed?", now, timedelta(days=30))


def planned(settings: Settings, store: Store, now: datetime) -> list[tuple[int, Purge]]:
    """(row of the post, what is due to go), without doing it."""
    profile = settings.options.retention.profile
    found: list[tuple[int, Purge]] = []
    after = 0
    while True:
        part = retention.candidates(store, now, now - timedelta(days=MEDIA_DAYS), after, _AT_ONCE)
        if not part:
            return found
        for post in part:
            kept = Kept(post.seen_at, post.cited, post.protected, post.has_media, post.kept_for)  # type: ignore[arg-type]  # checked when it was written
            what = due_to_go(kept, profile, now)
            if what is not None:
                found.append((post.row, what))
        after = part[-1].row


def purge(settings: Settings, store: Store, post: int, what: Purge, reason: str, person: str) -> list[str]:
    """Purges a post; gives the hashes of what went. Raises WrongUse for a post that is held."""
    now = clock.now()
    held = retention.is_held(store, post, now)
    if held is not None:
        raise WrongUse(f"the post is under a legal hold ({held}): release that first, `postwatch retention` names it")
    row = store.one("SELECT platform, post_id FROM post WHERE id = ?", post)
    assert row is not None
    with store.change():
        hashes, files = purging.purge(store, post, what, reason, person, now)
        fields = {"what": what, "reason": reason, "sha256": hashes}
        custody.append(store, "deaccession", f"post:{row['platform']}:{row['post_id']}", fields, agent=person)
    store.forget_log()
    _remove(Vault(settings.vault), files)
    return hashes


def sweep(settings: Settings, store: Store) -> int:
    """Removes files that a crash left after their purge was logged."""
    vault = Vault(settings.vault)
    return _remove(vault, [digest for digest in purging.purged_files(store) if vault.has(digest)])


def _remove(vault: Vault, files: list[str]) -> int:
    for digest in files:
        vault.remove(digest)
    return len(files)


def open_for_deleted(context: Context, post: int, words: str, within: timedelta) -> None:
    """A post that vanished upstream: somebody decides whether our copy stays."""
    retention.open_decision(context.store, post, "deleted-upstream", words, clock.now(), within)
