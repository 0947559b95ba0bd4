"""A home in the demo's world, worked by the real engine in this process, whose clock the test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import clock
from monitor.demo.world import World
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.demo.world.x import XPost
from monitor.jobs import read_articles
from monitor.jobs.context import Context
from monitor.jobs.engine import Engine
from monitor.settings import load
from monitor.store.articles import Origin

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Room:
    """One home in which the clock is moved, and posts of two accounts that an article of its own cites."""

    world: World
    context: Context
    posts: list[XPost] = field(default_factory=list)
    now: datetime = START

    def pass_time(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        engine = Engine(self.context)
        engine.queue_due()
        engine.drain()

    def cite(self, count: int) -> None:
        x = self.world.x.state
        authors = [x.add_account(name, "Demo", START - timedelta(days=9)) for name in ("demo_author", "demo_other")]
        other = x.add_post(authors[1], "The control (demo).", START - timedelta(hours=30))
        self.posts = [x.add_post(authors[0], f"Post {n} (demo).", START - timedelta(hours=30)) for n in range(count)]
        blocks = tuple(blockquote(x, post) for post in (*self.posts, other))
        article = NewsArticle("courier", "story", "Demo story", "Mira Tolvaj", START, blocks)
        read_articles.read(self.context, self.world.news.publish(article), Origin(own=True), silent=True)
        self.pass_time(1)


@contextmanager
def moved_room(folder: Path, more: str = "") -> Iterator[Room]:
    """The room, open; `more` is added to its settings."""
    world = World(START, told=False)
    made: list[Room] = []
    with clock.told_by(lambda: made[0].now if made else START), world:
        home = world.write_home(folder / "home", watches="", more=more)
        context = Context(load(home, world.environment()))
        made.append(Room(world, context))
        try:
            yield made[0]
        finally:
            context.close()
