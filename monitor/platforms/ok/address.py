"""How OK (Odnoklassniki) writes the address of a video (its number) or of a topic, which stands under its group or author."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH
from monitor.platforms.short_links import Short

HOSTS = ("ok.ru", "odnoklassniki.ru")
POSTS = rf"{SLASH}(?:video|live|topic|statuses|dk|movieplayer|group|profile)"
SHORT = (Short(("ok.me",), re.compile(r"[A-Za-z0-9]{3,12}"), anything=True),)
_ID = re.compile(r"[0-9]{6,20}(?:-[0-9]{1,3})?(?![0-9A-Za-z_])")
_OWNER = re.compile(r"(?:(?:group|profile)/[0-9]{3,20}|[A-Za-z0-9._-]{2,64})")
_BEFORE_VIDEO = frozenset({"video", "videoembed", "live", "moviePlayer"})
_BEFORE_TOPIC = frozenset({"topic", "statuses"})


def address_at(location: Location) -> Address | None:
    """The video or topic that an address names; None for people, groups and channels."""
    if not location.on(*HOSTS) or location.host.startswith("connect."):
        return None
    path, query = location.path, location.query
    if path[:1] == ("dk",):
        return of_id(query.get("st.mvId", "")) or _topic(
            f"group/{query.get('st.groupId', '')}", query.get("st.themeId", "")
        )
    for at, (before, segment) in enumerate(pairwise(path)):
        if before in _BEFORE_VIDEO and (found := of_id(segment)):
            return found
        if before in _BEFORE_TOPIC:
            return _topic("/".join(path[:at]), segment, before)
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its number."""
    found = leading(_ID, post_id.strip())
    return Address("ok", found, f"https://ok.ru/video/{found}") if found else None


def _topic(owner: str, written: str, kind: str = "topic") -> Address | None:
    found = leading(_ID, written)
    if found is None or not _OWNER.fullmatch(owner):
        return None
    handle = owner if "/" not in owner else None
    return Address("ok", f"topic/{found}", f"https://ok.ru/{owner}/{kind}/{found}", handle)
