"""Posts and their versions: `add_new` answers what is new, the rest of the way handles nothing else."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.model.post import Attachment, Post
from monitor.store import accounts, contents
from monitor.store.open import Store
from monitor.store.writing import insert_all

_CHUNK = 400
_Key = tuple[str, str]
"""A platform and an id of its own."""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post, or a version of a known one, that the store had not seen."""

    row: int
    post: Post
    edited: bool
    """True for a new version of a post that we knew."""


def add_new(
    store: Store, posts: Sequence[Post], *, seen_at: datetime, method: str, found_by: str, capture_id: int | None = None
) -> list[NewPost]:
    """Stores posts in the order given, one observation each; returns those that are new, in that order."""
    look = _Look(store, clock.text(seen_at), method, found_by, capture_id)
    added: list[NewPost] = []
    with store.change():
        account_ids = accounts.add_all(store, (p.account for p in posts), seen_at)
        for start in range(0, len(posts), _CHUNK):
            added += look.add(posts[start : start + _CHUNK], account_ids)
    return added


@dataclass(frozen=True, slots=True)
class _Look:
    """One look's posts, written table by table in as few statements as SQLite takes."""

    store: Store
    moment: str
    method: str
    found_by: str
    capture_id: int | None

    def add(self, posts: Sequence[Post], account_ids: Mapping[_Key, int]) -> list[NewPost]:
        raws = contents.keep_all(self.store, [post.raw for post in posts])
        texts = {post.text: contents.sha256(post.text.encode()) for post in posts}
        self._observe(posts, raws)
        firsts = {_key(post): post for post in reversed(posts)}
        new = self._add_posts([firsts[key] for key in dict.fromkeys(map(_key, posts))], account_ids)
        rows = {**_rows_of(self.store, firsts.keys() - new.keys()), **new}
        added = [
            NewPost(rows[_key(post)], post, edited=_key(post) not in new or firsts[_key(post)] is not post)
            for post in self._add_versions(posts, texts, raws, rows)
        ]
        self._add_what_hangs_on(added, texts)
        return added

    def _observe(self, posts: Sequence[Post], raws: Sequence[str]) -> None:
        insert_all(
            self.store,
            "observation",
            "platform, post_id, method, at, seen, raw_sha256, metrics, capture_id",
            [
                (p.platform, p.post_id, self.method, self.moment, _seen(p), raw, _metrics(p), self.capture_id)
                for p, raw in zip(posts, raws, strict=True)
            ],
        )

    def _add_posts(self, posts: Sequence[Post], account_ids: Mapping[_Key, int]) -> dict[_Key, int]:
        """The rows of those that were not known."""
        added = insert_all(
            self.store,
            "post",
            "platform, post_id, account_id, url, kind, latest_version_id, language, sensitive, posted_at, id_time, editable_until, "
            "seen_at, found_by",
            [
                (
                    *(p.platform, p.post_id, account_ids[p.account.platform, p.account.platform_id], p.url, p.kind),
                    *(p.version_id, p.language, int(p.sensitive), clock.text_or_none(p.posted_at)),
                    *(clock.text_or_none(p.id_time), clock.text_or_none(p.editable_until), self.moment, self.found_by),
                )
                for p in posts
            ],
            returning="platform, post_id, id",
        )
        return {(row[0], row[1]): row[2] for row in added}

    def _add_versions(
        self, posts: Sequence[Post], texts: Mapping[str, str], raws: Sequence[str], rows: Mapping[_Key, int]
    ) -> list[Post]:
        """Those whose version was not known, each once, in their order."""
        added = insert_all(
            self.store,
            "post_version",
            "post, platform, version_id, text_sha256, raw_sha256, posted_at, seen_at",
            [
                (
                    *(rows[_key(p)], p.platform, p.version_id, texts[p.text], raw),
                    *(clock.text_or_none(p.posted_at), self.moment),
                )
                for p, raw in zip(posts, raws, strict=True)
            ],
            returning="platform, version_id",
        )
        left = {(row[0], row[1]) for row in added}
        fresh = []
        for post in posts:
            version = (post.platform, post.version_id)
            if version in left:
                left.remove(version)
                fresh.append(post)
        return fresh

    def _add_what_hangs_on(self, added: Sequence[NewPost], texts: Mapping[str, str]) -> None:
        wording = [(texts[new.post.text], new.post.text) for new in added]
        insert_all(self.store, "wording", "sha256, text", wording)
        chains = [(new.post.platform, version, new.row) for new in added for version in new.post.chain[1:]]
        insert_all(self.store, "post_chain", "platform, version_id, post", chains)
        references = [(new.row, r.kind, r.post_id) for new in added if not new.edited for r in new.post.references]
        insert_all(self.store, "post_reference", "post, kind, post_id", references)
        insert_all(
            self.store,
            "media",
            "post, key, n, kind, url, preview_url, variants, duration_s, width, height, alt_text, state, updated_at",
            [_media_row(new.row, n, a, self.moment) for new in added for n, a in enumerate(new.post.media)],
        )
        for new in added:
            if new.edited:
                _note_edit(self.store, new)


def _key(post: Post) -> _Key:
    return post.platform, post.post_id


def _seen(post: Post) -> str:
    """X describes to us what it withholds from others."""
    if post.withheld_copyright:
        return "copyright"
    return "withheld" if post.withheld_in else "available"


def _metrics(post: Post) -> str:
    return json.dumps(dict(post.metrics)) if post.metrics else "{}"


def _rows_of(store: Store, keys: Collection[_Key]) -> dict[_Key, int]:
    if not keys:
        return {}
    found = store.connection.execute(
        f"SELECT platform, post_id, id FROM post WHERE (platform, post_id) IN (VALUES {','.join(['(?, ?)'] * len(keys))})",
        [value for key in sorted(keys) for value in key],
    )
    return {(row[0], row[1]): row[2] for row in found}


def _note_edit(store: Store, new: NewPost) -> None:
    post = new.post
    latest = str(store.value("SELECT latest_version_id FROM post WHERE id = ?", new.row))
    if (len(post.version_id), post.version_id) > (len(latest), latest):
        store.connection.execute(
            "UPDATE post SET latest_version_id = ?, language = coalesce(?, language), editable_until = coalesce(?, editable_until) WHERE id = ?",
            (post.version_id, post.language, clock.text_or_none(post.editable_until), new.row),
        )


def _media_row(row: int, n: int, media: Attachment, moment: str) -> tuple[object, ...]:
    variants = json.dumps([[v.url, v.content_type, v.bit_rate] for v in media.variants]) if media.variants else "[]"
    seconds = None if media.duration_ms is None else media.duration_ms / 1000
    return (
        *(row, media.key, n, media.kind, media.url, media.preview_url, variants, seconds),
        *(media.width, media.height, media.alt_text, "queued", moment),
    )


def find(store: Store, platform: str, cited_id: str) -> int | None:
    """The row of the post that has this id as its first or any later version, or None."""
    row = store.value("SELECT id FROM post WHERE platform = ? AND post_id = ?", platform, cited_id)
    if row is None:
        row = store.value("SELECT post FROM post_chain WHERE platform = ? AND version_id = ?", platform, cited_id)
    return None if row is None else int(str(row))


def note_absence(
    store: Store,
    platform: str,
    post_id: str,
    *,
    at: datetime,
    method: str,
    seen: str,
    detail: str,
    capture_id: int | None,
) -> None:
    """One observation of a post that an answer did not show, with the reason as the platform gave it."""
    with store.change() as db:
        db.execute(
            "INSERT INTO observation (platform, post_id, method, at, seen, detail, capture_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (platform, post_id, method, clock.text(at), seen, detail, capture_id),
        )
