"""A real desk on loopback over a real ledger, and browsers without script: an HTTP client that keeps cookies."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from monitor.model.account import Account
from monitor.model.alert import Fact, Route
from monitor.model.article import Citation, Place, Reading
from monitor.model.exchange import Exchange
from monitor.model.media import Kept, Probe
from monitor.model.post import Attachment, Post
from monitor.settings import example, load
from monitor.store import alerts, articles, captures, links, media, posts, sessions, sights
from monitor.store.open import Store, open_store
from monitor.web.desk import Desk
from monitor.web.people import coming_in, passwords
from monitor.web.people.secrets import new_token
from monitor.web.serving import DeskServer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PASSWORD = "walrus kettle orbit seventeen"
ADA = Account("x", "7", "demo_ada", "Ada <i onmouseover=alert(1)>(demo)")


@dataclass
class Room:
    """The desk as its visitors know it."""

    url: str
    home: Path
    desk: Desk
    browsers: list[httpx.Client] = field(default_factory=list)

    def browser(self) -> httpx.Client:
        """A browser that follows redirects; closed with the desk."""
        made = httpx.Client(base_url=self.url, follow_redirects=True, headers={"Origin": self.url}, timeout=20)
        self.browsers.append(made)
        return made

    def token(self, role: str, *scopes: str) -> dict[str, str]:
        """The header of a token of a role."""
        key, kept, shown = new_token()
        with open_store(self.desk.settings.database) as store:
            sessions.add_token(
                store,
                key,
                kept,
                name="demo",
                role=role,
                scopes=scopes or ("read", "write"),
                by="test",
                now=datetime.now(UTC),
                expires_at=None,
            )
        return {"Authorization": f"Bearer {shown}"}

    def person(self, name: str, role: str) -> httpx.Client:
        """Somebody with this role, logged in."""
        with open_store(self.desk.settings.database) as store:
            from monitor.store import people

            row = people.add(store, name, name, role, "test", datetime.now(UTC))
            assert row is not None
            people.set_password(store, row, _HASH)
        browser = self.browser()
        assert browser.post("/login", data={"name": name, "password": PASSWORD}).status_code == 200
        return browser

    def post(self, browser: httpx.Client, path: str, **fields: object) -> httpx.Response:
        """Sends a form of ours, with the page's token."""
        page = browser.get("/me").text
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        assert found, page[:200]
        return browser.post(path, data={"csrf": found[1], **fields})


_HASH = passwords.hashed(PASSWORD)


def written_home(folder: Path) -> Path:
    """A home as `init` writes it."""
    config = folder / "home" / "config"
    config.mkdir(parents=True)
    (config / "postwatch.toml").write_text(example.postwatch_toml(), encoding="utf-8")
    (config / "watches.toml").write_text(example.watches_toml(), encoding="utf-8")
    (config / "rules.toml").write_text(example.rules_toml(), encoding="utf-8")
    return config.parent


@contextmanager
def room_in(home: Path, *, fill: bool = True, text: str = "Demo words of a post") -> Iterator[Room]:
    """The desk of a home, served on a free port."""
    settings = load(home, {}, demand_secrets=False)
    with open_store(settings.database) as store:
        if fill:
            filled(store, settings.vault, text)
    desk = Desk(settings)
    server = DeskServer(desk, "127.0.0.1:0")
    made = Room(server.url, home, desk)
    try:
        yield made
    finally:
        for browser in made.browsers:
            browser.close()
        server.close()


def filled(store: Store, vault: Path, text: str = "Demo words of a post", many: int = 5) -> None:
    """Posts with a clip, an edit, an article that cites two, one of them gone, and an alert."""
    found = [a_post(str(100 + n), f"{text} {n}") for n in range(many)]
    posts.add_new(store, found, seen_at=NOW, method="x-api", found_by="watch")
    edited = Post("x", "900", ("100", "900"), ADA, f"{text} edited", "https://x.com/i/status/100", raw=b"edited")
    row = _article(store, text)
    posts.add_new(store, [edited], seen_at=NOW + timedelta(hours=2), method="x-api", found_by="watch")
    with store.change() as db:
        db.execute("UPDATE article SET own = 1 WHERE id = ?", (row,))
        for n in ("100", "101"):
            post = posts.find(store, "x", n)
            assert post is not None
            sights.ensure(store, "x", n, f"https://x.com/i/status/{n}", post, NOW, NOW)
        db.execute(
            "UPDATE sight SET state = 'gone', reason = 'deleted', since = '2026-11-20T13:00:00.000Z', evidence = 'two looks' WHERE post_id = '101'"
        )
    _file(store, vault)
    fact = Fact("post_gone", "gone:x:101", f"{text} is gone", NOW, payload={"platform": "x", "post_id": "101"})
    now = datetime.now(UTC)
    alerts.add(store, fact, "flash", [Route("console", now)], now)


def a_post(number: str, text: str) -> Post:
    """A post with a clip."""
    clip = Attachment(f"m{number}", "video", f"https://video.example/{number}.mp4")
    return Post(
        "x",
        number,
        (number,),
        ADA,
        text,
        f"https://x.com/i/status/{number}",
        posted_at=NOW,
        media=(clip,),
        raw=text.encode(),
    )


def _article(store: Store, text: str) -> int:
    url = "https://news.example/story"
    row = articles.ensure(store, url, (), articles.Origin(), NOW)
    cited = [
        Citation(
            "x",
            number,
            f"https://x.com/i/status/{number}",
            kind,
            "demo_ada",
            (Place(n, f"paragraph {n}", kind, "x.link", text),),
        )
        for n, (number, kind) in enumerate((("100", "embed"), ("101", "link")), 1)
    ]
    reading = Reading(
        url=url,
        title=f"{text} in a story",
        authors=("Demo Author",),
        published=None,
        modified=None,
        language="en",
        paragraphs=(f"{text} one.", f"{text} two."),
        citations=tuple(cited),
    )
    exchange = Exchange("http", url, url, 200, (), b"<html>", NOW, NOW)
    capture = captures.record(store, exchange, subject=f"article:{url}", asked_by="test")
    kept = Kept("e" * 64, 6, Path("/nowhere"), existed=False)
    media.add_object(store, kept, Probe("unknown", "application/warc", "warc.gz"), NOW)
    new = articles.add_version(
        store,
        row,
        reading,
        body_sha256="d" * 64,
        warc_sha256="e" * 64,
        capture_id=capture,
        now=NOW + timedelta(hours=1),
    )
    links.resolve(store, [one.row for one in new], NOW)
    return row


def _file(store: Store, root: Path) -> None:
    """A small picture in the vault, as the file of post 100."""
    from PIL import Image

    from monitor.media.vault import Vault

    vault = Vault(root)
    folder = vault.new_temp()
    Image.new("RGB", (64, 36), (90, 120, 150)).save(folder / "a.png")
    kept = vault.adopt(folder / "a.png")
    media.add_object(store, kept, Probe("photo", "image/png", "png", width=64, height=36), NOW)
    with store.change() as db:
        post = posts.find(store, "x", "100")
        db.execute("UPDATE media SET state = 'kept', kind = 'photo', sha256 = ? WHERE post = ?", (kept.sha256, post))


def entered(room: Room, name: str = "demo-admin") -> httpx.Client:
    """The first administrator's browser, come in by the link."""
    with open_store(room.desk.settings.database) as store:
        secret = coming_in.first_link(store)
    assert secret is not None
    browser = room.browser()
    answer = browser.post(f"/enter/{secret}", data={"name": name, "password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 200, answer.text
    return browser
