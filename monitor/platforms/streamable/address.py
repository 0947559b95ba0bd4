"""How Streamable writes the address of a video: a few letters and digits right behind the host."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ("streamable.com",)
POSTS = SLASH
_ID = re.compile(r"[0-9a-z]{3,8}(?![0-9A-Za-z_-])")
_BEFORE_ID = frozenset({"e", "o", "s"})
_OWN_PAGES = frozenset(
    {"about", "login", "signup", "terms", "privacy", "support", "pricing", "blog", "press", "jobs", "contact", "recover", "settings", "upload",
     "clipper", "edit", "oembed", "careers", "faq", "help", "dmca", "discover", "business", "app", "apps", "api", "docs", "legal", "logout",
     "features", "account", "videos", "video", "search", "trending", "teams", "tools"}
)  # fmt: skip


def address_at(location: Location) -> Address | None:
    """The video that an address names; None for the service's own pages."""
    path = location.path
    if location.host != HOSTS[0] or not path:
        return None
    if path[0] in _BEFORE_ID:
        return of_id(path[1]) if len(path) > 1 else None
    return of_id(path[0]) if len(path) == 1 else None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its id."""
    found = leading(_ID, post_id.strip())
    return (
        Address("streamable", found, f"https://streamable.com/{found}") if found and found not in _OWN_PAGES else None
    )
