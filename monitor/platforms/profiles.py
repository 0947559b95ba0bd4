"""What addresses of accounts look like, and where each platform lists an account's posts for everybody.

Pure: nothing is asked here. `profile_at(url)` is the call. Feeds as the platforms write them: YouTube's
`feeds/videos.xml?channel_id=`, Mastodon's `.rss` behind a profile, Bluesky's `/rss`, Reddit's `.rss`, Tumblr's `/rss`,
Vimeo's `/videos/rss`, Odysee's `$/rss/`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitor.platforms.location import Location, location_of

_X_HANDLE = re.compile(r"@?([A-Za-z0-9_]{1,15})")
_NO_X_HANDLES = frozenset(
    {"i", "home", "search", "explore", "settings", "share", "intent", "hashtag", "login", "tos", "privacy"}
)
_CHANNEL = re.compile(r"UC[0-9A-Za-z_-]{22}")
_NAME = re.compile(r"[\w.-]{1,80}")
_BSKY_ACTOR = re.compile(r"did:plc:[a-z2-7]{24}|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its address names it.

    `feed_url` lists its posts; None with `ask_page` when the account's page names the feed, None without when nobody but
    people logged in, or with a key, gets a list.
    """

    platform: str
    title: str
    """The platform as people write it."""
    name: str
    url: str
    feed_url: str | None = None
    ask_page: bool = False


def profile_at(url: str) -> Profile | None:
    """The account that an address names; None for posts, searches, and pages of anything else."""
    location = location_of(url)
    if location is None:
        return None
    for domains, of in _PLATFORMS.items():
        if location.on(*domains):
            return of(location)
    return _fediverse(location)


def _x(location: Location) -> Profile | None:
    found = _X_HANDLE.fullmatch(location.path[0]) if len(location.path) == 1 else None
    if found is None or found[1].lower() in _NO_X_HANDLES:
        return None
    return Profile("x", "X", found[1], f"https://x.com/{found[1]}")


def _youtube(location: Location) -> Profile | None:
    path = location.path
    if len(path) >= 2 and path[0] == "channel" and _CHANNEL.fullmatch(path[1]):
        feed = f"https://www.youtube.com/feeds/videos.xml?channel_id={path[1]}"
        return Profile("youtube", "YouTube", path[1], f"https://www.youtube.com/channel/{path[1]}", feed)
    if path and path[0].startswith("@") and len(path[0]) > 1:
        return Profile("youtube", "YouTube", path[0], f"https://www.youtube.com/{path[0]}", ask_page=True)
    if len(path) >= 2 and path[0] in ("c", "user"):
        url = f"https://www.youtube.com/{path[0]}/{path[1]}"
        return Profile("youtube", "YouTube", path[1], url, ask_page=True)
    return None


def _bluesky(location: Location) -> Profile | None:
    path = location.path
    if len(path) == 2 and path[0] == "profile" and _BSKY_ACTOR.fullmatch(path[1]):
        url = f"https://bsky.app/profile/{path[1]}"
        return Profile("bluesky", "Bluesky", path[1], url, f"{url}/rss")
    return None


def _reddit(location: Location) -> Profile | None:
    path = location.path
    if len(path) >= 2 and path[0] in ("user", "u", "r") and _NAME.fullmatch(path[1]) and len(path) == 2:
        kind = "r" if path[0] == "r" else "user"
        url = f"https://www.reddit.com/{kind}/{path[1]}"
        return Profile("reddit", "Reddit", path[1], url, f"{url}/.rss")
    return None


def _tumblr(location: Location) -> Profile | None:
    name = location.host.removesuffix(".tumblr.com")
    if name not in ("tumblr.com", location.host) and not location.path:
        return Profile("tumblr", "Tumblr", name, f"https://{location.host}", f"https://{location.host}/rss")
    if len(location.path) == 1 and _NAME.fullmatch(location.path[0]):
        name = location.path[0].removeprefix("@")
        return Profile("tumblr", "Tumblr", name, f"https://www.tumblr.com/{name}", f"https://{name}.tumblr.com/rss")
    return None


def _vimeo(location: Location) -> Profile | None:
    path = location.path
    if len(path) == 1 and _NAME.fullmatch(path[0]) and not path[0].isdigit():
        url = f"https://vimeo.com/{path[0]}"
        return Profile("vimeo", "Vimeo", path[0], url, f"{url}/videos/rss")
    return None


def _odysee(location: Location) -> Profile | None:
    path = location.path
    if len(path) == 1 and path[0].startswith("@"):
        return Profile(
            "odysee", "Odysee", path[0], f"https://odysee.com/{path[0]}", f"https://odysee.com/$/rss/{path[0]}"
        )
    return None


def _closed(platform: str, title: str, depth: int = 1) -> Callable[[Location], Profile | None]:
    """A platform that lists an account's posts to nobody without a login or a key."""

    def of(location: Location) -> Profile | None:
        path = location.path
        if len(path) != depth or not _NAME.fullmatch(path[-1].removeprefix("@")):
            return None
        return Profile(platform, title, path[-1].removeprefix("@"), location.whole)

    return of


def _telegram(location: Location) -> Profile | None:
    path = tuple(part for part in location.path if part != "s")
    if len(path) == 1 and _NAME.fullmatch(path[0]):
        return Profile("telegram", "Telegram", path[0], f"https://t.me/{path[0]}")
    return None


def _fediverse(location: Location) -> Profile | None:
    """Any host may run Mastodon: the shape tells, and the feed, when it is asked, decides."""
    path = location.path
    if len(path) == 1 and re.fullmatch(r"@\w{1,64}", path[0]):
        url = f"{location.scheme}://{location.whole.split('//', 1)[1].split('/', 1)[0]}/{path[0]}"
        return Profile("mastodon", "Mastodon", f"{path[0].removeprefix('@')}@{location.host}", url, f"{url}.rss")
    return None


_PLATFORMS: Mapping[tuple[str, ...], Callable[[Location], Profile | None]] = {
    ("x.com", "twitter.com"): _x,
    ("youtube.com",): _youtube,
    ("bsky.app",): _bluesky,
    ("reddit.com",): _reddit,
    ("tumblr.com",): _tumblr,
    ("vimeo.com",): _vimeo,
    ("odysee.com",): _odysee,
    ("t.me", "telegram.me"): _telegram,
    ("tiktok.com",): _closed("tiktok", "TikTok"),
    ("instagram.com",): _closed("instagram", "Instagram"),
    ("facebook.com",): _closed("facebook", "Facebook"),
    ("threads.net", "threads.com"): _closed("threads", "Threads"),
    ("truthsocial.com",): _closed("truthsocial", "Truth Social"),
    ("vk.com",): _closed("vk", "VK"),
    ("linkedin.com",): _closed("linkedin", "LinkedIn", 2),
}
