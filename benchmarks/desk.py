"""How quickly the desk answers while the collector writes: prints JSON.

    python benchmarks/desk.py [--posts N] [--articles N] [--readers N] [--seconds N] [--listeners N] [--store FILE]

A ledger of a million posts and 200,000 articles is written once (--store keeps it for the next time). The real desk serves it in a
process of its own; another process writes 100 posts a second through `posts.add_new`, as the collector does. Readers take the pages
in turn with a second's thought between them, their first round not counted; a figure is the time that the server itself took, by its Server-Timing header.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from newsroom.ledger import ACCOUNTS, PASSWORD, prepared

from monitor import clock
from monitor.model.account import Account
from monitor.model.post import Post
from monitor.settings import load
from monitor.store import posts
from monitor.store.open import open_store

NEEDED_MS = 150.0
HEAVIEST = 150_000
ROUND_S = 7
"""What each reader's first round takes; it is not counted: the server has just begun, and has read no page of the store."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--articles", type=int, default=200_000)
    options.add_argument("--readers", type=int, default=20)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--listeners", type=int, default=500)
    options.add_argument("--store", type=Path, help="a home that is kept from one run to the next")
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.write:
        write(chosen.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.store or Path(folder)
        database = prepared(home, chosen.posts, chosen.articles)
        with desk(home) as url, collector(home):
            json.dump(measured(url, database, chosen), sys.stdout, indent=1)
    print()


# The servers


@contextmanager
def desk(home: Path) -> Iterator[str]:
    """The real command; gives its address."""
    command = [sys.executable, "-m", "monitor", "--home", str(home), "desk", "--port", "0"]
    serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert serving.stdout is not None
        yield serving.stdout.readline().strip()
    finally:
        serving.terminate()
        serving.wait(20)


@contextmanager
def collector(home: Path) -> Iterator[None]:
    """A process that writes 100 posts a second."""
    writing = subprocess.Popen([sys.executable, __file__, "--write", str(home)])
    try:
        yield
    finally:
        writing.terminate()
        writing.wait(20)


def write(home: Path) -> None:
    """100 posts a second for as long as it is let."""
    number = int(time.time() * 1000) * 1000
    with open_store(load(home, {}, demand_secrets=False).database) as store:
        while True:
            began = time.monotonic()
            found = []
            for _ in range(100):
                number += 1
                words = f"fresh demo words {number}"
                account = Account("x", str(number % ACCOUNTS + 1), None)
                url = f"https://x.com/i/status/{number}"
                found.append(
                    Post(
                        "x", str(number), (str(number),), account, words, url, posted_at=clock.now(), raw=words.encode()
                    )
                )
            posts.add_new(store, found, seen_at=clock.now(), method="x-api", found_by="watch")
            time.sleep(max(0.0, 1 - (time.monotonic() - began)))


# The readers


def measured(url: str, database: Path, chosen: argparse.Namespace) -> dict[str, object]:
    """Percentiles a page, its weight, and whether the listeners stayed."""
    cookie = logged_in(url)
    with open_store(database) as store:
        most = int(str(store.value("SELECT max(id) FROM post WHERE id <= ?", chosen.posts)))
    stop, times, weights = threading.Event(), {}, {}
    listening = Listeners(url, cookie, chosen.listeners)
    before = posts_in(database)
    readers = [
        threading.Thread(target=read, args=(url, cookie, most, random.Random(n), stop, times, weights))
        for n in range(chosen.readers)
    ]
    began = time.monotonic()
    for reader in readers:
        reader.start()
    time.sleep(chosen.seconds)
    stop.set()
    for reader in readers:
        reader.join()
    took = time.monotonic() - began
    pages = {
        name: {
            "requests": len(found),
            "p50_ms": round(statistics.median(found), 1),
            "p95_ms": round(sorted(found)[int(len(found) * 0.95)], 1),
            "bytes": max(weights[name]),
        }
        for name, found in sorted(times.items())
    }
    heard = listening.close()
    return {
        "posts": chosen.posts,
        "articles": chosen.articles,
        "readers": chosen.readers,
        "pages": pages,
        "written_a_second": round((posts_in(database) - before) / took, 1),
        "listeners": {"asked": chosen.listeners, **heard},
        "needed": {"p95_ms": NEEDED_MS, "bytes": HEAVIEST},
        "met": all(p["p95_ms"] <= NEEDED_MS and p["bytes"] <= HEAVIEST for p in pages.values()),
    }


def logged_in(url: str) -> str:
    """A session's cookie."""
    fields = {"name": "demo-reader", "password": PASSWORD}
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=60) as client:
        client.post("/login", data=fields)
        return client.cookies["postwatch"]


def posts_in(database: Path) -> int:
    with open_store(database) as store:
        return int(str(store.value("SELECT max(id) FROM post")))


def read(url, cookie, most, chance, stop, times, weights) -> None:  # type: ignore[no-untyped-def]
    """Takes the pages in turn, each at random among what there is."""
    with httpx.Client(base_url=url, cookies={"postwatch": cookie}, timeout=60) as client:
        stop.wait(chance.random())
        counted = time.monotonic() + ROUND_S
        while not stop.is_set():
            n = chance.randint(1, most)
            for name, path in (
                ("today", "/"),
                ("post", f"/posts/x/{10**9 + n}"),
                ("search", f"/search?q=demo{n}" if n % 2 else "/search?q=fresh+demo"),
                ("account", f"/accounts/x/{n % ACCOUNTS + 1}"),
                ("posts", "/posts"),
                ("wall", "/wall"),
            ):
                answer = client.get(path)
                assert answer.status_code == 200, (path, answer.status_code)
                timing = re.search(r"dur=([\d.]+)", answer.headers["server-timing"])
                assert timing
                if time.monotonic() > counted:
                    times.setdefault(name, []).append(float(timing[1]))
                weights.setdefault(name, []).append(len(answer.content))
                if stop.wait(1):
                    return


class Listeners:
    """Browsers that wait to hear of changes, over sockets of their own in one thread."""

    def __init__(self, url: str, cookie: str, many: int) -> None:
        self._limits = httpx.Limits(max_connections=None)
        self._stop = threading.Event()
        self._found = {"connected": 0, "heard": 0, "lost": 0}
        self._thread = threading.Thread(target=self._listen, args=(url, cookie, many))
        self._thread.start()

    def _listen(self, url: str, cookie: str, many: int) -> None:
        import asyncio

        async def one(client: httpx.AsyncClient) -> None:
            try:
                async with client.stream("GET", "/events") as answer:
                    self._found["connected"] += answer.status_code == 200
                    heard = False
                    async for line in answer.aiter_lines():
                        heard = heard or line.startswith("event: change")
                        if self._stop.is_set():
                            break
                    self._found["heard"] += heard
                    self._found["lost"] += not self._stop.is_set()
            except httpx.HTTPError:
                self._found["lost"] += not self._stop.is_set()

        async def everybody() -> None:
            cookies, timeout = {"postwatch": cookie}, httpx.Timeout(60, pool=None)
            async with httpx.AsyncClient(base_url=url, cookies=cookies, timeout=timeout, limits=self._limits) as client:
                await asyncio.gather(*(one(client) for _ in range(many)))

        if many:
            asyncio.run(everybody())

    def close(self) -> dict[str, int]:
        """Waits until all have heard the next change, and tells how many stayed."""
        self._stop.set()
        self._thread.join(60)
        return self._found


if __name__ == "__main__":
    main()
