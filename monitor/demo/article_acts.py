"""The demo's acts about articles: one with the embeds of eight platforms, and one that changes after it was read."""

from datetime import timedelta

from monitor import clock
from monitor.demo.newsroom import Newsroom
from monitor.demo.teller import Teller
from monitor.demo.world import World
from monitor.demo.world.news.eight import PLATFORMS, through_eight_windows
from monitor.demo.world.news.page import page_of
from monitor.demo.world.social.oembed import blockquote


def eight_platforms(t: Teller, world: World, room: Newsroom) -> None:
    """Inspects an article that is in no feed."""
    t.act("One article, eight platforms")
    assert world.story.farewell is not None
    article = through_eight_windows(world.x.state, world.story.farewell, world.story.now - timedelta(hours=1))
    url = world.news.put(article.path, page_of(article, world.news.url).encode())
    lines = room.run("inspect", url).splitlines()
    for line in lines:
        t.say(line)
    cited = [line.split()[:2] for line in lines[2:]]
    t.claim(
        cited == [["embed", name] for name in PLATFORMS], "eight embeds of eight platforms, each with its paragraph"
    )
    t.say("Its share buttons, its profile links and its sidebar cite nothing, and are not in the list.")


def an_article_changes(t: Teller, world: World, room: Newsroom) -> None:
    """Another post in the place of the first, and a few words; the newest post on X is what comes."""
    t.act("An article changes")
    story, state = world.story, world.x.state
    article = story.articles["embed"]
    second = max(state.posts.values(), key=lambda post: int(post.id))
    blocks = [block.replace("waved.", "waved for eleven minutes.") for block in article.blocks]
    at = next(n for n, block in enumerate(blocks) if "twitter-tweet" in block)
    blocks[at] = blockquote(state, second)
    story.articles["embed"] = world.news.revise(article, clock.now(), blocks=tuple(blocks))
    t.say("The Demo Courier puts the second post in the place of the first, and finds out how long the waving took.")
    url = story.article_url("embed")
    room.run("add", url)
    room.run("once", "--all")
    for line in room.run("articles", "history", url).splitlines():
        t.say(line)
    rows = [row for row in room.rows("links") if row["article_url"] == url]
    removed = [row["cited_post_id"] for row in rows if row["removed"]]
    t.claim(
        story.farewell is not None and removed == [story.farewell.id] and len(rows) == 2,
        "the old citation stays on record with its version, beside the new one; each version's page is kept",
    )
