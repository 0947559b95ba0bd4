"""How X writes posts, accounts and media: only the fields that were asked, and the few that always come."""

import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from monitor.demo.world.x.state import XAccount, XMedia, XPost, XState

Json = dict[str, Any]
_MENTION = re.compile(r"(?<!\w)@(\w{1,15})")
_HASHTAG = re.compile(r"(?<!\w)#(\w+)")
LONGEST = 280
_ALWAYS = ("id", "text", "edit_history_tweet_ids")


def time_text(moment: datetime) -> str:
    """A time as X writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def post_object(state: XState, post: XPost, wanted: Collection[str]) -> Json:
    """The post with its default fields and the wanted ones that it has."""
    found: Json = {"id": post.id, "text": shown_text(post), "edit_history_tweet_ids": list(post.chain)}
    for name, value_of in _POST_FIELDS.items():
        if name in wanted and name not in _ALWAYS:
            value = value_of(state, post)
            if value is not None:
                found[name] = value
    return found


def shown_text(post: XPost) -> str:
    """The text as `text` gives it: long posts and reposts are cut."""
    limit = 140 if post.reposts else LONGEST
    return post.text if len(post.text) <= limit else post.text[: limit - 1] + "…"


def user_object(account: XAccount, wanted: Collection[str]) -> Json:
    """The account with its default fields and the wanted ones."""
    every: Json = {
        "created_at": time_text(account.created_at),
        "description": account.description,
        "protected": account.protected,
        "profile_image_url": "https://pbs.twimg.com/profile_images/demo/demo.png",
        "public_metrics": {
            "followers_count": 1200,
            "following_count": 80,
            "tweet_count": 340,
            "listed_count": 7,
            "like_count": 55,
        },
        "url": "",
        "verified": False,
        "verified_type": "none",
        "withheld": {"country_codes": list(account.withheld_in), "scope": "user"} if account.withheld_in else None,
    }
    found: Json = {"id": account.id, "name": account.name, "username": account.username}
    return found | {k: v for k, v in every.items() if k in wanted and v is not None}


def media_object(media: XMedia, wanted: Collection[str]) -> Json:
    """The media with key and type, and the wanted fields that it has."""
    every: Json = {
        "height": media.height,
        "width": media.width,
        "duration_ms": media.duration_ms,
        "preview_image_url": media.preview_url,
        "url": media.url,
        "alt_text": media.alt_text,
        "public_metrics": {"view_count": 4711} if media.kind == "video" else None,
        "variants": [_variant(*v) for v in media.variants] if media.variants else None,
    }
    found: Json = {"media_key": media.key, "type": media.kind}
    return found | {k: v for k, v in every.items() if k in wanted and v is not None}


def _variant(url: str, content_type: str, bit_rate: int | None) -> Json:
    rate = {} if bit_rate is None else {"bit_rate": bit_rate}
    return {**rate, "content_type": content_type, "url": url}


def _references(state: XState, post: XPost) -> list[Json] | None:
    kinds = (("retweeted", post.reposts), ("quoted", post.quotes), ("replied_to", post.reply_to))
    return [{"type": kind, "id": target} for kind, target in kinds if target] or None


def _conversation(state: XState, post: XPost) -> str:
    while post.reply_to and post.reply_to in state.posts:
        post = state.posts[post.reply_to]
    return post.chain[0]


def _answered(state: XState, post: XPost) -> str | None:
    target = state.posts.get(post.reply_to or "")
    return target.author_id if target else None


def _edit_controls(state: XState, post: XPost) -> Json:
    until = state.posts[post.chain[0]].created_at + timedelta(hours=1)
    left = 5 - (len(post.chain) - 1)
    eligible = not (post.reposts or post.reply_to)
    return {"edits_remaining": left, "is_edit_eligible": eligible, "editable_until": time_text(until)}


def _entities(state: XState, post: XPost) -> Json | None:
    text = shown_text(post)
    urls = [
        {"start": text.index(short), "end": text.index(short) + len(short), "url": short, "expanded_url": long}
        for short, long in post.links
        if short in text
    ]
    mentions = [{"start": m.start(), "end": m.end(), "username": m[1]} for m in _MENTION.finditer(text)]
    hashtags = [{"start": m.start(), "end": m.end(), "tag": m[1]} for m in _HASHTAG.finditer(text)]
    found = {"urls": urls, "mentions": mentions, "hashtags": hashtags}
    return {k: v for k, v in found.items() if v} or None


def _metrics(state: XState, post: XPost) -> Json:
    counts = {"retweet_count": 3, "reply_count": 1, "like_count": 12, "quote_count": 1, "bookmark_count": 0}
    return counts | {"impression_count": 900} | post.metrics


def _withheld(state: XState, post: XPost) -> Json | None:
    if not post.withheld_in and not post.withheld_copyright:
        return None
    return {"copyright": post.withheld_copyright, "country_codes": list(post.withheld_in), "scope": "tweet"}


def _attachments(state: XState, post: XPost) -> Json | None:
    # A repost has none: its media belong to the original.
    return {"media_keys": [m.key for m in post.media]} if post.media and not post.reposts else None


_POST_FIELDS: dict[str, Callable[[XState, XPost], object]] = {
    "attachments": _attachments,
    "author_id": lambda _, post: post.author_id,
    "conversation_id": _conversation,
    "created_at": lambda _, post: time_text(post.created_at),
    "display_text_range": lambda _, post: [0, len(shown_text(post))],
    "edit_controls": _edit_controls,
    "entities": _entities,
    "in_reply_to_user_id": _answered,
    "lang": lambda _, post: post.language,
    "note_tweet": lambda _, post: {"text": post.text} if len(post.text) > LONGEST and not post.reposts else None,
    "possibly_sensitive": lambda _, post: post.sensitive,
    "public_metrics": _metrics,
    "referenced_tweets": _references,
    "reply_settings": lambda *_: "everyone",
    "withheld": _withheld,
}
