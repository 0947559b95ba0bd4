"""One post from yt-dlp's sanitised info of its page."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from monitor import plain_text
from monitor.errors import NotUnderstood
from monitor.feeds.addresses import absolute
from monitor.feeds.json_feed import json_of
from monitor.model.account import Account
from monitor.model.exchange import Exchange
from monitor.model.post import Attachment, MediaKind, Post
from monitor.platforms import address_of, id_time

WEB = "web"
"""The platform of posts that no extractor of their own knows."""

_GENERIC = frozenset({"generic", "html5mediaembed"})
_OWN_NAMES = {
    "twitter": "x",
    "youtube": "youtube",
    "tiktok": "tiktok",
    "instagram": "instagram",
    "facebook": "facebook",
    "facebookreel": "facebook",
    "vimeo": "vimeo",
    "dailymotion": "dailymotion",
    "telegramembed": "telegram",
    "bluesky": "bluesky",
    "reddit": "reddit",
    "threads": "threads",
    "twitchvod": "twitch",
    "twitchclips": "twitch",
    "vk": "vk",
    "vkwallpost": "vk",
    "odnoklassniki": "ok",
    "rumble": "rumble",
    "rumbleembed": "rumble",
    "rutube": "rutube",
    "rutubeembed": "rutube",
    "lbry": "odysee",
    "truth": "truthsocial",
    "weibovideo": "weibo",
}
_ACCOUNT_ID = {
    "tiktok": ("uploader_id", "channel_id", "uploader"),
    "instagram": ("uploader_id", "channel", "uploader"),
    "reddit": ("uploader",),
}
"""Where `channel_id` names something else than the account: another id, a subreddit."""
_ANY_ACCOUNT_ID = ("channel_id", "uploader_id", "uploader")
_HANDLE = {
    "x": "uploader_id",
    "youtube": "uploader_id",
    "tiktok": "uploader",
    "instagram": "channel",
    "bluesky": "uploader_id",
    "telegram": "channel_id",
    "reddit": "uploader",
    "truthsocial": "uploader_id",
    "tumblr": "uploader_id",
}
_METRICS = ("view_count", "like_count", "repost_count", "comment_count")
_MOST_MEDIA = 50

_Info = Mapping[str, Any]


def post_of(info_json: bytes, url: str, exchange: Exchange | None = None) -> Post:
    """The post at `url`. Raises NotUnderstood when the info is no JSON of yt-dlp's; it carries the exchange, if given.

    No addresses of media are kept, since they expire: a download goes by the post's page. Of generic pages the time is
    left out, since there it is only the file's Last-Modified.
    """
    try:
        info = json_of(info_json)
    except ValueError as error:
        raise _strange(url, "it is no JSON", exchange) from error
    if not isinstance(info, dict) or not (info.get("id") or info.get("entries")):
        raise _strange(url, "it has neither id nor entries", exchange)
    return _post(info, info_json, url)


def platform_of(extractor_key: str) -> str:
    """Our name of the platform that an extractor of yt-dlp belongs to."""
    key = re.sub(r"[^a-z0-9]", "", extractor_key.lower())
    return WEB if not key or key in _GENERIC else _OWN_NAMES.get(key, key)


def _strange(url: str, why: str, exchange: Exchange | None) -> NotUnderstood:
    error = NotUnderstood(f"yt-dlp's info of {url} is not understood: {why}")
    error.exchange = exchange
    return error


def _post(info: _Info, raw: bytes, url: str) -> Post:
    entries = _entries(info)
    told = {**_known(entries[0]), **_known(info)} if entries else _known(info)
    platform = platform_of(_words(told, "extractor_key"))
    post_id, canonical = _identity(platform, told, url)
    return Post(
        platform=platform,
        version_id=post_id,
        chain=(post_id,),
        account=_account(platform, told, url),
        text=_text(platform, told),
        url=canonical,
        posted_at=None if platform == WEB else _moment(told.get("timestamp")),
        id_time=id_time(platform, post_id),
        language=_words(told, "language") or None,
        sensitive=isinstance(told.get("age_limit"), int) and told["age_limit"] >= 18,
        media=tuple(_attachment(entry, post_id) for entry in entries or [info]),
        metrics=tuple((name, told[name]) for name in _METRICS if type(told.get(name)) is int),
        raw=raw,
    )


def _entries(info: _Info) -> list[_Info]:
    listed = info.get("entries")
    known: list[_Info] = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return known[:_MOST_MEDIA]


def _known(info: _Info) -> dict[str, Any]:
    return {key: value for key, value in info.items() if value not in (None, "")}


def _identity(platform: str, told: _Info, url: str) -> tuple[str, str]:
    if platform == WEB:
        return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:32], url
    for written in (url, _words(told, "webpage_url"), _words(told, "original_url")):
        found = address_of(written)
        if found and found.platform == platform:
            return found.post_id, found.url
    named = (_words(told, "display_id") if platform == "x" else "") or _words(told, "id")
    return named or hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:32], url


def _account(platform: str, told: _Info, url: str) -> Account:
    ids = [_words(told, key) for key in _ACCOUNT_ID.get(platform, _ANY_ACCOUNT_ID)]
    handle = _words(told, _HANDLE[platform]).removeprefix("@") if platform in _HANDLE else ""
    host = urlsplit(url).hostname or url
    return Account(
        platform=platform,
        platform_id=next(filter(None, ids), host),
        handle=handle or None,
        name=_words(told, "channel" if platform == "tiktok" else "uploader") or None,
        url=absolute(url, told.get("uploader_url") or told.get("channel_url")),
    )


def _text(platform: str, told: _Info) -> str:
    title, description = _words(told, "title"), _words(told, "description")
    if platform == "youtube" and title and description:
        return f"{title}\n\n{description}"
    return description or title


def _attachment(entry: _Info, post_id: str) -> Attachment:
    seconds = entry.get("duration")
    return Attachment(
        key=_words(entry, "id") or post_id,
        kind=_kind(entry),
        preview_url=absolute("", entry.get("thumbnail")),
        duration_ms=round(seconds * 1000) if isinstance(seconds, (int, float)) and 0 < seconds < 10**7 else None,
        width=_pixels(entry.get("width")),
        height=_pixels(entry.get("height")),
    )


def _kind(entry: _Info) -> MediaKind:
    formats = entry.get("formats")
    told = [form.get("vcodec") for form in formats if isinstance(form, dict)] if isinstance(formats, list) else []
    codecs = [codec for codec in (*told, entry.get("vcodec")) if codec]
    return "audio" if codecs and all(codec == "none" for codec in codecs) else "video"


def _pixels(value: object) -> int | None:
    return value if isinstance(value, int) and 0 < value < 100_000 else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _words(told: _Info, key: str) -> str:
    value = told.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return plain_text.cleaned(value) if isinstance(value, str) else ""
