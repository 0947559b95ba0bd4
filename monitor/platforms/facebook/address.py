"""How Facebook writes the address of a post, story, photo, video or reel: many ways, one number or "pfbid" each."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH
from monitor.platforms.short_links import Short

HOSTS = ("facebook.com", "facebook-nocookie.com", "fb.com")
POSTS = (
    rf"{SLASH}(?:posts?|videos?|photos?|notes|activity|permalink|reel|watch|live|story)(?:{SLASH}|\.php|\?|%3f|&#63;)"
    rf"|multi_permalinks|{SLASH}[0-9]{{5,20}}_[0-9]{{5}}"
)
SHORT = (
    Short(("fb.watch",), re.compile(r"(?:[vr]/)?[\w-]{6,24}")),
    Short(
        ("facebook.com", "m.facebook.com", "web.facebook.com"),
        re.compile(r"share/(?:[pvr]/)?[\w-]{8,24}"),
        sign=rf"{SLASH}share{SLASH}",
    ),
    Short(("fb.me",), re.compile(r"[A-Za-z0-9]{5,20}"), anything=True),
)
_ID = re.compile(r"(?:pfbid[0-9A-Za-z]{10,90}|[0-9]{5,20})(?![0-9A-Za-z])")
_PAGE_AND_POST = re.compile(r"[0-9]{5,20}_([0-9]{5,20})")
_HANDLE = re.compile(r"[\w.-]{2,80}")
_GROUP = re.compile(r"[\w.-]{1,80}")
_VERSION = re.compile(r"v[0-9]{1,2}\.[0-9]{1,2}")
_IN_QUERY = {
    "permalink.php": "story_fbid", "story.php": "story_fbid", "photo.php": "fbid", "photo": "fbid",
    "watch": "v", "video.php": "v", "live": "v", "embed": "video_id",
}  # fmt: skip
_EMBEDS = frozenset({"post.php", "video.php", "comment_embed.php"})
_NOT_POSTS = frozenset(
    {"sharer", "sharer.php", "dialog", "share.php", "share", "l.php", "login", "login.php", "events", "ads"}
)
_NO_HANDLES = frozenset(
    {"groups", "pages", "watch", "reel", "story.php", "permalink.php", "photo.php", "pg", "plugins", "people", "_"}
)


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for profiles, pages, share buttons, events."""
    if not location.on(*HOSTS):
        return None
    path, query = location.path, location.query
    path = path[1:] if path and _VERSION.fullmatch(path[0]) else path
    if path[:1] == ("plugins",):
        inner = location_of(query.get("href", "")) if path[1:2] and path[1] in _EMBEDS else None
        return address_at(inner) if inner and inner.path[:1] != ("plugins",) else None
    if not path or path[0] in _NOT_POSTS:
        return None
    named = _IN_QUERY.get(path[-1]) or _IN_QUERY.get(path[0])
    if named and query.get(named):
        return _address(query[named], path[0], query)
    if path[0] == "groups" and len(path) > 1 and query.get("multi_permalinks"):
        return _in_group(path[1], query["multi_permalinks"])
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
    if kind in ("permalink.php", "story.php"):
        owner = query.get("id", "")
        whose = f"&id={owner}" if owner.isascii() and owner.isdigit() else ""
        return Address("facebook", found, f"https://www.facebook.com/permalink.php?story_fbid={found}{whose}")
    return of_id(found)


def _in_path(path: tuple[str, ...]) -> Address | None:
    if path[0] == "reel" and len(path) > 1:
        return of_id(path[1])
    if path[0] == "groups" and len(path) > 3 and path[2] in ("posts", "permalink"):
        return _in_group(path[1], path[3])
    for at, word in enumerate(path[1:-1], 1):
        if word in ("posts", "videos", "photos", "notes", "activity", "reel"):
            return _under_owner(path, at, word)
    both = _PAGE_AND_POST.fullmatch(path[0]) if len(path) == 1 else None
    return _post("_", both.group(1), None) if both else None


def _in_group(group: str, written: str) -> Address | None:
    found = leading(_ID, written)
    if found is None or not _GROUP.fullmatch(group):
        return None
    return Address("facebook", found, f"https://www.facebook.com/groups/{group}/posts/{found}")


def _under_owner(path: tuple[str, ...], at: int, word: str) -> Address | None:
    found = next((i for segment in reversed(path[at + 1 :]) if (i := leading(_ID, segment))), None)
    if found is None:
        return None
    owner = path[0] if path[0] not in _NO_HANDLES and _HANDLE.fullmatch(path[0]) else None
    if word in ("videos", "reel"):
        return Address("facebook", found, f"https://www.facebook.com/watch/?v={found}", owner)
    if word == "photos":
        return Address("facebook", found, f"https://www.facebook.com/photo.php?fbid={found}", owner)
    return _post(owner or "_", found, owner)


def _post(owner: str, found: str, handle: str | None) -> Address:
    return Address("facebook", found, f"https://www.facebook.com/{owner}/posts/{found}", handle)
