"""Articles that cite posts, servers that answer about them, and `postwatch check` run against both."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from e2e_room import Room, Row

from monitor import clock
from monitor.demo.world import Fault, World
from monitor.demo.world.http import Request
from monitor.demo.world.x.state import XPost

_FILLER = "<p>People in Port Selane spoke of little else that day, and the ferries were late as ever (demo).</p>"


class CheckDesk:
    """Runs `check` without a home unless one is given, and knows the world's pages."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self.world = world
        self._pages = 0

    def post(self, words: str = "The ferry left (demo).") -> XPost:
        """A post on X that is there."""
        return self.world.x.state.add_post(self.world.story.airport, words, clock.now())

    def article(self, addresses: Sequence[str], *, name: str = "", head: str = "") -> str:
        """Serves an article that links to these addresses, a paragraph each; its address."""
        self._pages += 1
        return self.world.news.put(f"/checked/{name or self._pages}", page(addresses, head=head))

    def spoil(self, post_id: str, fault: Fault) -> None:
        """Strikes what X's oEmbed says of one post."""

        def asks_for_it(request: Request) -> bool:
            return request.query.get("url", "").endswith(f"/{post_id}")

        self.world.social.fault("/oembed", fault, when=asks_for_it)

    def run(
        self, target: str | Path, *words: str | Path, code: int = 0, home: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """One check to its end. Without a home its folder is an empty one, and the servers are named on the command line."""
        named: tuple[str, ...] = ()
        if home is None:
            named = ("--allow", self.world.news.host_port, "--oembed-url", f"{self.world.social.url}/oembed")
        room = Room(home, self.world) if home else Room(self.folder / "nowhere")
        return room.run("check", target, *named, *words, code=code)

    def rows(self, target: str | Path, *words: str | Path, code: int = 0, home: Path | None = None) -> list[Row]:
        """What it prints as JSON Lines."""
        printed = self.run(target, "--json", *words, code=code, home=home).stdout
        return [json.loads(line) for line in printed.splitlines()]


def page(addresses: Sequence[str], *, title: str = "The ferry (demo)", head: str = "") -> bytes:
    """A page with a paragraph for each address."""
    told = "".join(
        f'<p>Post {n} of the day, <a href="{url}">sent from the pier</a>, was seen by {n * 7} people, officials said.</p>'
        for n, url in enumerate(addresses, 1)
    )
    start = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{start}<body><article><h1>{title}</h1>{_FILLER}{told}{_FILLER}</article></body></html>".encode()
