"""The table of platforms: what the program knows of the addresses and embeds of each. A new platform is a row here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
from monitor.platforms.location import Location
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
from monitor.platforms.short_links import Short
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
from monitor.platforms.x import address as x
from monitor.platforms.x.embeds import MARKUP as X
from monitor.platforms.youtube import address as youtube
from monitor.platforms.youtube.embeds import MARKUP as YOUTUBE


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
    short: tuple[Short, ...] = ()
    """Short links of the platform, which name no post until their server is asked."""
    posts: str = ""
    """A pattern for lower-case text: what follows the host in the address of a post, escaped or not. With "" every address is tried."""


PLATFORMS: Mapping[str, Platform] = {
    p.name: p
    for p in (
        Platform(
            "x",
            "X",
            x.address_at,
            X,
            x.HOSTS,
            posts=x.POSTS,
            of_id=x.of_id,
            id_time=x.id_time,
            shapes=x.SHAPES,
            short=x.SHORT,
        ),
        Platform(
            "youtube",
            "YouTube",
            youtube.address_at,
            YOUTUBE,
            youtube.HOSTS,
            posts=youtube.POSTS,
            of_id=youtube.of_id,
            shapes=youtube.SHAPES,
            short=youtube.SHORT,
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
            short=instagram.SHORT,
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
            short=tiktok.SHORT,
        ),
        Platform(
            "facebook",
            "Facebook",
            facebook.address_at,
            FACEBOOK,
            facebook.HOSTS,
            posts=facebook.POSTS,
            of_id=facebook.of_id,
            short=facebook.SHORT,
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
            short=bluesky.SHORT,
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
            short=reddit.SHORT,
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
        Platform("vk", "VK", vk.address_at, VK, vk.HOSTS, posts=vk.POSTS, of_id=vk.of_id, short=vk.SHORT),
        Platform("ok", "OK", ok.address_at, OK, ok.HOSTS, posts=ok.POSTS, of_id=ok.of_id, short=ok.SHORT),
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
            short=linkedin.SHORT,
        ),
        Platform(
            "tumblr",
            "Tumblr",
            tumblr.address_at,
            TUMBLR,
            tumblr.HOSTS,
            posts=tumblr.POSTS,
            id_time=tumblr.id_time,
            short=tumblr.SHORT,
        ),
        Platform(
            "pinterest",
            "Pinterest",
            pinterest.address_at,
            PINTEREST,
            pinterest.HOSTS,
            posts=pinterest.POSTS,
            of_id=pinterest.of_id,
            short=pinterest.SHORT,
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
            short=weibo.SHORT,
        ),
        Platform("peertube", "PeerTube", peertube.address_at, PEERTUBE, peertube.HOSTS, shapes=peertube.SHAPES),
    )
}
