"""Posts and their versions: `add_new` answers what is new, the rest of the way handles nothing else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.model.post import Attachment, Post
from monitor.store import accounts, contents
from monitor.store.open import Store

_CHUNK = 400


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
    moment = clock.text(seen_at)
    added: list[NewPost] = []
    with store.change():
        ids = accounts.add_all(store, (p.account for p in posts), seen_at)
        for start in range(0, len(posts), _CHUNK):
            added += _add_chunk(store, posts[start : start + _CHUNK], ids, moment, method, found_by, capture_id)
    return added


def _add_chunk(
    store: Store,
    posts: Sequence[Post],
    account_ids: dict[tuple[str, str], int],
    moment: str,
    method: str,
    found_by: str,
    capture_id: int | None,
) -> list[NewPost]:
    known_posts = _known(store, "post", "post_id", "id", [(p.platform, p.post_id) for p in posts])
    known_versions = _known(store, "post_version", "version_id", "post", [(p.platform, p.version_id) for p in posts])
    next_row = int(str(store.value("SELECT coalesce(max(id), 0) FROM post"))) + 1
    rows = _Rows()
    added: list[NewPost] = []
    for post in posts:
        key, version = (post.platform, post.post_id), (post.platform, post.version_id)
        raw_sha256 = rows.observe(post, method, moment, capture_id)
        if version in known_versions:
            continue
        edited = key in known_posts
        if not edited:
            known_posts[key] = next_row
            rows.post(next_row, post, account_ids[(post.account.platform, post.account.platform_id)], moment, found_by)
            next_row += 1
        row = known_posts[key]
        known_versions[version] = row
        rows.version(row, post, raw_sha256, moment)
        added.append(NewPost(row, post, edited))
    rows.write(store)
    for new in added:
        if new.edited:
            _note_edit(store, new)
    return added


def _known(
    store: Store, table: str, column: str, answer: str, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    wanted = sorted(set(keys))
    marks = ",".join("(?, ?)" for _ in wanted)
    if not wanted:
        return {}
    found = store.connection.execute(
        f"SELECT platform, {column}, {answer} FROM {table} WHERE (platform, {column}) IN (VALUES {marks})",
        [value for key in wanted for value in key],
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


class _Rows:
    """Rows of one chunk, written table by table in as few statements as SQLite takes."""

    def __init__(self) -> None:
        self._content: list[tuple[object, ...]] = []
        self._wording: list[tuple[object, ...]] = []
        self._post: list[tuple[object, ...]] = []
        self._version: list[tuple[object, ...]] = []
        self._chain: list[tuple[object, ...]] = []
        self._reference: list[tuple[object, ...]] = []
        self._observation: list[tuple[object, ...]] = []
        self._media: list[tuple[object, ...]] = []

    def observe(self, post: Post, method: str, moment: str, capture_id: int | None) -> str:
        packed = contents.packed(post.raw)
        self._content.append(packed)
        metrics = json.dumps(dict(post.metrics)) if post.metrics else "{}"
        self._observation.append(
            (post.platform, post.post_id, method, moment, "available", packed[0], metrics, capture_id)
        )
        return packed[0]

    def post(self, row: int, post: Post, account_id: int, moment: str, found_by: str) -> None:
        posted, by_id, editable = (clock.text_or_none(t) for t in (post.posted_at, post.id_time, post.editable_until))
        self._post.append(
            (
                *(row, post.platform, post.post_id, account_id, post.url, post.kind, post.version_id, post.language),
                *(int(post.sensitive), posted, by_id, editable, moment, found_by),
            )
        )
        self._reference += [(row, r.kind, r.post_id) for r in post.references]
        self._chain += [(post.platform, version, row) for version in post.chain[1:]]

    def version(self, row: int, post: Post, raw_sha256: str, moment: str) -> None:
        text_sha256 = contents.sha256(post.text.encode())
        self._wording.append((text_sha256, post.text))
        posted = clock.text_or_none(post.posted_at)
        self._version.append((row, post.platform, post.version_id, text_sha256, raw_sha256, posted, moment))
        self._chain += [(post.platform, version, row) for version in post.chain[1:]]
        self._media += [_media_row(row, n, a, moment) for n, a in enumerate(post.media)]

    def write(self, store: Store) -> None:
        _insert(store, "content", "sha256, size, codec, bytes", self._content)
        _insert(store, "wording", "sha256, text", self._wording)
        _insert(
            store,
            "post",
            "id, platform, post_id, account_id, url, kind, latest_version_id, language, sensitive, posted_at, id_time, editable_until, "
            "seen_at, found_by",
            self._post,
        )
        _insert(
            store,
            "post_version",
            "post, platform, version_id, text_sha256, raw_sha256, posted_at, seen_at",
            self._version,
        )
        _insert(store, "post_chain", "platform, version_id, post", self._chain)
        _insert(store, "post_reference", "post, kind, post_id", self._reference)
        _insert(
            store,
            "observation",
            "platform, post_id, method, at, seen, raw_sha256, metrics, capture_id",
            self._observation,
        )
        _insert(
            store,
            "media",
            "post, key, n, kind, url, preview_url, variants, duration_s, width, height, alt_text, state, updated_at",
            self._media,
        )


def _media_row(row: int, n: int, media: Attachment, moment: str) -> tuple[object, ...]:
    variants = json.dumps([[v.url, v.content_type, v.bit_rate] for v in media.variants]) if media.variants else "[]"
    seconds = None if media.duration_ms is None else media.duration_ms / 1000
    return (
        *(row, media.key, n, media.kind, media.url, media.preview_url, variants, seconds),
        *(media.width, media.height, media.alt_text, "queued", moment),
    )


def _insert(store: Store, table: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    # One statement for many rows: FTS5 does work for each statement, and there are fewer of them.
    if not rows:
        return
    width = len(rows[0])
    size = min(len(rows), 30_000 // width)
    row_marks = f"({','.join('?' * width)})"
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        store.connection.execute(
            f"INSERT OR IGNORE INTO {table} ({columns}) VALUES {','.join([row_marks] * len(part))}",
            [value for row in part for value in row],
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
