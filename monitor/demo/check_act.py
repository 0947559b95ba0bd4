"""The demo's act on `check`: an article's post is there, then it is gone; a report of the whole site; our copy remains."""

import re
from pathlib import Path

from monitor.demo.newsroom import Newsroom
from monitor.demo.teller import Teller
from monitor.demo.world import World

_CITES = re.compile(r"^\d+ articles? cites? .*\.$", re.MULTILINE)
_LOADS = re.compile(r"<script|@import|url\(|\ssrc=\"(?!data:)")
GONE = 4
"""What `check` ends with when a post is not found."""


def play(teller: Teller, world: World, newsroom: Newsroom) -> Path:
    """Plays it, and gives the report."""
    teller.act("Is it still there?")
    post = world.story.farewell
    assert post is not None
    article, charged = world.story.article_url("embed"), world.x.meter.usd
    _show_table(teller, newsroom.run("check", article))
    teller.claim(world.x.meter.usd == charged, "asked for by X's free description of a post: no key, no charge")
    teller.say("Now the account deletes the post. The same question of the whole site:")
    world.x.state.delete_post(post)
    report = newsroom.home / "report.html"
    feed = f"{world.news.url}/feed.xml"
    told = _CITES.search(newsroom.run("check", feed, "--html", str(report), code=GONE))
    world.x.state.delete_post(post, deleted=False)
    teller.say(told.group() if told else "nothing", deep=2)
    teller.claim(
        told is not None and "1 not found" in told.group(), "what is gone is told as not found, and nothing else is"
    )
    page = report.read_text(encoding="utf-8")
    kept = next(m for p in newsroom.rows("posts") if p["post_id"] == post.id for m in p["media"])
    teller.claim(
        f"SHA-256 {kept['sha256']}" in page, f"our copy remains, and the report names it: {kept['sha256'][:16]}..."
    )
    size = len(page.encode())
    teller.claim(not _LOADS.search(page), f"{report.name}: {size:,} bytes, one file that loads nothing from anywhere")
    return report


def _show_table(teller: Teller, printed: str) -> None:
    lines = [line.strip() for line in printed.splitlines()]
    start = next((n for n, line in enumerate(lines) if line.startswith("par.")), 0)
    for line in lines[start:]:
        if line:
            teller.say(line, deep=2)
