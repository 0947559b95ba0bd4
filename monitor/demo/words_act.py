"""The demo's act on words alone: articles without embed or address, the post that they speak of, and why; an editor's word on it."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.demo.newsroom import Newsroom, Row
from monitor.demo.teller import Teller
from monitor.demo.world import World
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.news.page import page_of

_SIBLING = (
    "<p>Farewells at Port Selane take four minutes by protocol. This one did not.</p>",
    "<p>A video that former deputy minister Anton Goralenko published on X shows how president and premier went on waving until "
    "the plane was a dot.</p>",
)
_OTHER = (
    "<p>The largest ferry ever built in Selane has left the yard, painted blue.</p>",
    "<p>A video on X, posted by shipyard worker Mirko Dalen, shows her slow turn in the basin.</p>",
)


def in_words_only(t: Teller, world: World, room: Newsroom) -> None:
    """Suggests, judges, and shows what is not suggested."""
    t.act("Articles that give no address")
    at = world.story.now - timedelta(minutes=3)
    told = world.story.article_url("words")
    sibling = _put(world, "evening", "four-minutes", "Four minutes, says protocol", _SIBLING, at)
    other = _put(world, "courier", "the-blue-ferry", "The blue ferry of Selane", _OTHER, at)
    t.say(
        "Radio Demo names the man, spelt another way, and quotes him. Two more papers write of videos in words alone."
    )
    for url in (sibling, other):
        room.run("add", url)
    room.run("once")
    for line in room.run("links", "suggest", told, "--limit", "1").splitlines():
        t.say(line)
    found = {str(row["article_url"]): row for row in room.rows("suggestions") if row["level"] == "strong"}
    t.claim(
        _is_farewell(world, found.get(told)), "a strong suggestion, and the right post: his name, his words, his time"
    )
    t.claim(_is_farewell(world, found.get(sibling)), "the Demo Evening Post's sibling story leads to the same post")
    t.claim(other not in found, "a story about another video of the same day is linked to nothing")
    _judge(t, room, found.get(told))


def _judge(t: Teller, room: Newsroom, row: Row | None) -> None:
    if row is None:
        return
    printed = room.run("links", "confirm", str(row["id"]), "--reason", "the quote is his", "--by", "demo editor")
    for line in printed.splitlines():
        t.say(line, deep=2)
    states = [r["state"] for r in room.rows("links") if r["article_url"] == row["article_url"]]
    t.claim(states == ["confirmed"], "an editor's word makes it a link like any other; `links undo` would take it back")


def _is_farewell(world: World, row: Row | None) -> bool:
    assert world.story.farewell is not None
    return row is not None and row["post_id"] == world.story.farewell.id


def _put(world: World, publisher: str, slug: str, title: str, blocks: tuple[str, ...], at: datetime) -> str:
    article = replace(NewsArticle(publisher, slug, title, "Jelka Marsin", at, blocks), lead=f"{title} (demo).")
    return world.news.put(article.path, page_of(article, world.news.url).encode())
