"""How Twitch writes the address of a recording (a number) or of a clip (words run together). A channel is no post."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import EQUALS, ROOT, SLASH

HOSTS = ("twitch.tv",)
POSTS = rf"(?:videos?|v|clip){SLASH}|(?:video|clip|vodid){EQUALS}|(?<=clips\.twitch\.tv){ROOT}"
_VIDEO = re.compile(r"v?[0-9]{5,12}(?![0-9A-Za-z_])")
_CLIP = re.compile(r"[A-Za-z][0-9A-Za-z]{9,99}(?:-[0-9A-Za-z_-]{8,24})?(?![0-9A-Za-z_-])")
_SEVERAL_WORDS = re.compile(r"(?:[^A-Z]*[A-Z]){3}")
_PAGES = ("twitch.tv", "m.twitch.tv", "go.twitch.tv")
_PLAYERS = ("player.twitch.tv", "embed.twitch.tv")
_NO_CHANNELS = frozenset({"videos", "clip", "video", "v", "embed"})


def address_at(location: Location) -> Address | None:
    """The recording or clip that an address names; None for channels, live or not, their lists and collections."""
    host, path, query = location.host, location.path, location.query
    if host in _PLAYERS:
        return _clip(query.get("clip", "")) or _video(query.get("video", ""))
    if host == "clips.twitch.tv":
        if path[:1] == ("embed",):
            return _clip(query.get("clip", ""))
        return _clip(path[-1], path[0] if len(path) == 2 else None) if 1 <= len(path) <= 2 else None
    if host not in _PAGES:
        return None
    channel = path[0] if path and path[0] not in _NO_CHANNELS else None
    if path[1:] == ("schedule",):
        return _video(query.get("vodID", ""), channel)
    for before, segment in pairwise(path):
        if before == "clip":
            return _clip(segment, channel)
        if before in ("videos", "video", "v"):
            return _video(segment, channel)
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a recording by its number, or of a clip by its words; a single word may be a channel's, and is none."""
    written = post_id.strip()
    return _video(written) or (_clip(written) if _SEVERAL_WORDS.match(written) else None)


def _video(written: str, channel: str | None = None) -> Address | None:
    found = (leading(_VIDEO, written) or "").removeprefix("v")
    return Address("twitch", found, f"https://www.twitch.tv/videos/{found}", channel) if found else None


def _clip(written: str, channel: str | None = None) -> Address | None:
    found = leading(_CLIP, written)
    return Address("twitch", found, f"https://clips.twitch.tv/{found}", channel) if found else None
