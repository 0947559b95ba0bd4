"""Posts and articles by their words, times and accounts: index look-ups with bounds, never a scan of all."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor import clock
from monitor.model.linking import Candidate
from monitor.store.open import Store

LEAST, MOST_READ = 2, 15_000
"""A word that stands in fewer texts tells of none but its own; and how many entries of the index are read for one question."""
_STEM = 6
"""Letters by which longer words are searched, whatever their endings."""
_WORDS = 60
_WORDS_OF_POST, _READ_OF_POST = 8, 1_000
"""The same for a post's words: posts come by the thousand."""
_AT = "coalesce(p.posted_at, p.id_time)"


def posts_between(store: Store, first: str, last: str, limit: int, *, newest: bool) -> list[int]:
    """Rows of posts of a span of time, those nearest to its end (or its beginning)."""
    order = "DESC" if newest else "ASC"
    rows = store.all(
        f"SELECT p.id FROM post p WHERE {_AT} >= ? AND {_AT} < ? AND kind != 'repost' ORDER BY {_AT} {order} LIMIT ?",
        first,
        last,
        limit,
    )
    return [row[0] for row in rows]


def posts_of_account(store: Store, account: int, before: str, limit: int) -> list[int]:
    """Rows of an account's posts, the last before a time."""
    rows = store.all(
        "SELECT id FROM post WHERE account_id = ? AND posted_at < ? AND kind != 'repost' ORDER BY posted_at DESC LIMIT ?",
        account,
        before,
        limit,
    )
    return [row[0] for row in rows]


def accounts_by_keys(store: Store, keys: Iterable[str], limit: int) -> list[int]:
    """Rows of accounts that have one of the keys."""
    rows = store.all(
        "SELECT DISTINCT account_id FROM account_key WHERE key IN (SELECT value FROM json_each(?)) LIMIT ?",
        json.dumps(sorted(keys)),
        limit,
    )
    return [row[0] for row in rows]


def accounts_by_handle(store: Store, handles: Iterable[str]) -> list[int]:
    """Rows of accounts that have one of the handles, on whatever platform."""
    found = [
        store.all("SELECT id FROM account WHERE handle = ? COLLATE NOCASE", handle.lstrip("@")) for handle in handles
    ]
    return [row[0] for rows in found for row in rows]


def named_on(store: Store, platform: str, accounts: Sequence[int]) -> list[tuple[str, str | None]]:
    """(handle, name) of those of these accounts that are on a platform."""
    rows = store.all(
        "SELECT handle, name FROM account WHERE id IN (SELECT value FROM json_each(?)) AND platform = ? AND handle IS NOT NULL",
        json.dumps(list(accounts)),
        platform,
    )
    return [(row["handle"], row["name"]) for row in rows]


def posts_saying(store: Store, words: Iterable[str], limit: int) -> list[int]:
    """Rows of posts that share the rarest of these words, the best first."""
    asked = _question(store, words, {})
    if not asked:
        return []
    rows = store.all(
        """SELECT v.post FROM wording_fts f JOIN wording w ON w.id = f.rowid JOIN post_version v ON v.text_sha256 = w.sha256
        WHERE wording_fts MATCH ? ORDER BY f.rank LIMIT ?""",
        asked,
        limit,
    )
    return list(dict.fromkeys(row[0] for row in rows))


def articles_saying(
    store: Store, words: Iterable[str], first: str, last: str, limit: int, counts: dict[str, int]
) -> list[int]:
    """Rows of articles published in a span of time (or at no known time) that share the rarest of these words, the best first.

    `counts` remembers from one question to the next how many texts hold each word.
    """
    asked = _question(store, words, counts, _WORDS_OF_POST, _READ_OF_POST)
    if not asked:
        return []
    rows = store.all(
        """SELECT v.article_id FROM wording_fts f JOIN wording w ON w.id = f.rowid JOIN article_version v ON v.text_sha256 = w.sha256
        JOIN article a ON a.id = v.article_id WHERE wording_fts MATCH ? AND coalesce(a.published_at, a.seen_at) BETWEEN ? AND ?
        ORDER BY f.rank LIMIT ?""",
        asked,
        first,
        last,
        limit,
    )
    return list(dict.fromkeys(row[0] for row in rows))


def articles_between(store: Store, first: str, last: str, limit: int) -> list[int]:
    """Rows of articles published in a span of time, or seen in it at no known time of publication."""
    rows = store.all(
        """SELECT id FROM article WHERE published_at BETWEEN ?1 AND ?2 UNION ALL SELECT id FROM article WHERE published_at IS NULL
        AND seen_at BETWEEN ?1 AND ?2 LIMIT ?3""",
        first,
        last,
        limit,
    )
    return [row[0] for row in rows]


def _question(
    store: Store, words: Iterable[str], known: dict[str, int], most: int = _WORDS, most_read: int = MOST_READ
) -> str:
    """The rarest words as FTS5 is asked for them, longer ones by their first letters; empty when none tells anything."""
    told = dict.fromkeys(words)
    known.update({word: _having(store, word) for word in told if word not in known})
    counts = {word: known[word] for word in told if known[word] >= LEAST}
    chosen: list[str] = []
    read = 0
    for word in sorted(counts, key=counts.__getitem__)[:most]:
        read += counts[word]
        if chosen and read > most_read:
            break
        chosen.append(f'"{word[:_STEM]}"*' if len(word) > _STEM else f'"{word}"')
    return " OR ".join(chosen)


def _having(store: Store, word: str) -> int:
    """How many texts hold a word, whatever its ending where it is long; words with marks of FTS5 count as held by none."""
    plain = "".join(_bare(letter) for letter in word.lower())
    if not plain.isalnum():
        return 0
    if len(word) <= _STEM:
        found = store.value("SELECT doc FROM wording_word WHERE term = ?", plain)
    else:
        stem = plain[:_STEM]
        found = store.value("SELECT sum(doc) FROM wording_word WHERE term >= ? AND term < ?", stem, stem + "\U0010ffff")
    return int(str(found or 0))


def _bare(letter: str) -> str:
    """A Latin letter without its marks, as the index has it."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


@dataclass(frozen=True, slots=True)
class Held:
    """A post of the store as the linking sees it, with its row and its account's."""

    row: int
    account: int
    candidate: Candidate


def described(store: Store, posts: Sequence[int]) -> list[Held]:
    """The posts of these rows, each in its last wording; those that only repeat another's are left out."""
    rows = store.all(
        f"""SELECT p.id, p.platform, p.post_id, p.account_id, a.handle, a.name, {_AT} AS at, (SELECT w.text FROM post_version v
            JOIN wording w ON w.sha256 = v.text_sha256 WHERE v.post = p.id ORDER BY v.id DESC LIMIT 1) AS text,
            (SELECT json_group_array(m.kind) FROM media m WHERE m.post = p.id) AS media
        FROM post p JOIN account a ON a.id = p.account_id WHERE p.id IN (SELECT value FROM json_each(?)) AND p.kind != 'repost'""",
        json.dumps(list(posts)),
    )
    return [
        Held(
            r["id"],
            r["account_id"],
            Candidate(
                platform=r["platform"],
                post_id=r["post_id"],
                text=r["text"] or "",
                handle=r["handle"],
                author_name=r["name"],
                posted_at=clock.parse_or_none(r["at"]),
                media=tuple(json.loads(r["media"])),
            ),
        )
        for r in rows
    ]


def hourly(store: Store, first: str, last: str) -> Mapping[str, int]:
    """How many posts there are of each hour of a span of time: "2026-11-20T12" -> count."""
    rows = store.all(
        f"SELECT substr({_AT}, 1, 13) AS hour, count(*) AS posts FROM post p WHERE {_AT} >= ? AND {_AT} < ? GROUP BY 1",
        first,
        last,
    )
    return {row["hour"]: row["posts"] for row in rows}


def span(store: Store) -> tuple[str | None, str | None, int]:
    """The times of the oldest and the newest post, and about how many posts there are."""
    row = store.one(
        f"""SELECT (SELECT {_AT} FROM post p WHERE {_AT} IS NOT NULL ORDER BY {_AT} LIMIT 1),
        (SELECT {_AT} FROM post p WHERE {_AT} IS NOT NULL ORDER BY {_AT} DESC LIMIT 1), (SELECT coalesce(max(id), 0) FROM post)"""
    )
    assert row is not None
    return row[0], row[1], row[2]


def own_between(store: Store, account: int, first: str, last: str) -> int:
    """How many posts an account has in a span of time."""
    found = store.value(
        "SELECT count(*) FROM post WHERE account_id = ? AND posted_at >= ? AND posted_at < ?", account, first, last
    )
    return int(str(found))
