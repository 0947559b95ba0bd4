"""The demo's story: a fictional president waves goodbye for long, an account posts the video, three papers tell it.

The account belongs to "Anton Horalenko"; the papers write "Anton Goralenko": one name, spelt two ways, as it happens.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

from monitor.demo.world import clip as clips
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.demo.world.social.posts import SocialPost
from monitor.demo.world.x.state import XPost

if TYPE_CHECKING:
    from monitor.demo.world.world import World

HANDLE = "Horalenko_demo"
FAREWELL_WORDS = (
    "President Dovrin and Premier Teshko went on waving until the plane was a dot. Departure from Port Selane. #demo"
)
LONG_WORDS = (
    "A long note on the visit (demo). The two delegations met for three days, signed a treaty on ferries and fishing, "
    "and left every question about the northern harbour open. What stays is the farewell: forty people on the apron, "
    "two of them waving, and an engine that would not start. I have asked both press offices how long it took. "
    "Neither has counted. My own watch says eleven minutes."
)
_SCRIPT = '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'


class Story:
    """The cast at a base time, and the events: `begin` the background, `tell` the farewell and the three articles."""

    def __init__(self, world: "World", now: datetime, clip: clips.Clip) -> None:
        self._world = world
        self._clip = clip
        self.now = now
        x, long_ago = world.x.state, now - timedelta(days=900)
        self.account = x.add_account(HANDLE, "Anton Horalenko", long_ago, description="Former deputy minister (demo)")
        self.airport = x.add_account("SelaneAir_demo", "Port Selane Airport", long_ago)
        self.locked = x.add_account("Locked_demo", "Behind a door", long_ago, protected=True)
        self.banned = x.add_account("Banned_demo", "Shown the door", long_ago, standing="suspended")
        self.farewell: XPost | None = None
        self.articles: dict[str, NewsArticle] = {}
        """By the way they cite: "embed", "link", "words"."""

    def begin(self) -> None:
        """What was there before: an old post, a picture, a long note, and another account's post."""
        x, video, now = self._world.x.state, self._world.video, self.now
        self.old = x.add_post(self.account, "On my way to Port Selane for the summit. #demo", now - timedelta(days=3))
        photo = video.put_photo("arrival", self._clip, "3_1790000000000000003")
        self.arrival = x.add_post(
            self.account, "Arrival, with an umbrella too few.", now - timedelta(hours=30), media=[photo]
        )
        self.note = x.add_post(self.account, LONG_WORDS, now - timedelta(hours=2))
        self.notice = x.add_post(
            self.airport,
            "Runway 2 is closed for a state departure until further notice (demo).",
            now - timedelta(hours=1),
        )
        x.add_post(self.locked, "Nobody should read this (demo).", now - timedelta(hours=5))
        x.add_post(self.banned, "Nobody can read this (demo).", now - timedelta(hours=5))
        self._social()

    def tell(self, now: datetime | None = None) -> None:
        """The farewell video 25 minutes ago, a reply, a repost, a quote; three articles, the first 12 minutes ago."""
        now = now or self.now
        self.post_farewell(now - timedelta(minutes=25))
        assert self.farewell is not None
        x = self._world.x.state
        self.reply = x.add_post(
            self.account, "@SelaneAir_demo Is it open again? (demo)", now - timedelta(minutes=20), reply_to=self.notice
        )
        self.repost = x.add_post(self.account, "", now - timedelta(minutes=18), reposts=self.notice)
        self.quote = x.add_post(
            self.account, "This explains the detour.", now - timedelta(minutes=15), quotes=self.notice
        )
        self.publish(now - timedelta(minutes=12))

    def post_farewell(self, at: datetime) -> XPost:
        """The account posts the video."""
        media = self._world.video.put_clip("farewell", self._clip, "7_1790000000000000007")
        short = "https://t.co/demofarewl"
        self.farewell = self._world.x.state.add_post(self.account, f"{FAREWELL_WORDS} {short}", at, media=[media])
        address = f"https://x.com/{HANDLE}/status/{self.farewell.id}/video/1"
        self.farewell.links = ((short, address),)
        return self.farewell

    @property
    def farewell_url(self) -> str:
        """The video post's address on X."""
        assert self.farewell is not None
        return f"https://x.com/{HANDLE}/status/{self.farewell.id}"

    def publish(self, at: datetime) -> None:
        """The three articles, some minutes apart."""
        self.publish_embed(at)
        self.publish_link(at + timedelta(minutes=3))
        self.publish_words(at + timedelta(minutes=7))

    def publish_embed(self, at: datetime) -> NewsArticle:
        """The Demo Courier embeds the post."""
        assert self.farewell is not None
        embed = blockquote(self._world.x.state, self.farewell) + _SCRIPT
        words = (
            "President Marek Dovrin has ended his three days in the Republic of Selane with a treaty and a goodbye.",
            "At the airport of Port Selane Premier Ilan Teshko stood at the red line and waved. The president waved "
            "back, first from the stairs, then from a window of the plane.",
            "Anton Goralenko, once a deputy minister, showed the scene to his readers:",
        )
        after = ("The airline said that the engine had needed a second start. Nobody on the apron seemed to mind.",)
        blocks = (*_paragraphs(*words), embed, *_paragraphs(*after))
        title = "The long goodbye of Port Selane"
        return self._publish("embed", NewsArticle("courier", "the-long-goodbye", title, "Mira Tolvaj", at, blocks))

    def publish_link(self, at: datetime) -> NewsArticle:
        """Demo Evening Post links to the post."""
        address = f"https://twitter.com/{HANDLE}/status/{self._farewell_id}?s=20"
        link = f'<p>A <a href="{address}">clip from the apron</a>, posted by former deputy minister Anton Goralenko, '
        link += "shows how it went on.</p>"
        words = (
            "Eleven minutes is a long time to wave. President Dovrin and Premier Teshko managed it at Port Selane.",
            "Protocol plans four minutes for a departure. Officials looked at their watches, then at each other.",
        )
        after = ("The ferry treaty, signed the evening before, was hardly mentioned at the airport any more.",)
        blocks = (*_paragraphs(*words), link, *_paragraphs(*after))
        title = "Eleven minutes of waving"
        return self._publish("link", NewsArticle("evening", "eleven-minutes", title, "Oskar Lindhav", at, blocks))

    def publish_words(self, at: datetime) -> NewsArticle:
        """Radio Demo tells of the post in words only, and credits a picture to it."""
        words = (
            "The visit of President Marek Dovrin to Selane is over, and people speak of little but its last minutes.",
            "The president had come for the first time in nine years. On Wednesday he and Premier Ilan Teshko signed "
            "an agreement on ferries and fishing.",
        )
        after = (
            "When the doors had closed, the premier and his party stayed on the tarmac and waved. Behind a window "
            "of the plane a hand was seen to answer.",
            'Anton Goralenko posted the farewell video on platform X. "President Dovrin and Premier Teshko went on '
            'waving until the plane was a dot," commented the former deputy minister.',
        )
        blocks = (*_paragraphs(*words), "<h2>An unhurried farewell</h2>", *_paragraphs(*after))
        title = "Ferries, fish and an unusual farewell"
        article = NewsArticle("radio", "unusual-farewell", title, "Jelka Marsin", at, blocks)
        return self._publish("words", replace(article, picture_credit="© Radio Demo, X"))

    @property
    def _farewell_id(self) -> str:
        assert self.farewell is not None
        return self.farewell.id

    def _publish(self, way: str, article: NewsArticle) -> NewsArticle:
        article = replace(article, lead=f"{article.title}: what was seen at the airport (demo).")
        self._world.news.publish(article)
        self.articles[way] = article
        return article

    def article_url(self, way: str) -> str:
        """The address of the article that cites in this way."""
        return self._world.news.url + self.articles[way].path

    def _social(self) -> None:
        social, video = self._world.social, self._world.video
        other = clips.Clip(
            self._clip.seconds, self._clip.width, self._clip.height, self._clip.frames_per_second, seed=3
        )
        url = video.put("/video/apron.mp4", clips.mp4(other))
        self.youtube = social.add_profile(
            "youtube", "UCdemoDEMOdemoDEMOdemo00", "Selane Harbour Cam (demo)", "harbourcam_demo"
        )
        self.mastodon = social.add_profile(
            "mastodon", "apron_demo", "Apron Watcher (demo)", "apron_demo@social.demo.invalid"
        )
        self.bluesky = social.add_profile(
            "bluesky", "did:plc:demodemodemodemodemodemo", "Ferry Fan (demo)", "ferryfan.demo.invalid"
        )
        at = self.now - timedelta(minutes=40)
        self.youtube.add(
            SocialPost("demo_DEMO-1", "The harbour in the morning (demo).", at, title="Harbour, morning (demo)")
        )
        self.mastodon.add(SocialPost("116000000000000001", "The apron an hour before (demo).", at, video_url=url))
        self.bluesky.add(SocialPost("3demodemo2224", "The new ferry is blue (demo).", at))
        self.video_page = social.put_video_page("apron", "The apron (demo)", url)


def _paragraphs(*texts: str) -> tuple[str, ...]:
    return tuple(f"<p>{escape(text, quote=False)}</p>" for text in texts)
