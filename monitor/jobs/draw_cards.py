"""What the store knows of a post, as the card that a package shows."""

import json

from monitor.evidence.card import Card, Picture, Wording
from monitor.platforms import PLATFORMS
from monitor.store import contents, media, reading
from monitor.store.open import Store

_TOGETHER = {"retweet_count": "reposts", "repost_count": "reposts", "impression_count": "views"}


def card_of(store: Store, row: int, number: int) -> Card:
    """The card of the post in a row of the store; `number` counts the cards of a page from 1."""
    post = reading.posts(store, row=row)[0]
    versions = store.all(
        "SELECT version_id, text_sha256, raw_sha256, seen_at FROM post_version WHERE post = ? ORDER BY length(version_id), version_id",
        row,
    )
    newest = versions[-1]
    seen = store.one(
        """SELECT method, at FROM observation WHERE platform = ? AND post_id = ? AND raw_sha256 = ? ORDER BY id LIMIT 1""",
        post["platform"],
        post["post_id"],
        newest["raw_sha256"],
    )
    counts, counted_at = _counts(store, str(post["platform"]), str(post["post_id"]))
    platform = PLATFORMS.get(str(post["platform"]))
    pictures, lost = _files(store, row)
    return Card(
        number=number,
        platform=platform.title if platform else str(post["platform"]),
        url=str(post["url"]),
        text=str(post["text"] or ""),
        name=_text(post["name"]),
        handle=_text(post["handle"]),
        account_id=_text(post["account_id"]),
        posted_at=_text(post["posted_at"]),
        id_time=_text(post["id_time"]),
        captured_at=seen["at"] if seen else newest["seen_at"],
        method=seen["method"] if seen else "an unknown method",
        raw_sha256=newest["raw_sha256"],
        counts=counts,
        counted_at=counted_at,
        pictures=pictures,
        not_kept=lost,
        earlier=[
            Wording(v["version_id"], v["seen_at"], contents.text(store, v["text_sha256"]) or "(purged)")
            for v in versions[:-1]
        ],
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _counts(store: Store, platform: str, post_id: str) -> tuple[list[tuple[str, int]], str | None]:
    row = store.one(
        "SELECT metrics, at FROM observation WHERE platform = ? AND post_id = ? AND metrics != '{}' ORDER BY id DESC LIMIT 1",
        platform,
        post_id,
    )
    if row is None:
        return [], None
    found = json.loads(row["metrics"])
    return [(_TOGETHER.get(name, _plural(name)), int(count)) for name, count in found.items()], row["at"]


def _plural(name: str) -> str:
    word = name.removesuffix("_count").replace("_", " ")
    return word if word.endswith("s") else f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _files(store: Store, row: int) -> tuple[list[Picture], list[str]]:
    pictures, lost = [], []
    for item in media.of_posts(store, [row]).get(row, []):
        shown = item["contact_sheet"] or (item["sha256"] if item["kind"] == "photo" else None)
        if shown and item["state"] == "kept":
            extension = store.value("SELECT extension FROM object WHERE sha256 = ?", shown) or "bin"
            pictures.append(_picture(item, f"media/{shown}.{extension}"))
        elif item["state"] != "kept":
            reason = f": {item['reason']}" if item["reason"] else ""
            lost.append(f"A {item['kind']} of this post is not in the package ({item['state']}{reason}).")
    return pictures, lost


def _picture(item: dict[str, object], path: str) -> Picture:
    if item["kind"] == "photo":
        return Picture(path, "A picture attached to the post", f"Picture, media/{str(item['sha256'])[:16]}…")
    seconds = f" of {float(str(item['duration_s'])):.1f} s" if item["duration_s"] is not None else ""
    caption = f"Frames from the {item['kind']}{seconds}, media/{str(item['sha256'])[:16]}…"
    return Picture(path, f"Frames from the {item['kind']} attached to the post", caption)
