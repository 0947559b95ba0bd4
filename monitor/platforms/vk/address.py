"""How VK writes the address of a wall post, video or photo: owner and number, both needed. A clip is a video."""

import re

from monitor.platforms.address import Address
from monitor.platforms.location import Location
from monitor.platforms.short_links import Short

HOSTS = ("vk.com", "vk.ru", "vkvideo.ru", "vkontakte.ru")
POSTS = r"(?:wall|video|clip|photo)-?[0-9]|_ext\.php|widget_post"
SHORT = (Short(("vk.cc",), re.compile(r"[A-Za-z0-9]{4,10}"), anything=True),)
_OBJECT = re.compile(r"(wall|video|clip|photo)(-?[0-9]{1,12}_[0-9]{1,12})(?![0-9A-Za-z])")
_PAIR = re.compile(r"-?[0-9]{1,12}_[0-9]{1,12}")
_FRAMES = {
    "video_ext.php": ("video", "oid", "id"),
    "widget_post.php": ("wall", "owner_id", "post_id"),
}


def address_at(location: Location) -> Address | None:
    """The wall post, video or photo that an address names, in its path or opened above another page; None for people and groups."""
    path, query = location.path, location.query
    if not location.on(*HOSTS) or path[:1] == ("share.php",):
        return None
    if path and path[-1] in _FRAMES:
        kind, owner, number = _FRAMES[path[-1]]
        return _address(kind, f"{query.get(owner, '')}_{query.get(number, '')}")
    for written in (query.get("z", ""), query.get("w", ""), *reversed(path)):
        found = _OBJECT.match(written)
        if found and not written[found.end() :].startswith(("…", "...")):
            return _address(found.group(1), found.group(2))
    return None


def of_id(post_id: str) -> Address | None:
    """The address of "wall-1_2", "video-1_2", "photo-1_2"; of "-1_2", as the post widget writes it, the wall post's."""
    written = post_id.strip()
    found = _OBJECT.fullmatch(written)
    return _address(found.group(1), found.group(2)) if found else _address("wall", written)


def _address(kind: str, pair: str) -> Address | None:
    if not _PAIR.fullmatch(pair):
        return None
    name = f"{'video' if kind == 'clip' else kind}{pair}"
    return Address("vk", name, f"https://vk.com/{name}")
