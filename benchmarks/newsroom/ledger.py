"""A ledger of a million posts, written table by table as the collector leaves it."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import clock
from monitor.settings import example, load
from monitor.store import people
from monitor.store.open import Store, open_store
from monitor.web.people import passwords

BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)
PASSWORD = "walrus kettle orbit seventeen"
ACCOUNTS = 2_000


def prepared(home: Path, many_posts: int, many_articles: int) -> Path:
    """The home, filled unless it is already; gives its database."""
    config = home / "config"
    if not config.exists():
        config.mkdir(parents=True)
        (config / "postwatch.toml").write_text(example.postwatch_toml(), encoding="utf-8")
        (config / "watches.toml").write_text("", encoding="utf-8")
        (config / "rules.toml").write_text("", encoding="utf-8")
    database = load(home, {}, demand_secrets=False).database
    with open_store(database) as store:
        if not store.value("SELECT 1 FROM post LIMIT 1"):
            store.connection.execute("PRAGMA synchronous = OFF")
            fill(store, many_posts, many_articles)
            person = people.add(store, "demo-reader", "Demo Reader", "admin", "benchmark", BEGAN)
            assert person is not None
            people.set_password(store, person, passwords.hashed(PASSWORD))
            store.connection.execute("ANALYZE")
    return database


def fill(store: Store, many_posts: int, many_articles: int) -> None:
    """Rows as the collector writes them, table by table: words of a fixed seed, every fifth post cited, every tenth cited one gone."""
    chance = random.Random(20260301)
    words = ["".join(chance.choice("aeiourstlnmdkp") for _ in range(chance.randint(2, 11))) for _ in range(8000)]

    def text(n: int) -> str:
        return f"{' '.join(chance.choices(words, k=24))} demo{n}"

    def at(n: int, of: int) -> str:
        return clock.text(BEGAN + timedelta(days=250) * (n / of))

    with store.change() as db:
        db.executemany(
            "INSERT INTO account (id, platform, platform_id, handle, name, first_seen_at, last_seen_at) VALUES (?, 'x', ?, ?, ?, ?, ?)",
            ((n, str(n), f"demo_{n}", f"Demo {n}", at(0, 1), at(0, 1)) for n in range(1, ACCOUNTS + 1)),
        )
        for start in range(0, many_posts, 20_000):
            part = range(start + 1, min(start + 20_000, many_posts) + 1)
            db.executemany(
                "INSERT INTO wording (id, sha256, text) VALUES (?, ?, ?)", ((n, f"{n:064x}", text(n)) for n in part)
            )
            db.executemany(
                """INSERT INTO post (id, platform, post_id, account_id, url, kind, latest_version_id, language, posted_at, seen_at, found_by)
                VALUES (?, 'x', ?, ?, ?, 'post', ?, 'en', ?, ?, 'watch')""",
                (
                    (
                        n,
                        str(10**9 + n),
                        chance.randint(1, ACCOUNTS),
                        f"https://x.com/i/status/{10**9 + n}",
                        str(10**9 + n),
                        t,
                        t,
                    )
                    for n in part
                    for t in (at(n, many_posts),)
                ),
            )
            db.executemany(
                """INSERT INTO post_version (id, post, platform, version_id, text_sha256, raw_sha256, posted_at, seen_at)
                VALUES (?, ?, 'x', ?, ?, ?, ?, ?)""",
                ((n, n, str(10**9 + n), f"{n:064x}", "0" * 64, t, t) for n in part for t in (at(n, many_posts),)),
            )
            db.executemany(
                "INSERT INTO observation (platform, post_id, method, at, seen) VALUES ('x', ?, 'x-api', ?, 'available')",
                ((str(10**9 + n), at(n, many_posts)) for n in part),
            )
            db.executemany(
                "INSERT INTO media (post, key, n, kind, state, updated_at) VALUES (?, 'm', 0, 'video', 'queued', ?)",
                ((n, at(n, many_posts)) for n in part if n % 3 == 0),
            )
    articles(store, many_articles, text, at)
    citations(store, many_posts, many_articles, at)


def articles(store: Store, many_articles: int, text, at) -> None:  # type: ignore[no-untyped-def]
    """Articles with a version each."""
    with store.change() as db:
        db.execute(
            "INSERT INTO object (sha256, size, kind, mime, extension, kept_at) VALUES ('warc', 1, 'unknown', 'application/warc', 'warc.gz', ?)",
            (at(0, 1),),
        )
        db.execute(
            """INSERT INTO capture (id, subject, method, url_asked, url_final, headers, body_size, outcome, tools, asked_by, started_at, ended_at)
            VALUES (1, 'bench', 'http', '', '', '[]', 0, 'captured', '{}', 'bench', ?, ?)""",
            (at(0, 1), at(0, 1)),
        )
        db.executemany(
            """INSERT INTO article (id, url, title, publisher, own, seen_at, published_at) VALUES (?, ?, ?, 'news.example', ?, ?, ?)""",
            (
                (n, f"https://news.example/{n}", text(n)[:80], int(n % 4 == 0), t, t)
                for n in range(1, many_articles + 1)
                for t in (at(n, many_articles),)
            ),
        )
        db.executemany(
            "INSERT INTO article_address (url, article_id, seen_at) VALUES (?, ?, ?)",
            ((f"https://news.example/{n}", n, at(n, many_articles)) for n in range(1, many_articles + 1)),
        )
        db.executemany(
            """INSERT INTO article_version (article_id, n, text_sha256, reading_sha256, body_sha256, warc_sha256, capture_id, seen_at)
            VALUES (?, 1, ?, ?, ?, 'warc', 1, ?)""",
            ((n, f"a{n}", f"r{n}", f"b{n}", at(n, many_articles)) for n in range(1, many_articles + 1)),
        )


def citations(store: Store, many_posts: int, many_articles: int, at) -> None:  # type: ignore[no-untyped-def]
    """A citation of every fifth post; every tenth cited one is gone."""
    cited = range(5, many_posts + 1, 5)
    with store.change() as db:
        db.executemany(
            """INSERT INTO citation (id, article_id, key, platform, cited_post_id, url, kind, confidence, first_version, last_version, seen_at)
            VALUES (?, ?, ?, 'x', ?, ?, 'embed', 1.0, 1, 1, ?)""",
            (
                (
                    k,
                    (k - 1) % many_articles + 1,
                    f"x:{10**9 + n}",
                    str(10**9 + n),
                    f"https://x.com/i/status/{10**9 + n}",
                    at(n, many_posts),
                )
                for k, n in enumerate(cited, 1)
            ),
        )
        db.executemany(
            """INSERT INTO citation_place (citation_id, version, n, paragraph, place, kind, form, text_sha256)
            VALUES (?, 1, 0, 3, 'paragraph 3', 'embed', 'x.blockquote', ?)""",
            ((k, f"{n:064x}") for k, n in enumerate(cited, 1)),
        )
        db.executemany(
            "INSERT INTO link (citation_id, post, state, updated_at) VALUES (?, ?, 'confirmed', ?)",
            ((k, n, at(n, many_posts)) for k, n in enumerate(cited, 1)),
        )
        db.executemany(
            """INSERT INTO sight (platform, post_id, url, post, state, reason, since, evidence, cited_at, next_look_at)
            VALUES ('x', ?, '', ?, ?, ?, ?, 'demo', ?, '2027-01-01T00:00:00.000Z')""",
            (
                (str(10**9 + n), n, "gone" if k % 10 == 0 else "available", "deleted" if k % 10 == 0 else None, t, t)
                for k, n in enumerate(cited, 1)
                for t in (at(n, many_posts),)
            ),
        )
