"""The platforms whose posts articles cite. A new one is a folder with `address.py` and `embeds.py`, and a line here.

`address_of(url)` tells which post an address names, however the address was written, wrapped, archived or mirrored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.platforms.address import Address
from monitor.platforms.bluesky import address as bluesky
from monitor.platforms.bluesky.embeds import MARKUP as BLUESKY
from monitor.platforms.dailymotion import address as dailymotion
from monitor.platforms.dailymotion.embeds import MARKUP as DAILYMOTION
from monitor.platforms.facebook import address as facebook
from monitor.platforms.facebook.embeds import MARKUP as FACEBOOK
from monitor.platforms.instagram import address as instagram
from monitor.platforms.instagram.embeds import MARKUP as INSTAGRAM
from monitor.platforms.linkedin import address as linkedin
from monitor.platforms.linkedin.embeds import MARKUP as LINKEDIN
from monitor.platforms.location import LONGEST, RELATIVE, Location, location_of
from monitor.platforms.markup import Markup
from monitor.platforms.mastodon import address as mastodon
from monitor.platforms.mastodon.embeds import MARKUP as MASTODON
from monitor.platforms.odysee import address as odysee
from monitor.platforms.odysee.embeds import MARKUP as ODYSEE
from monitor.platforms.ok import address as ok
from monitor.platforms.ok.embeds import MARKUP as OK
from monitor.platforms.peertube import address as peertube
from monitor.platforms.peertube.embeds import MARKUP as PEERTUBE
from monitor.platforms.pinterest import address as pinterest
from monitor.platforms.pinterest.embeds import MARKUP as PINTEREST
from monitor.platforms.reddit import address as reddit
from monitor.platforms.reddit.embeds import MARKUP as REDDIT
from monitor.platforms.rumble import address as rumble
from monitor.platforms.rumble.embeds import MARKUP as RUMBLE
from monitor.platforms.rutube import address as rutube
from monitor.platforms.rutube.embeds import MARKUP as RUTUBE
from monitor.platforms.signs import Sign, Signs
from monitor.platforms.streamable import address as streamable
from monitor.platforms.streamable.embeds import MARKUP as STREAMABLE
from monitor.platforms.telegram import address as telegram
from monitor.platforms.telegram.embeds import MARKUP as TELEGRAM
from monitor.platforms.threads import address as threads
from monitor.platforms.threads.embeds import MARKUP as THREADS
from monitor.platforms.tiktok import address as tiktok
from monitor.platforms.tiktok.embeds import MARKUP as TIKTOK
from monitor.platforms.truthsocial import address as truthsocial
from monitor.platforms.truthsocial.embeds import MARKUP as TRUTHSOCIAL
from monitor.platforms.tumblr import address as tumblr
from monitor.platforms.tumblr.embeds import MARKUP as TUMBLR
from monitor.platforms.twitch import address as twitch
from monitor.platforms.twitch.embeds import MARKUP as TWITCH
from monitor.platforms.vimeo import address as vimeo
from monitor.platforms.vimeo.embeds import MARKUP as VIMEO
from monitor.platforms.vk import address as vk
from monitor.platforms.vk.embeds import MARKUP as VK
from monitor.platforms.weibo import address as weibo
from monitor.platforms.weibo.embeds import MARKUP as WEIBO
from monitor.platforms.wrapped import SHAPES, inner_addresses
from monitor.platforms.x import address as x
from monitor.platforms.x.embeds import MARKUP as X
from monitor.platforms.youtube import address as youtube
from monitor.platforms.youtube.embeds import MARKUP as YOUTUBE

__all__ = [
    "PLATFORMS",
    "SIGNS",
    "Address",
    "Platform",
    "Sign",
    "Wrapping",
    "address_of",
    "id_time",
    "might_name_a_post",
    "unwrapped",
]


@dataclass(frozen=True, slots=True)
class Platform:
    """What the program knows of one platform's addresses and embeds."""

    name: str
    title: str
    """As people write it."""
    address_at: Callable[[Location], Address | None]
    markup: Markup
    hosts: tuple[str, ...]
    """Its own hosts, and mirrors of it, without subdomains. What stands on one of them is no other platform's."""
    of_id: Callable[[str], Address | None] | None = None
    """The address of a bare id; None where an id alone names no post."""
    id_time: Callable[[str], datetime | None] | None = None
    shapes: Mapping[str, str] = field(default_factory=dict)
    """Lower-case pieces of its addresses on any host -> the pattern of what follows; empty for platforms that live on their own."""
    posts: str = ""
    """A pattern for lower-case text: what follows the host in the address of a post, escaped or not. With "" every address is tried."""


PLATFORMS: Mapping[str, Platform] = {
    p.name: p
    for p in (
        Platform("x", "X", x.address_at, X, x.HOSTS, posts=x.POSTS, of_id=x.of_id, id_time=x.id_time, shapes=x.SHAPES),
        Platform(
            "youtube",
            "YouTube",
            youtube.address_at,
            YOUTUBE,
            youtube.HOSTS,
            posts=youtube.POSTS,
            of_id=youtube.of_id,
            shapes=youtube.SHAPES,
        ),
        Platform(
            "instagram",
            "Instagram",
            instagram.address_at,
            INSTAGRAM,
            instagram.HOSTS,
            posts=instagram.POSTS,
            of_id=instagram.of_id,
            id_time=instagram.id_time,
        ),
        Platform(
            "tiktok",
            "TikTok",
            tiktok.address_at,
            TIKTOK,
            tiktok.HOSTS,
            posts=tiktok.POSTS,
            of_id=tiktok.of_id,
            id_time=tiktok.id_time,
        ),
        Platform(
            "facebook",
            "Facebook",
            facebook.address_at,
            FACEBOOK,
            facebook.HOSTS,
            posts=facebook.POSTS,
            of_id=facebook.of_id,
        ),
        Platform(
            "telegram",
            "Telegram",
            telegram.address_at,
            TELEGRAM,
            telegram.HOSTS,
            posts=telegram.POSTS,
            of_id=telegram.of_id,
        ),
        Platform(
            "bluesky",
            "Bluesky",
            bluesky.address_at,
            BLUESKY,
            bluesky.HOSTS,
            posts=bluesky.POSTS,
            id_time=bluesky.id_time,
            shapes=bluesky.SHAPES,
        ),
        Platform(
            "threads",
            "Threads",
            threads.address_at,
            THREADS,
            threads.HOSTS,
            posts=threads.POSTS,
            of_id=threads.of_id,
            id_time=threads.id_time,
        ),
        Platform("vimeo", "Vimeo", vimeo.address_at, VIMEO, vimeo.HOSTS, posts=vimeo.POSTS, of_id=vimeo.of_id),
        Platform(
            "dailymotion",
            "Dailymotion",
            dailymotion.address_at,
            DAILYMOTION,
            dailymotion.HOSTS,
            posts=dailymotion.POSTS,
            of_id=dailymotion.of_id,
        ),
        Platform(
            "reddit",
            "Reddit",
            reddit.address_at,
            REDDIT,
            reddit.HOSTS,
            posts=reddit.POSTS,
            of_id=reddit.of_id,
            shapes=reddit.SHAPES,
        ),
        Platform(
            "mastodon",
            "Mastodon",
            mastodon.address_at,
            MASTODON,
            mastodon.HOSTS,
            id_time=mastodon.id_time,
            shapes=mastodon.SHAPES,
        ),
        Platform("twitch", "Twitch", twitch.address_at, TWITCH, twitch.HOSTS, posts=twitch.POSTS, of_id=twitch.of_id),
        Platform("vk", "VK", vk.address_at, VK, vk.HOSTS, posts=vk.POSTS, of_id=vk.of_id),
        Platform("ok", "OK", ok.address_at, OK, ok.HOSTS, posts=ok.POSTS, of_id=ok.of_id),
        Platform("rumble", "Rumble", rumble.address_at, RUMBLE, rumble.HOSTS, posts=rumble.POSTS, of_id=rumble.of_id),
        Platform("rutube", "Rutube", rutube.address_at, RUTUBE, rutube.HOSTS, posts=rutube.POSTS, of_id=rutube.of_id),
        Platform("odysee", "Odysee", odysee.address_at, ODYSEE, odysee.HOSTS, posts=odysee.POSTS),
        Platform(
            "truthsocial",
            "Truth Social",
            truthsocial.address_at,
            TRUTHSOCIAL,
            truthsocial.HOSTS,
            posts=truthsocial.POSTS,
            of_id=truthsocial.of_id,
            id_time=truthsocial.id_time,
        ),
        Platform(
            "streamable",
            "Streamable",
            streamable.address_at,
            STREAMABLE,
            streamable.HOSTS,
            posts=streamable.POSTS,
            of_id=streamable.of_id,
        ),
        Platform(
            "linkedin",
            "LinkedIn",
            linkedin.address_at,
            LINKEDIN,
            linkedin.HOSTS,
            posts=linkedin.POSTS,
            of_id=linkedin.of_id,
            id_time=linkedin.id_time,
        ),
        Platform(
            "tumblr", "Tumblr", tumblr.address_at, TUMBLR, tumblr.HOSTS, posts=tumblr.POSTS, id_time=tumblr.id_time
        ),
        Platform(
            "pinterest",
            "Pinterest",
            pinterest.address_at,
            PINTEREST,
            pinterest.HOSTS,
            posts=pinterest.POSTS,
            of_id=pinterest.of_id,
        ),
        Platform(
            "weibo",
            "Weibo",
            weibo.address_at,
            WEIBO,
            weibo.HOSTS,
            posts=weibo.POSTS,
            of_id=weibo.of_id,
            id_time=weibo.id_time,
        ),
        Platform("peertube", "PeerTube", peertube.address_at, PEERTUBE, peertube.HOSTS, shapes=peertube.SHAPES),
    )
}

_BY_SHAPE = "known by the shape of its path: its host could be anybody's"
_OWNERS = {host: platform for platform in PLATFORMS.values() for host in platform.hosts}
_ANYWHERE = tuple(platform for platform in PLATFORMS.values() if platform.shapes)


def _signs() -> Signs:
    signs = Signs()
    signs.add_shapes(SHAPES)
    for platform in PLATFORMS.values():
        signs.add_hosts(platform.hosts, platform.posts)
        signs.add_shapes(platform.shapes)
        signs.add_markup(platform.markup)
    return signs


SIGNS = _signs()
"""What the source of a page is searched for."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A post's address, and whether another address had to be opened to find it."""

    address: Address
    wrapped: bool


def might_name_a_post(text: str) -> bool:
    """A quick look that lets most texts be passed over; never False for an address that `address_of` knows."""
    return SIGNS.addressed(text)


def address_of(url: str) -> Address | None:
    """The post that an address names, whatever host it was shared from; None when it names none."""
    found = unwrapped(url)
    return found.address if found else None


def unwrapped(url: str, depth: int = 0) -> Wrapping | None:
    """`address_of`, telling also whether the address stood inside another one."""
    if len(url) > LONGEST or not might_name_a_post(url):
        return None
    location = location_of(url)
    if location is None:
        return None
    for platform in candidates(location):
        found = platform.address_at(location)
        if found:
            at_home = location.scheme == "at" or location.on(*platform.hosts)
            return Wrapping(found if at_home else replace(found, trust=0.9, doubt=_BY_SHAPE), depth > 0)
    if depth < 3:
        for inner in inner_addresses(location):
            deeper = unwrapped(inner, depth + 1)
            if deeper:
                return deeper
    return None


def candidates(location: Location) -> tuple[Platform, ...]:
    """The platforms that may know an address: the owner of its host, else those that live on any host; none on an odd port."""
    host = location.host
    if host == RELATIVE or location.port:
        return ()
    while host:
        owner = _OWNERS.get(host)
        if owner:
            return (owner,)
        host = host.partition(".")[2]
    return _ANYWHERE


def id_time(platform: str, post_id: str) -> datetime | None:
    """When a post's id was made, aware UTC; None where the id does not tell. Good for checks, never the post's date."""
    known = PLATFORMS.get(platform)
    return known.id_time(post_id) if known and known.id_time else None
