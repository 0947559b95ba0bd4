"""The demo's acts: what happens in the small world, and what the newsroom then has."""

import hashlib
from pathlib import Path

from monitor import clock
from monitor.demo import check_act, gone_act
from monitor.demo.article_acts import an_article_changes, eight_platforms
from monitor.demo.newsroom import Newsroom, Row
from monitor.demo.teller import Teller
from monitor.demo.words_act import in_words_only
from monitor.demo.world import World
from monitor.demo.world import clip as clips
from monitor.demo.world.http import Request
from monitor.demo.world.news.article import PUBLISHERS
from monitor.demo.world.story import HANDLE

_VERBS = {"embed": "embeds the post", "link": "links to the post", "mention": "tells of it in words only"}
_SECOND_WORDS = "The same plane came back for a forgotten umbrella. Nobody waved this time. #demo"


class Acts:
    """Plays them in their order; what they show comes from the command itself, run in the newsroom's home."""

    def __init__(self, teller: Teller, world: World, newsroom: Newsroom) -> None:
        self._t = teller
        self._world = world
        self._room = newsroom
        self.report: Path | None = None
        """The report of `check`, once it is written."""

    def play(self) -> None:
        """All of them, in about twenty seconds."""
        self._watching()
        self._first_look()
        video = next(p for p in self._room.rows("posts") if p["post_id"] == self._farewell_id)
        self._copy(video)
        self._links()
        in_words_only(self._t, self._world, self._room)
        eight_platforms(self._t, self._world, self._room)
        self._something_happens()
        self._once_more()
        self.report = check_act.play(self._t, self._world, self._room)
        gone_act.play(self._t, self._world, self._room)
        an_article_changes(self._t, self._world, self._room)
        self._proof(video)

    @property
    def _farewell_id(self) -> str:
        assert self._world.story.farewell is not None
        return self._world.story.farewell.id

    def _watching(self) -> None:
        self._t.act("What is watched")
        self._t.say(f"config/watches.toml names the account @{HANDLE} on X, and a feed with the articles of")
        self._t.say(f"{', '.join(p.name for p in PUBLISHERS.values())}.")

    def _first_look(self) -> None:
        t = self._t
        t.act("The first look")
        self._room.run("once")
        posts, articles = self._room.rows("posts"), self._room.rows("articles")
        t.say(f"X was asked {len(self._world.x.requests)} times and gave {len(posts)} posts of the last 24 hours:")
        for post in posts:
            video = "  [video]" if post["media"] else ""
            t.say(f"{_hour(post['posted_at'])}  {_short(post['text'])}{video}", deep=2)
        t.say(f"The feed named {len(articles)} articles; each was fetched, kept as WARC, and read:")
        for article in sorted(articles, key=lambda a: a["published_at"]):
            t.say(f"{_hour(article['published_at'])}  {article['title']}", deep=2)
        alerts = self._room.rows("alerts")
        silent = all(a["kind"] == "first_look" for a in alerts)
        t.claim(silent and len(alerts) == 2, "a first look is silent: one summary a watch, not an alert a post")
        self._tell_spend()

    def _tell_spend(self) -> None:
        days, meter = self._room.rows("spend"), self._world.x.meter
        usd, posts, users = (sum(day[key] for day in days) for key in ("usd", "posts", "users"))
        t = self._t
        t.say(f"X would have charged ${usd:.3f} at its list prices: {posts} posts and {users} account.")
        t.say(f"The demo's X counts for itself: {meter.requests} requests, ${meter.usd:.3f}.")
        same = abs(usd - meter.usd) < 1e-9 and sum(day["requests"] for day in days) == meter.requests
        t.claim(same, "Postwatch's ledger and X's meter agree")

    def _copy(self, post: Row) -> None:
        t, media = self._t, post["media"][0]
        t.act("The copy of the video")
        path = self._room.file_of(media["sha256"])
        t.say(f"@{post['handle']}: {_short(post['text'])}")
        t.say(f"{media['bytes']:,} bytes, {media['duration_s']:.1f} seconds, kept under the name of its own hash:")
        t.say(f"SHA-256  {media['sha256']}", deep=2)
        t.say(f"file     {self._room.shown(path)}", deep=2)
        t.say("Pictures from its beginning to its end, on one page (contact sheet):")
        t.say(f"file     {self._room.shown(self._room.file_of(media['contact_sheet']))}", deep=2)
        right = _sha256(path) == media["sha256"] == path.name.partition(".")[0]
        t.claim(right, "the file on the disk, hashed again just now, has this SHA-256")
        served = self._world.video.requests_to("/video/farewell.mp4")[-1].answer
        t.claim(served is not None and served.body == path.read_bytes(), "it is byte for byte what the host served")

    def _links(self) -> None:
        t, rows = self._t, self._room.rows("links")
        t.act("Which article cites which post")
        width = max(len(str(row["article_title"])) for row in rows)
        for row in sorted(rows, key=lambda r: list(_VERBS).index(r["kind"])):
            kind = _VERBS[row["kind"]]
            t.say(f"{row['article_title']:{width}}  {kind:25}  paragraph {row['paragraph']}  {row['state']}", deep=2)
        t.say("The third article gives no address: what it speaks of is suggested by its words, and an editor decides.")
        state = [(row["kind"], row["state"], row["post_id"]) for row in rows]
        confirmed = [(kind, "confirmed", self._farewell_id) for kind in ("embed", "link")]
        t.claim(
            sorted(state, key=str) == sorted([*confirmed, ("mention", "suggested", self._farewell_id)], key=str),
            f"embed and link lead to post {self._farewell_id}, whose video is kept",
        )

    def _something_happens(self) -> None:
        t, world = self._t, self._world
        t.act("Something happens while you watch")
        known = {alert["id"] for alert in self._room.rows("alerts")}
        again = clips.Clip(seed=11)
        media = world.video.put_clip("return", again, "7_1790000000000000011")
        world.x.state.add_post(world.story.account, _SECOND_WORDS, clock.now(), media=[media])
        t.say(f"@{HANDLE} posts a second video: {_short(_SECOND_WORDS)}")
        self._room.run("once", "--all")
        new = [alert for alert in self._room.rows("alerts") if alert["id"] not in known]
        t.claim(len(new) == 1, f"{len(new)} new alert, neither more nor less")
        for alert in new:
            t.say(f"{_hour(alert['created_at'])}  {_short(alert['subject'])}", deep=2)
            self._delivery(alert, [d for d in world.sink.deliveries if d.headers.get("webhook-id") == alert["id"]])
        kept = [m for p in self._room.rows("posts") if p["text"].startswith(_SECOND_WORDS[:30]) for m in p["media"]]
        t.claim([m["state"] for m in kept] == ["kept"], f"its video is kept, too: SHA-256 {kept[0]['sha256'][:16]}...")

    def _delivery(self, alert: Row, came: list[Request]) -> None:
        t = self._t
        t.say(f"delivery id {alert['id']}, to the webhook of channel {alert['deliveries'][0]['channel']}", deep=2)
        t.claim(len(came) == 1 and alert["deliveries"][0]["state"] == "sent", "it was delivered once")
        signed = all(self._world.sink.is_signed(delivery) for delivery in came)
        t.claim(signed, "the receiver checked its signature (Standard Webhooks, HMAC-SHA256)")

    def _once_more(self) -> None:
        t = self._t
        t.act("Looking again, with nothing new")
        alerts, charged = len(self._room.rows("alerts")), self._world.x.meter.usd
        delivered = len(self._world.sink.deliveries)
        self._room.run("once", "--all")
        same = len(self._room.rows("alerts")) == alerts and len(self._world.sink.deliveries) == delivered
        t.claim(same, "no second alert, no second delivery")
        t.claim(
            self._world.x.meter.usd == charged, "X charged nothing more: only posts since the last look are asked for"
        )
        self._tell_spend()

    def _proof(self, post: Row) -> None:
        t = self._t
        t.act("Can it be proved?")
        findings = self._room.run("doctor", "--offline").splitlines()
        chain = next((line for line in findings if "custody events chained" in line), "")
        events = next((word for word in chain.split() if word.isdigit()), "no")
        t.claim(
            bool(chain), f"custody log: {events} events, each holding the hash of the one before; the chain is whole"
        )
        bag = self._room.home / "bag"
        self._room.run("export", "post", f"x:{post['post_id']}", "--to", str(bag))
        lines = (bag / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
        files = [line.split(maxsplit=1) for line in lines]
        right = all(_sha256(bag / name) == digest for digest, name in files)
        t.claim(right, f"the package (BagIt) holds {len(files)} files; the SHA-256 of each is as its manifest says")
        t.say("Video, X's raw answer, the citing articles as WARC and the custody events are in it.")
        t.say("Anyone checks it without Postwatch: cd bag && sha256sum -c manifest-sha256.txt")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _short(text: str, length: int = 84) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 3].rstrip() + "..."


def _hour(moment: str) -> str:
    return f"{moment[11:16]} UTC"
