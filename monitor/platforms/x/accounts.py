"""How X describes an account."""

import re

from monitor.model.account import Account
from monitor.platforms.x import fields

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,30}")


def account_of(value: object, warnings: list[str]) -> Account | None:
    """The account; None, with a warning, for what has no usable id."""
    user = fields.table(value)
    user_id = fields.identity(user.get("id"))
    if user_id is None:
        warnings.append(f"schema drift: an account without a usable id ({user.get('id')!a:.40})")
        return None
    handle = fields.text(user.get("username"))
    if handle is not None and not _HANDLE.fullmatch(handle):
        warnings.append(f"schema drift: account {user_id} has the handle {handle!a:.40}")
        handle = None
    return Account(
        platform="x",
        platform_id=user_id,
        handle=handle,
        name=fields.text(user.get("name")),
        protected=user.get("protected") is True,
        created_at=fields.moment(user.get("created_at")),
        url=f"https://x.com/{handle}" if handle else f"https://x.com/i/user/{user_id}",
    )
