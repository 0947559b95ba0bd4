"""How Facebook writes the address of a post, story, photo, video or reel: many ways, one number or "pfbid" each."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ("facebook.com", "facebook-nocookie.com", "fb.com")
POSTS = (
    rf"{SLASH}(?:posts?|videos?|photos?|notes|activity|permalink|reel|watch|live|story)(?:{SLASH}|\.php|\?|%3f|&#63;)"
)
_ID = re.compile(r"(?:pfbid[0-9A-Za-z]{10,90}|[0-9]{5,20})(?![0-9A-Za-z])")
_HANDLE = re.compile(r"[\w.-]{2,80}")
_IN_QUERY = {
    "permalink.php": "story_fbid", "story.php": "story_fbid", "photo.php": "fbid", "photo": "fbid",
    "watch": "v", "video.php": "v", "live": "v", "embed": "video_id",
}  # fmt: skip
_NO_HANDLES = frozenset(
    {"groups", "pages", "watch", "reel", "story.php", "permalink.php", "photo.php", "pg", "plugins"}
)


def address_of(url: str) -> Address | None:
    """The post that an address names; None for profiles, pages, share buttons, events."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    if not location.on(*HOSTS):
        return None
    path, query = location.path, location.query
    if path[:1] == ("plugins",):
        inner = location_of(query.get("href", ""))
        return address_at(inner) if inner and inner.path[:1] != ("plugins",) else None
    if not path or path[0] in ("sharer", "sharer.php", "dialog", "share.php", "l.php", "login"):
        return None
    named = _IN_QUERY.get(path[-1]) or _IN_QUERY.get(path[0])
    if named and query.get(named):
        return _address(query[named], path[0], query)
    return _in_path(path)


def of_id(post_id: str) -> Address | None:
    """The address of a video by its number: the one kind whose address needs no owner."""
    found = leading(_ID, post_id.strip())
    return Address("facebook", found, f"https://www.facebook.com/watch/?v={found}") if found else None


def _address(written: str, kind: str, query: dict[str, str]) -> Address | None:
    found = leading(_ID, written)
    if found is None:
        return None
    if kind in ("photo.php", "photo"):
        return Address("facebook", found, f"https://www.facebook.com/photo.php?fbid={found}")
    owner = query.get("id", "")
    if kind in ("permalink.php", "story.php") and owner.isascii() and owner.isdigit():
        return Address("facebook", found, f"https://www.facebook.com/permalink.php?story_fbid={found}&id={owner}")
    if kind in ("permalink.php", "story.php"):
        return Address("facebook", found, f"https://www.facebook.com/permalink.php?story_fbid={found}")
    return of_id(found)


def _in_path(path: tuple[str, ...]) -> Address | None:
    if path[0] == "reel" and len(path) > 1:
        return of_id(path[1])
    if path[0] == "groups" and len(path) > 3 and path[2] in ("posts", "permalink"):
        found = leading(_ID, path[3])
        return Address("facebook", found, f"https://www.facebook.com/groups/{path[1]}/posts/{found}") if found else None
    for at, word in enumerate(path[1:-1], 1):
        if word in ("posts", "videos", "photos", "notes", "activity"):
            return _under_owner(path, at, word)
    return None


def _under_owner(path: tuple[str, ...], at: int, word: str) -> Address | None:
    found = next((i for segment in reversed(path[at + 1 :]) if (i := leading(_ID, segment))), None)
    if found is None:
        return None
    owner = path[0] if path[0] not in _NO_HANDLES and _HANDLE.fullmatch(path[0]) else None
    if word == "videos":
        return Address("facebook", found, f"https://www.facebook.com/watch/?v={found}", owner)
    if word == "photos":
        return Address("facebook", found, f"https://www.facebook.com/photo.php?fbid={found}", owner)
    return Address("facebook", found, f"https://www.facebook.com/{owner or '_'}/posts/{found}", owner)
