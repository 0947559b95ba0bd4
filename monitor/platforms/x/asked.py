"""What an address of X's API asks for: whether accounts or posts, and which."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_ACCOUNTS = re.compile(r"/2/users(?:/by)?(?:/username/(?P<handle>[^/]+)|/(?P<id>[0-9]+))?/?$")
_TIMELINE = re.compile(r"/2/users/(?P<id>[0-9]+)/[a-z_]+/?$")
_POST = re.compile(r"/2/tweets/(?P<id>[0-9]+)/?$")


@dataclass(frozen=True, slots=True)
class Asked:
    """The request behind an answer. `keys` are ids, and handles in lower case."""

    accounts: bool
    """Whether `data` holds accounts."""
    owner: str | None
    """The account whose timeline was asked."""
    keys: frozenset[str]


def asked_by(url: str) -> Asked:
    """Reads the address that was asked."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    listed = {
        key.strip().lower() for name in ("ids", "usernames") for text in query.get(name, ()) for key in text.split(",")
    }
    if found := _ACCOUNTS.search(parts.path):
        listed |= {key.lower() for key in found.groups() if key}
        return Asked(accounts=True, owner=None, keys=frozenset(listed))
    if found := _TIMELINE.search(parts.path):
        return Asked(accounts=False, owner=found["id"], keys=frozenset({found["id"]}))
    if found := _POST.search(parts.path):
        listed.add(found["id"])
    return Asked(accounts=False, owner=None, keys=frozenset(listed))
