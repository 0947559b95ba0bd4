"""The whole world: six servers and a story."""

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from monitor import clock
from monitor.demo.world import clip as clips
from monitor.demo.world import home
from monitor.demo.world.news import NewsSite
from monitor.demo.world.public import PublicServer
from monitor.demo.world.server import Server
from monitor.demo.world.sink import Sink
from monitor.demo.world.social import SocialServer
from monitor.demo.world.story import Story
from monitor.demo.world.video import VideoHost
from monitor.demo.world.x import TOKEN, XServer


class World:
    """Runs from `with` to its end.

    `now` is the story's base time. `told=False` leaves the farewell and its articles to `story.tell()`. Tests keep the
    small clip; the demo asks for `clip.Clip()`.
    """

    token = TOKEN

    def __init__(self, now: datetime | None = None, *, told: bool = True, clip: clips.Clip = clips.SMALL) -> None:
        self.x = XServer()
        self.news = NewsSite()
        self.video = VideoHost()
        self.sink = Sink()
        self.social = SocialServer(self.x.state)
        self.public = PublicServer()
        self.story = Story(self, now or clock.now(), clip)
        self.story.begin()
        if told:
            self.story.tell()

    @property
    def servers(self) -> tuple[Server, ...]:
        """All six."""
        return (self.x, self.news, self.video, self.sink, self.social, self.public)

    def __enter__(self) -> Self:
        for server in self.servers:
            server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        mistakes = [m for s in self.servers for m in s.mistakes]
        if mistakes and error is None:
            raise RuntimeError(f"the world itself went wrong: {mistakes[0]!r}") from mistakes[0]

    def close(self) -> None:
        """Ends all servers."""
        for server in self.servers:
            server.close()

    def mend(self) -> None:
        """Switches all faults of all servers off."""
        for server in self.servers:
            server.mend()

    def environment(self) -> dict[str, str]:
        """The secrets that `settings_toml` needs, for the environment of a command."""
        return home.environment()

    def settings_toml(self, more: str = "") -> str:
        """`postwatch.toml` for this world; `more` is added at its end."""
        return home.settings_toml(self, more)

    def watches_toml(self, every: str = "5m", *, tell_backfill: bool = True, keyless: bool = False) -> str:
        """`watches.toml` for this world: the account and the articles' feed, with `keyless` the feeds of posts."""
        return home.watches_toml(self, every, tell_backfill=tell_backfill, keyless=keyless)

    def write_home(self, path: Path, *, more: str = "", watches: str | None = None, rules: str = "") -> Path:
        """Writes config/ of a home at the path, and gives the path back."""
        return home.write_home(self, path, more=more, watches=watches, rules=rules)
