"""How many new articles a second are linked to a store of a million posts, on one core, and how much memory that takes: prints JSON.

    python benchmarks/link_speed.py [--posts 1000000] [--articles 10000] [--fts]

Posts and articles are made up: words by Zipf's law, accounts with names, a year of posts; each article is of one day, names one account and
paraphrases one of its posts among 400 other words. `--fts` measures the choice of candidates by SQLite FTS5 as well, on disk, as the other
way that was open to us: the same words are asked for, rarest first, by bm25.
"""

import argparse
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from monitor.articles.mentions import mentions_in
from monitor.link.candidates import candidates
from monitor.link.pool import Pool
from monitor.link.suggest import suggestions
from monitor.link.told import Told
from monitor.model.linking import Candidate, Story

START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
WORDS, ACCOUNTS = 200_000, 50_000
TOGETHER = 20
"""Articles that are weighed against each other, as one look at the feeds brings them."""
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


class Tongue:
    """Made-up words, the common ones used as often as real ones are."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = ["".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 3, 3, 4)))) for _ in range(WORDS)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))

    def say(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self._weights, k=count)

    def name(self) -> str:
        return " ".join("".join(self.chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2))


def posts_of(tongue: Tongue, count: int) -> Iterator[Candidate]:
    chance = tongue.chance
    names = [tongue.name() for _ in range(ACCOUNTS)]
    for number in range(count):
        account = int(chance.random() ** 2 * ACCOUNTS)
        at = START + timedelta(days=DAYS * number / count)
        handle = f"{names[account].replace(' ', '')}{account % 97}"
        yield Candidate("x", str(number), " ".join(tongue.say(chance.randint(10, 25))), handle, names[account], at)


def story_of(tongue: Tongue, posts: list[Candidate], number: int) -> tuple[Story, str]:
    chance = tongue.chance
    post = chance.choice(posts)
    assert post.posted_at is not None
    published = post.posted_at + timedelta(hours=chance.expovariate(1 / 12))
    kept = [word for word in post.text.split() if chance.random() < 0.6]
    told = f"{post.author_name} wrote on X: “{' '.join(kept)}”, {' '.join(tongue.say(8))}."
    paragraphs = [" ".join(tongue.say(50)).capitalize() + "." for _ in range(8)]
    paragraphs.insert(3, told)
    texts = tuple(paragraphs)
    mentions = mentions_in(texts, "en", published)
    title = " ".join([*tongue.say(5), *kept[:2]])
    return Story(
        str(number), title, texts, "https://news.example/a", published, language="en", mentions=mentions
    ), post.post_id


def resident() -> int:
    """MiB of memory in use now."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * resource.getpagesize() // 2**20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--fts", action="store_true", help="measure SQLite FTS5, too")
    chosen = options.parse_args()
    tongue = Tongue(random.Random(7))
    posts = list(posts_of(tongue, chosen.posts))
    before = resident()
    started = time.perf_counter()
    pool = Pool.of(posts)
    figures: dict[str, object] = {
        "posts": len(pool),
        "load_seconds": round(time.perf_counter() - started, 1),
        "index_mib": resident() - before,
    }
    figures |= linked(tongue, posts, pool, chosen.articles)
    if chosen.fts:
        figures["fts5"] = by_fts(tongue, posts, pool, min(200, chosen.articles))
    json.dump(figures, sys.stdout, indent=1)
    print()


def linked(tongue: Tongue, posts: list[Candidate], pool: Pool, count: int) -> dict[str, object]:
    spent, right, strong, wrong = 0.0, 0, 0, 0
    first, number = 0, 0
    while number < count:
        batch = [story_of(tongue, posts, number + n) for n in range(min(TOGETHER, count - number))]
        truth = {story.page: post for story, post in batch}
        started = time.process_time()
        found = list(suggestions([story for story, _ in batch], pool))
        spent += time.process_time() - started
        for story, suggested in found:
            right += bool(suggested) and suggested[0].post_id == truth[story.page]
            strong += any(s.level == "strong" and s.post_id == truth[story.page] for s in suggested)
            wrong += sum(s.level == "strong" and s.post_id != truth[story.page] for s in suggested)
        number += len(batch)
        first = first or (resident() if number >= count // 10 else 0)
    return {
        "articles": count,
        "articles_per_second_a_core": round(count / spent, 1),
        "memory_mib_after_a_tenth": first,
        "memory_mib_at_the_end": resident(),
        "right_first": round(right / count, 3),
        "right_and_strong": round(strong / count, 3),
        "strong_but_wrong": wrong,
    }


def by_fts(tongue: Tongue, posts: list[Candidate], pool: Pool, count: int) -> dict[str, object]:
    """Choosing candidates with FTS5: load, and how many choices a second, beside the index in memory for the same articles."""
    stories = [story_of(tongue, posts, n)[0] for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        ledger = sqlite3.connect(Path(folder, "posts.db"))
        ledger.execute("CREATE VIRTUAL TABLE post USING fts5(text, tokenize='unicode61')")
        started = time.perf_counter()
        ledger.executemany(
            "INSERT INTO post(rowid, text) VALUES (?, ?)", ((n, p.text) for n, p in enumerate(pool.posts))
        )
        ledger.commit()
        load = time.perf_counter() - started
        started = time.process_time()
        for story in stories:
            words = {w for p in story.paragraphs for w in p.lower().replace(".", "").split() if w.isalpha()}
            rare = sorted(words, key=lambda w: len(pool.having(w[:6])))[:60]
            asked = " OR ".join(f'"{w}"' for w in rare)
            ledger.execute(
                "SELECT rowid FROM post WHERE post MATCH ? ORDER BY bm25(post) LIMIT 200", (asked,)
            ).fetchall()
        spent = time.process_time() - started
        size = Path(folder, "posts.db").stat().st_size // 2**20
        ledger.close()
    started = time.process_time()
    for story in stories:
        told = Told(story)
        candidates(told, pool.accounts.named_in(told), pool)
    own = time.process_time() - started
    return {
        "load_seconds": round(load, 1),
        "file_mib": size,
        "choices_per_second": round(count / spent, 1),
        "choices_per_second_in_memory": round(count / own, 1),
        "ratio": round(spent / own, 2),
    }


if __name__ == "__main__":
    main()
