"""Posts a second, from X's raw answers into the database, beside sqlite-utils: prints JSON.

    python benchmarks/ingest.py [--pages N] [--rounds N]

Four sides take turns, each on a new, migrated file in WAL with the same pragmas; a figure is the median of the rounds.

* postwatch: a page's bytes are parsed; the answer is kept as a capture (each post's slice apart, with its custody event) and the
  posts are stored by `posts.add_new`, in one transaction, as the poll job does for an account with a page of news.
* upsert_all: the rows that the first side wrote for that page, in all tables, parsed, hashed and compressed beforehand;
  one `upsert_all` of sqlite-utils a table, all in one transaction, with the same indexes and triggers.
* upsert in the page's transaction: the same rows one by one, one transaction a page.
* upsert: the same rows one by one as sqlite-utils does it by itself, each call its own transaction; of fewer pages.
"""

import argparse
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.demo.world.http import Request
from monitor.demo.world.x.server import XServer
from monitor.demo.world.x.state import XAccount, XMedia
from monitor.model.exchange import Exchange
from monitor.platforms.x.answer import page_of
from monitor.platforms.x.wording import wording_of
from monitor.store import captures, posts
from monitor.store.open import Store, open_store

BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)
PAGE = 100
PAGES_ONE_BY_ONE = 2
NEEDED = {"upsert_all": 0.8, "upsert": 5.0, "upsert in the page's transaction": 5.0}
# Parents before children; `job`, `alert` and the like are other jobs' work and hold nothing here.
TABLES = (
    *("content", "wording", "answer", "answer_part", "capture", "custody_event", "account", "account_handle"),
    *("post", "post_version", "post_chain", "post_reference", "observation", "media"),
)

Rows = dict[str, list[dict[str, object]]]
Side = Callable[[Store, int], None]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=30, help=f"answers of {PAGE} posts")
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args()
    answers = written_answers(chosen.pages)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), answers)
        # Else each collection of garbage, on any side's turn, would walk the rows that the peers were given beforehand.
        gc.collect()
        gc.freeze()
        json.dump(bench.run(chosen.rounds), sys.stdout, indent=1)
    print()


# The answers


def written_answers(pages: int) -> list[Exchange]:
    """Timelines as the demo's X writes them, asked with the collector's own fields: one account a page, words of a fixed seed."""
    chance = random.Random(20260301)
    words = [_word(chance) for _ in range(8000)]
    server = XServer()
    return [_answer(server, _account(server, chance, words, n)) for n in range(pages)]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("aeiourstlnmdkp") for _ in range(chance.randint(2, 11)))


def _account(server: XServer, chance: random.Random, words: list[str], number: int) -> XAccount:
    account = server.state.add_account(f"demo_{number}", f"Demo {number}", BEGAN - timedelta(days=900))
    for n in range(PAGE):
        at = BEGAN + timedelta(minutes=7 * n, seconds=number)
        media = [_media(chance, number, n)] if chance.random() < 0.4 else []
        short, long = (
            f"https://t.co/{number:04}d{n:04}",
            f"https://news.example.org/{number}/{n}/{'-'.join(words[n : n + 6])}",
        )
        text = f"{_sentence(chance, words)} #{words[n]} @demo_{n} {short}"
        server.state.add_post(account, text, at, media=media, links=((short, long),), metrics={"like_count": n})
    return account


def _sentence(chance: random.Random, words: list[str]) -> str:
    """Mostly common words, some rare ones."""
    common = [words[int(chance.paretovariate(0.6)) % len(words)] for _ in range(chance.randint(6, 24))]
    return " ".join(common + chance.choices(words, k=4))


def _media(chance: random.Random, account: int, n: int) -> XMedia:
    key = f"{10**12 + account * PAGE + n}"
    base = f"https://video.example.org/ext_tw_video/{key}"
    if chance.random() < 0.5:
        return XMedia(f"3_{key}", "photo", 1200, 800, url=f"{base}.jpg")
    sizes = ((256_000, "480x270"), (832_000, "640x360"), (2_176_000, "1280x720"))
    variants = [(f"{base}/pu/vid/avc1/{size}/demo.mp4?tag=12", "video/mp4", rate) for rate, size in sizes]
    variants.append((f"{base}/pu/pl/demo.m3u8?tag=12", "application/x-mpegURL", None))
    return XMedia(f"7_{key}", "video", 1280, 720, tuple(variants), 31_400, f"{base}/pu/img/demo.jpg")


def _answer(server: XServer, account: XAccount) -> Exchange:
    path = f"/2/users/{account.id}/tweets"
    query = {"max_results": str(PAGE), **wording_of("tweet.fields").for_timeline(reposts=False)}
    request = Request("GET", path, "", {"authorization": f"Bearer {server.token}"}, b"", BEGAN)
    request.values.update(query)
    answer = server.answer(request)
    assert answer.status == 200, answer.body
    url = f"https://api.x.com{path}"
    return Exchange("x-api", url, url, 200, answer.headers, answer.body, BEGAN, BEGAN, {"tweepy": "4"})


# The sides


class Bench:
    """The answers, the rows that they become, and the sides that write them."""

    def __init__(self, folder: Path, answers: list[Exchange]) -> None:
        self.folder, self.answers = folder, answers
        self.rows = self._rows_of_each_page()

    def run(self, rounds: int) -> dict[str, object]:
        pages = len(self.answers)
        sides: dict[str, tuple[Side, int]] = {
            "postwatch": (self.postwatch, pages),
            "upsert_all": (self.upsert_all, pages),
            "upsert in the page's transaction": (self.one_by_one_together, pages),
            "upsert": (self.one_by_one, min(pages, PAGES_ONE_BY_ONE)),
        }
        rates: dict[str, list[float]] = {name: [] for name in sides}
        for n in range(rounds):
            for name in sorted(sides, reverse=bool(n % 2)):
                side, share = sides[name]
                rates[name].append(self.rate(side, share))
        ours = rates.pop("postwatch")
        return {
            "figure": {"name": "postwatch", "posts_per_second": round(statistics.median(ours))},
            "peers": [_peer(name, ours, theirs) for name, theirs in rates.items()],
            "rounds": rounds,
            "posts": pages * PAGE,
            "bytes_a_post": sum(len(a.body) for a in self.answers) // (pages * PAGE),
            "rows_a_post": round(sum(len(r) for page in self.rows for r in page.values()) / (pages * PAGE), 2),
        }

    def rate(self, side: Side, pages: int) -> float:
        with self._store() as store:
            began = time.perf_counter()
            for n in range(pages):
                side(store, n)
            return pages * PAGE / (time.perf_counter() - began)

    def postwatch(self, store: Store, n: int) -> None:
        page = page_of(self.answers[n])
        subject = f"account:x:{page.posts[0].account.platform_id}"
        with store.change():
            capture = captures.record(store, page.exchange, subject=subject, asked_by="bench", slices=page.slices)
            posts.add_new(store, page.posts, seen_at=BEGAN, method="x-api", found_by="watch", capture_id=capture)

    def upsert_all(self, store: Store, n: int) -> None:
        with store.change():
            for table, rows in self.rows[n].items():
                store.db.table(table).upsert_all(rows, pk=self.keys[table])

    def one_by_one_together(self, store: Store, n: int) -> None:
        with store.change():
            self.one_by_one(store, n)

    def one_by_one(self, store: Store, n: int) -> None:
        for table, rows in self.rows[n].items():
            for row in rows:
                store.db.table(table).upsert(row, pk=self.keys[table])

    def _rows_of_each_page(self) -> list[Rows]:
        """What postwatch writes for each page: every row that is new or changed after it."""
        known: dict[str, dict[tuple[object, ...], dict[str, object]]] = {table: {} for table in TABLES}
        pages: list[Rows] = []
        with self._store() as store:
            self.keys = {table: store.db.table(table).pks for table in TABLES}
            for n in range(len(self.answers)):
                self.postwatch(store, n)
                pages.append({})
                for table in TABLES:
                    rows = {tuple(row[k] for k in self.keys[table]): row for row in store.db.table(table).rows}
                    changed = [row for key, row in rows.items() if known[table].get(key) != row]
                    if changed:
                        pages[n][table] = changed
                    known[table] = rows
            # The text index and its list of words are the database's own, whoever writes the rows.
            own = ("wording_fts", "wording_word", "_sqlite", "sqlite_")
            written = {name for name in store.db.table_names() if not name.startswith(own)}
            others = [name for name in sorted(written - set(TABLES)) if store.db.table(name).count]
            assert not others, f"rows that the peers would not write: {others}"
        return pages

    @contextmanager
    def _store(self) -> Iterator[Store]:
        path = self.folder / "bench.db"
        with open_store(path) as store:
            assert store.value("PRAGMA journal_mode") == "wal"
            yield store
        for file in self.folder.iterdir():
            file.unlink()


def _peer(name: str, ours: list[float], theirs: list[float]) -> dict[str, object]:
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    rate = round(statistics.median(theirs))
    return {"name": name, "posts_per_second": rate, "ratio": round(ratio, 2), "needed": NEEDED[name]}


if __name__ == "__main__":
    main()
