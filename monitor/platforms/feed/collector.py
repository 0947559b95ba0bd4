"""An account's posts from a feed. `posts_of` takes one answer; fetching it is the caller's."""

import hashlib
import re
from datetime import UTC, datetime

from monitor.errors import NotUnderstood
from monitor.feeds.read import feed_of
from monitor.model.account import Account
from monitor.model.exchange import Exchange, Slice
from monitor.model.feed import Entry, Feed
from monitor.model.post import Attachment, MediaKind, Page, Post
from monitor.platforms import id_time
from monitor.platforms.address import Address
from monitor.platforms.bluesky import address as bluesky
from monitor.platforms.feed.origin import Origin, platform_of
from monitor.platforms.mastodon import address as mastodon
from monitor.platforms.youtube import address as youtube

_MEDIA: dict[str, MediaKind] = {"video": "video", "image": "photo", "audio": "audio"}
_PLAIN_ID = re.compile(r"[A-Za-z0-9._:/?&=#%@+~,-]{1,120}")
_OLDEST = datetime.min.replace(tzinfo=UTC)


def posts_of(content: bytes, content_type: str, feed_url: str, exchange: Exchange, declared: str = "") -> Page:
    """The posts of a feed, oldest first; those without a date come first. Raises NotUnderstood, with the exchange.

    `declared` is the platform that the watch names. `content` is decoded; slices are given where it stands byte for
    byte in the exchange's body. A post of another platform's shape within the feed is taken as a post of platform "feed".
    """
    try:
        feed = feed_of(content, content_type, exchange.url_final or feed_url)
    except NotUnderstood as error:
        error.exchange = exchange
        raise
    origin = platform_of(feed, feed_url, declared)
    newest_first = list(enumerate(feed.entries))
    oldest_first = sorted(newest_first, key=lambda pair: (pair[1].dated_at or _OLDEST, -pair[0]))
    posts: dict[tuple[str, str], Post] = {}
    slices: dict[tuple[str, str], Slice] = {}
    for _, entry in oldest_first:
        post = _post(entry, feed, feed_url, origin)
        key = (post.platform, post.post_id)
        posts.setdefault(key, post)
        if entry.span and content == exchange.body:
            slices.setdefault(key, Slice("post", post.post_id, *entry.span))
    accounts = tuple({account.platform_id: account for account in (post.account for post in posts.values())}.values())
    newest = next(reversed(posts.values())).post_id if posts else None
    repeated = len(feed.entries) - len(posts)
    warnings = (*feed.warnings, *((f"{repeated} entries repeat the id of another",) if repeated else ()))
    return Page(
        exchange=exchange,
        posts=tuple(posts.values()),
        accounts=accounts,
        slices=tuple(sorted(slices.values(), key=lambda part: part.start)),
        newest_id=newest,
        warnings=warnings,
    )


def _post(entry: Entry, feed: Feed, feed_url: str, origin: Origin) -> Post:
    if origin == "youtube":
        found = _of_youtube(entry, feed, feed_url)
    elif origin == "mastodon":
        found = _of_mastodon(entry, feed)
    elif origin == "bluesky":
        found = _of_bluesky(entry, feed)
    else:
        found = None
    address, account = found or (None, Account("feed", feed_url, name=feed.title or None, url=feed.home_url))
    post_id = address.post_id if address else _stable_id(entry)
    return Post(
        platform=account.platform,
        version_id=post_id,
        chain=(post_id,),
        account=account,
        text=_text(entry),
        url=address.url if address else entry.url or feed.home_url or feed_url,
        posted_at=entry.published_at or entry.updated_at,
        id_time=id_time(account.platform, post_id),
        media=_clip(entry, post_id) if account.platform == "youtube" else _attachments(entry),
        raw=entry.raw,
    )


def _of_youtube(entry: Entry, feed: Feed, feed_url: str) -> tuple[Address, Account] | None:
    address = youtube.of_id(entry.video_id or "") or youtube.address_of(entry.url or "")
    if address is None:
        return None
    channel = entry.channel_id or feed_url
    url = f"https://www.youtube.com/channel/{channel}" if entry.channel_id else feed.home_url
    return address, Account("youtube", channel, name=next(iter(entry.authors), feed.title) or None, url=url)


def _of_mastodon(entry: Entry, feed: Feed) -> tuple[Address, Account] | None:
    address = mastodon.address_of(entry.url or entry.id)
    if address is None or address.handle is None:
        return None
    account = Account("mastodon", address.handle, address.handle, name=feed.title or None, url=feed.home_url)
    return address, account


def _of_bluesky(entry: Entry, feed: Feed) -> tuple[Address, Account] | None:
    named = bluesky.address_of(entry.id)
    address = bluesky.address_of(entry.url or "") or named
    if named is None or named.handle is None or address is None:
        return None
    handle, _, name = feed.title.partition(" - ")
    known = handle.removeprefix("@") if handle.startswith("@") else None
    account = Account("bluesky", named.handle, known, name=name or None, url=f"https://bsky.app/profile/{named.handle}")
    return address, account


def _text(entry: Entry) -> str:
    """The title stands before the words, unless it only repeats how they begin, as bridges do."""
    opening = entry.title.rstrip("….").strip()
    if not entry.title or (opening and _flat(entry.summary).startswith(_flat(opening))):
        return entry.summary or entry.title
    return f"{entry.title}\n\n{entry.summary}".strip()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _clip(entry: Entry, post_id: str) -> tuple[Attachment, ...]:
    return (Attachment(key=post_id, kind="video", preview_url=entry.preview_url),)


def _attachments(entry: Entry) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            key=hashlib.sha256(file.url.encode()).hexdigest()[:32],
            kind=_MEDIA[file.kind],
            url=file.url,
            preview_url=file.preview_url or (entry.preview_url if file.kind == "video" else None),
            duration_ms=file.duration_ms,
            width=file.width,
            height=file.height,
            alt_text=file.alt_text,
        )
        for file in entry.enclosures
        if file.kind in _MEDIA
    )


def _stable_id(entry: Entry) -> str:
    identity = entry.id or entry.url or ""
    return identity if _PLAIN_ID.fullmatch(identity) else hashlib.sha256(identity.encode()).hexdigest()[:32]
