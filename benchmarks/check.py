"""How long `postwatch check` takes, through the command, against servers on this machine: prints JSON.

    python benchmarks/check.py [--articles N]

1. An article with 20 posts, each answer taking 300 ms: seconds by the clock, the command's own start included; beside it, in the same
   run, the same 20 answers asked for one after the other, as a script with `requests` would. At most 3 s.
2. An audit of N articles (500) with a post in each: articles a second, and the command's memory after a quarter of them and at the end.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

from monitor import clock
from monitor.demo.world import World, faults
from monitor.demo.world.news.article import NewsArticle

POSTS, ANSWER_S, MOST_S = 20, 0.3, 3.0
COMMAND = Path(sys.executable).with_name("postwatch")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=500)
    chosen = options.parse_args()
    with World() as world, tempfile.TemporaryDirectory() as folder:
        figures = {"article": one_article(world, folder), "audit": audit(world, folder, chosen.articles)}
    json.dump(figures, sys.stdout, indent=1)
    print()


def one_article(world: World, folder: str) -> dict[str, object]:
    posts = [world.x.state.add_post(world.story.airport, f"Note {n} (demo).", clock.now()) for n in range(POSTS)]
    told = "".join(
        f'<p>Note {n} <a href="https://x.com/a/status/{post.id}">here</a>.</p>' for n, post in enumerate(posts)
    )
    url = world.news.put("/twenty", f"<!doctype html><title>Notes (demo)</title><article>{told}</article>".encode())
    slow = world.social.fault("/oembed", faults.delay(ANSWER_S))
    run(world, folder, url, "--json")  # the first start of all fills the caches of the file system
    before = processor_seconds()
    best, rows = min((run(world, folder, url, "--json") for _ in range(3)), key=lambda pair: pair[0])
    used = (processor_seconds() - before) / 3
    assert [row["state"] for row in rows] == ["live"] * POSTS
    one_by_one = asked_one_by_one(world, [post.id for post in posts])
    world.social.mend(slow)
    return {
        "posts": POSTS,
        "answer_seconds": ANSWER_S,
        "seconds": round(best, 2),
        "most_seconds": MOST_S,
        "within": best <= MOST_S,
        "processor_seconds": round(used, 2),
        "one_by_one_seconds": round(one_by_one, 2),
        "times_as_fast": round(one_by_one / best, 1),
    }


def asked_one_by_one(world: World, ids: list[str]) -> float:
    import requests

    session = requests.Session()
    session.trust_env = False
    began = time.perf_counter()
    for post_id in ids:
        asked = {"url": f"https://x.com/i/status/{post_id}"}
        assert session.get(f"{world.social.url}/oembed", params=asked, timeout=10).ok
    return time.perf_counter() - began


def audit(world: World, folder: str, number: int) -> dict[str, object]:
    for n in range(number):
        at = clock.now() - timedelta(minutes=n)
        post = world.x.state.add_post(world.story.airport, f"Runway note {n} (demo).", at)
        link = f'<a href="https://x.com/a/status/{post.id}">a note</a>'
        blocks = tuple(f"<p>The airport had news number {n}.{m} for its passengers (demo).</p>" for m in range(12))
        blocks = (*blocks, f"<p>It was {link}.</p>")
        world.news.publish(NewsArticle("radio", f"runway-{n}", f"Runway news {n} (demo)", "Jelka Marsin", at, blocks))
    memory, before = Memory(), processor_seconds()
    seconds, rows = run(
        world, folder, f"{world.news.url}/radio/feed.xml", "--json", "--html", f"{folder}/r.html", memory=memory
    )
    used = processor_seconds() - before
    read = len({row["article_url"] for row in rows})
    size = Path(f"{folder}/r.html").stat().st_size
    quarter, end = memory.at(0.25), memory.at(1.0)
    return {
        "articles": read,
        "posts": len({row["post_id"] for row in rows}),
        "seconds": round(seconds, 1),
        "articles_per_second": round(read / seconds, 1),
        "articles_per_processor_second": round(read / used, 1),
        "report_bytes": size,
        "megabytes_after_a_quarter": quarter,
        "megabytes_at_the_end": end,
        "megabytes_at_most": max(memory.seen),
        "grown": round(end / quarter, 2),
    }


def processor_seconds() -> float:
    """What the commands so far, and their children, took of the processors, however busy those were with other work."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Memory:
    """The resident memory of a process, sampled ten times a second."""

    def __init__(self) -> None:
        self.seen: list[float] = []

    def watch(self, pid: int, over: threading.Event) -> None:
        while not over.wait(0.1):
            try:
                status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            except OSError:
                return
            found = [line for line in status.splitlines() if line.startswith("VmRSS:")]
            if found:
                self.seen.append(round(int(found[0].split()[1]) / 1024, 1))

    def at(self, part: float) -> float:
        return self.seen[min(len(self.seen) - 1, int(len(self.seen) * part))]


def run(world: World, folder: str, *words: str, memory: Memory | None = None) -> tuple[float, list[dict]]:
    """Seconds, and the lines that it printed."""
    named = ("--allow", world.news.host_port, "--oembed-url", f"{world.social.url}/oembed")
    known = {name: value for name, value in os.environ.items() if not name.startswith("POSTWATCH_")}
    began = time.perf_counter()
    started = subprocess.Popen(
        [COMMAND, "--home", f"{folder}/nowhere", "check", *words, *named],
        env=known,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    over = threading.Event()
    watching = threading.Thread(target=(memory or Memory()).watch, args=(started.pid, over))
    watching.start()
    printed, _ = started.communicate()
    seconds = time.perf_counter() - began
    over.set()
    watching.join()
    assert started.returncode == 0, started.returncode
    return seconds, [json.loads(line) for line in printed.splitlines()]


if __name__ == "__main__":
    main()
