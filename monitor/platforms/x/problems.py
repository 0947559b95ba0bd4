"""How X says that a part of an answer could not be given, and what that means in our words."""

import re
from collections.abc import Container
from typing import Literal

from monitor.model.post import Problem
from monitor.platforms.x import fields
from monitor.platforms.x.asked import Asked

_REASONS = {
    "resource-not-found": "not_found",
    "not-authorized-for-resource": "not_authorized",
    "resource-unavailable": "unavailable",
    "disallowed-resource": "unavailable",
}
_NAMES = re.compile(r"\[[^\]]*\]")
"""What a detail names, such as "[some_handle]": words of others."""
_OF_ACCOUNTS = ("usernames", "username", "author_id", "in_reply_to_user_id", "entities.mentions.username")


def last_segment(problem_type: object) -> str:
    """What tells problem types apart: their host changed with the company's name."""
    return (fields.text(problem_type) or "").rstrip("/").rpartition("/")[2]


def problem_of(value: object, asked: Asked, given: Container[str], warnings: list[str]) -> Problem | None:
    """One entry of `errors`; None, with a warning, where it concerns neither a post nor an account.

    `given` holds the ids that the answer does give: a problem with one of these concerns a field only.
    """
    error = fields.table(value)
    detail = fields.text(error.get("detail")) or fields.text(error.get("message")) or ""
    subject = _subject(error, asked)
    key = _key(error)
    if subject is None or key is None:
        warnings.append(
            f"X could not give {error.get('resource_type')!a:.40} {error.get('value')!a:.40}: {detail[:200]}"
        )
        return None
    return Problem(
        subject=subject,
        key=key,
        reason=_reason(error, detail),
        title=fields.text(error.get("title")) or "",
        detail=detail,
        type=fields.text(error.get("type")) or "",
        main=error.get("section") != "includes" and key.lower() in asked.keys and key not in given,
    )


def _subject(error: fields.Object, asked: Asked) -> Literal["post", "account"] | None:
    kind = error.get("resource_type")
    if kind in ("tweet", "post"):
        return "post"
    if kind == "user":
        return "account"
    if kind is not None:
        return None
    return "account" if asked.accounts or error.get("parameter") in _OF_ACCOUNTS else "post"


def _key(error: fields.Object) -> str | None:
    for name in ("resource_id", "value"):
        key = fields.identity(error.get(name)) or fields.text(error.get(name))
        if key:
            return key
    return None


def _reason(error: fields.Object, detail: str) -> str:
    """X calls a suspended account "not found" by type and "Forbidden" by title; its detail tells the truth."""
    words = _NAMES.sub("", detail).lower()
    if "suspended" in words:
        return "suspended"
    if "withheld" in words:
        return "withheld"
    return _REASONS.get(last_segment(error.get("type")), "unknown")
