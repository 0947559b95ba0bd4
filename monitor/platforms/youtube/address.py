"""How YouTube writes the address of a video, or of a post on a channel's "Posts" page."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import EQUALS, ROOT, SLASH
from monitor.platforms.short_links import Short

OWN = ("youtube.com", "youtube-nocookie.com", "youtube.googleapis.com", "youtubeeducation.com", "youtubekids.com")
BRIEF = ("youtu.be", "y2u.be")
MIRRORS = ("yewtu.be", "piped.video", "inv.nadeko.net", "invidio.us")
HOSTS = (*OWN, *BRIEF, *MIRRORS)
POSTS = (
    rf"{SLASH}(?:watch|embed|shorts|live|video|vi?|e|post){SLASH}|[?&;#!/]v{EQUALS}|watch|attribution|community|#p{SLASH}"
    rf"|(?<=youtu\.be){ROOT}|(?<=y2u\.be){ROOT}"
)
_WATCHED = rf"[^\s\"'<>]{{0,80}}(?:v{EQUALS}|(?:watch|embed|shorts|live|v){SLASH})"
SHAPES = {"invidious.": _WATCHED, "piped.": _WATCHED}
"""Anyone may run a mirror of these names."""
SHORT = (Short(("youtube.com", "m.youtube.com"), re.compile(r"clip/Ug[\w-]{20,40}"), sign=rf"{SLASH}clip{SLASH}"),)
_ID = re.compile(r"[0-9A-Za-z_-]{11}(?![0-9A-Za-z_-])|[0-9A-Za-z_-]{11}(?=feature=|https?:)")
_POST = re.compile(r"Ug[0-9A-Za-z_-]{24,40}(?![0-9A-Za-z_-])")
_NO_IDS = frozenset({"videoseries", "live_stream"})
_BEFORE_ID = frozenset({"embed", "shorts", "live", "v", "e", "vi", "watch", "video"})
_WITH_QUERY = frozenset({"watch", "watch_popup", "embed", "ytscreeningroom", "v", "index.php", "movie"})
_AFTER_HASH = re.compile(r"(?:^|[!&?/])v=([^&]+)|^p/.*/([0-9A-Za-z_-]{11})$")


def address_of(url: str) -> Address | None:
    """The video or channel's post that an address names; None for channels, playlists, searches."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    if location.on(*BRIEF):
        return of_id(location.path[0]) if location.path else None
    if not location.on(*OWN, *MIRRORS) and not location.host.startswith(("invidious.", "piped.")):
        return None
    path, query = location.path, location.query
    if path[:1] == ("attribution_link",):
        return address_of("https://www.youtube.com" + query.get("u", ""))
    if path[:1] == ("post",) and len(path) > 1:
        return _post(path[1])
    if path[-1:] == ("community",):
        return _post(query.get("lb", ""))
    if len(path) > 1 and path[0] in _BEFORE_ID:
        found = of_id(path[1])
        if found:
            return found
    if not path or path[0] in _WITH_QUERY:
        return of_id(query.get("v", "") or _after_hash(location.fragment))
    return of_id(_after_hash(location.fragment)) if path[0] == "user" else None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its id; None when the text is no id."""
    found = leading(_ID, post_id.strip())
    if found is None or found in _NO_IDS:
        return None
    return Address("youtube", found, f"https://www.youtube.com/watch?v={found}")


def _post(written: str) -> Address | None:
    found = leading(_POST, written)
    return Address("youtube", found, f"https://www.youtube.com/post/{found}") if found else None


def _after_hash(fragment: str) -> str:
    found = _AFTER_HASH.search(fragment)
    return (found.group(1) or found.group(2)) if found else ""
