"""Accounts by their stable id, and every handle they were seen with."""

from collections.abc import Iterable
from datetime import datetime

from monitor import clock
from monitor.model.account import Account
from monitor.store.open import Store

_UPSERT = """INSERT INTO account (platform, platform_id, handle, name, url, protected, created_at, first_seen_at, last_seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (platform, platform_id) DO UPDATE SET handle = coalesce(excluded.handle, handle), name = coalesce(excluded.name, name),
        url = coalesce(excluded.url, url), created_at = coalesce(excluded.created_at, created_at), last_seen_at = excluded.last_seen_at,
        protected = CASE WHEN excluded.handle IS NULL THEN protected ELSE excluded.protected END
    RETURNING id"""


def add(store: Store, account: Account, seen_at: datetime) -> int:
    """Adds the account or brings it up to date; a new handle or name is appended to its history. Gives the row's id."""
    moment = clock.text(seen_at)
    with store.change() as db:
        row = db.execute(
            _UPSERT,
            (
                account.platform,
                account.platform_id,
                account.handle,
                account.name,
                account.url,
                int(account.protected),
                clock.text_or_none(account.created_at),
                moment,
                moment,
            ),
        ).fetchone()
        account_id = int(row[0])
        if account.handle:
            _remember_handle(store, account_id, account, moment)
    return account_id


def _remember_handle(store: Store, account_id: int, account: Account, moment: str) -> None:
    last = store.one(
        "SELECT handle, name FROM account_handle WHERE account_id = ? ORDER BY id DESC LIMIT 1", account_id
    )
    if last is None or (last["handle"], last["name"]) != (account.handle, account.name):
        store.connection.execute(
            "INSERT INTO account_handle (account_id, handle, name, first_seen_at) VALUES (?, ?, ?, ?)",
            (account_id, account.handle, account.name, moment),
        )


def add_all(store: Store, accounts: Iterable[Account], seen_at: datetime) -> dict[tuple[str, str], int]:
    """`add` for each distinct account: (platform, stable id) -> row id. An account told with its handle wins over one without."""
    best: dict[tuple[str, str], Account] = {}
    for account in accounts:
        key = (account.platform, account.platform_id)
        if key not in best or (account.handle and not best[key].handle):
            best[key] = account
    return {key: add(store, account, seen_at) for key, account in best.items()}
