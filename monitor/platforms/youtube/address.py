"""How YouTube writes the address of a video."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import EQUALS, SLASH

_ID = re.compile(r"[0-9A-Za-z_-]{11}(?![0-9A-Za-z_-])")
_NO_IDS = frozenset({"videoseries", "live_stream"})
_BEFORE_ID = frozenset({"embed", "shorts", "live", "v", "e", "vi", "watch", "video"})
HOSTS = (
    "youtube.com", "youtube-nocookie.com", "youtube.googleapis.com", "youtubeeducation.com", "yewtu.be", "youtu.be",
)  # fmt: skip
POSTS = (
    rf"{SLASH}(?:watch|embed|shorts|live|video|vi?|e){SLASH}|[?&;#!/]v{EQUALS}|watch|attribution|(?<=youtu\.be){SLASH}"
)


def address_of(url: str) -> Address | None:
    """The video that an address names; None for channels, playlists, searches."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    path, query = location.path, location.query
    if location.on("youtu.be"):
        return of_id(path[0]) if path else None
    if not location.on(*HOSTS):
        return None
    if path[:1] == ("attribution_link",):
        return address_of("https://www.youtube.com" + query.get("u", ""))
    if len(path) > 1 and path[0] in _BEFORE_ID:
        found = of_id(path[1])
        if found:
            return found
    if not path or path[0] in ("watch", "watch_popup", "embed", "ytscreeningroom", "v", "index.php", "movie"):
        return of_id(query.get("v", "") or _after_hash(location.fragment))
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its id; None when the text is no id."""
    found = leading(_ID, post_id.strip())
    if found is None or found in _NO_IDS:
        return None
    return Address("youtube", found, f"https://www.youtube.com/watch?v={found}")


def _after_hash(fragment: str) -> str:
    found = re.search(r"(?:^|[!&?/])v=([^&]+)", fragment)
    return found.group(1) if found else ""
