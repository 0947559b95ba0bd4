"""The world's other servers: news, video, sink, keyless sources, and the faults that all of them know."""

import gzip
import io
import json
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import feedparser
import httpx
import pytest

from monitor.demo.world import Fault, World, clip, faults
from monitor.demo.world.news.traps import TRAPS, set_traps
from monitor.feeds.listing import listing_of
from monitor.net.robots import Rules
from monitor.settings.load import load

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def world() -> Iterator[World]:
    with World(now=NOW) as made:
        yield made


@pytest.fixture
def web() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as made:
        yield made


def test_the_news_site_serves_a_sitemap_and_a_robots_txt_that_names_it(web: httpx.Client, world: World) -> None:
    robots = web.get(f"{world.news.url}/robots.txt").text
    assert f"Sitemap: {world.news.url}/sitemap.xml" in robots
    assert Rules(robots).allows(world.story.article_url("embed"))
    listing = listing_of(web.get(f"{world.news.url}/sitemap.xml").content, "", world.news.url)
    assert listing.kind == "sitemap"
    assert [e.url for e in listing.entries] == [world.news.url + a.path for a in world.news.articles()]
    assert all(e.published_at and e.updated_at and e.title for e in listing.entries)


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feedparser_reads_the_articles_newest_first_with_their_dates(world, web, name):
    answer = web.get(f"{world.news.url}/{name}")
    feed = feedparser.parse(io.BytesIO(answer.content), response_headers=dict(answer.headers))
    assert not feed.bozo
    ways = ["words", "link", "embed"]
    assert [e.link for e in feed.entries] == [world.story.article_url(w) for w in ways]
    published = [datetime(*e.published_parsed[:6], tzinfo=UTC) for e in feed.entries]
    assert published == [world.story.articles[w].published_at for w in ways]


def test_the_json_feed_holds_the_same_and_each_publisher_has_its_own(world, web):
    items = web.get(f"{world.news.url}/feed.json").json()["items"]
    assert [i["url"] for i in items] == [world.story.article_url(w) for w in ("words", "link", "embed")]
    assert [i["url"] for i in web.get(f"{world.news.url}/courier/feed.json").json()["items"]] == [items[2]["url"]]


def test_a_feed_that_did_not_change_is_not_sent_again(world, web):
    url = f"{world.news.url}/feed.xml"
    first = web.get(url)
    again = web.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert web.get(url, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 304
    world.news.revise(world.story.articles["link"], NOW + timedelta(minutes=1), title="Twelve minutes")
    assert web.get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_three_articles_tell_of_the_post_by_embed_link_and_words(world, web):
    pages = {way: web.get(world.story.article_url(way)).text for way in world.story.articles}
    post_id = world.story.farewell.id
    assert 'class="twitter-tweet"' in pages["embed"]
    assert f"/status/{post_id}?ref_src" in pages["embed"]
    assert f"/status/{post_id}?s=20" in pages["link"]
    assert "twitter-tweet" not in pages["link"]
    assert post_id not in pages["words"]
    for page in pages.values():
        assert "Anton Goralenko" in page
        assert "demo" in page


def test_a_withdrawn_article_is_not_found_and_leaves_the_feed(world, web):
    article = world.story.articles["embed"]
    world.news.withdraw(article)
    assert web.get(world.news.url + article.path).status_code == 404
    assert article.path not in web.get(f"{world.news.url}/feed.xml").text


def test_every_trap_is_served_and_listed(world, web):
    pages = set_traps(world.news, NOW, "http://10.0.0.1/secret")
    assert {r.link for r in feedparser.parse(web.get(pages["feed"]).content).entries} == {pages[t] for t in TRAPS}
    assert web.get(pages["private"]).headers["location"] == "http://10.0.0.1/secret"
    assert web.get(pages["loop"]).headers["location"] == pages["loop"]
    assert len(web.get(pages["huge"]).content) > 20_000_000
    assert b"\0" in web.get(pages["nul"]).content
    assert b"\xed\xa0\xbd" in web.get(pages["nul"]).content
    with web.stream("GET", pages["bomb"]) as answer:
        small = b"".join(answer.iter_raw())
    assert len(small) < 1_000_000 < 60_000_000 < len(zlib.decompress(small, 31))


def test_yt_dlp_downloads_the_clip_and_finds_it_on_a_page(world, tmp_path):
    import yt_dlp

    options = {"quiet": True, "noprogress": True, "proxy": "", "cachedir": False, "paths": {"home": str(tmp_path)}}
    with yt_dlp.YoutubeDL({**options, "outtmpl": "%(id)s.%(ext)s"}) as loader:
        info = loader.extract_info(world.video.url + "/video/farewell.mp4")
        page = loader.extract_info(world.story.video_page, download=False)
        toot = loader.extract_info(f"{world.social.url}/@apron_demo/116000000000000001", download=False)
    assert (tmp_path / "farewell.mp4").read_bytes() == clip.mp4(clip.SMALL)
    assert info["ext"] == "mp4"
    for found in (page, toot):
        assert found["url"] == f"{world.video.url}/video/apron.mp4"


def test_a_clip_plays_and_shows_moving_pictures(world):
    import av

    with av.open(io.BytesIO(clip.mp4(clip.SMALL))) as container:
        frames = [frame.to_image().tobytes() for frame in container.decode(video=0)]
    assert len(frames) == clip.SMALL.seconds * clip.SMALL.frames_per_second
    assert frames[0] != frames[-1]


def test_a_part_of_a_video_can_be_asked(world, web):
    url = f"{world.video.url}/video/farewell.mp4"
    whole = web.get(url).content
    part = web.get(url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert web.get(url, headers={"Range": "bytes=-10"}).content == whole[-10:]
    assert web.get(url, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert web.head(url).headers["content-length"] == str(len(whole))


def test_feeds_of_posts_have_the_shapes_of_their_platforms(world, web):
    def read(profile):
        feed = feedparser.parse(web.get(world.social.feed_url(profile)).content)
        assert not feed.bozo
        return feed.entries[0]

    youtube, mastodon, bluesky = (read(p) for p in (world.story.youtube, world.story.mastodon, world.story.bluesky))
    assert (youtube.yt_videoid, youtube.media_thumbnail[0]["width"]) == ("demo_DEMO-1", "480")
    assert mastodon.media_content[0]["url"] == f"{world.video.url}/video/apron.mp4"
    assert mastodon.link == f"{world.social.url}/@apron_demo/116000000000000001"
    assert bluesky.id.startswith("at://did:plc:")


def test_the_sink_keeps_deliveries_and_answers_as_told(world, web):
    world.sink.statuses = [503]
    for _ in range(2):
        web.post(f"{world.sink.url}/desk", json={"type": "post_new"}, headers={"webhook-id": "a-1"})
    assert [r.answer.status for r in world.sink.deliveries] == [503, 200]
    assert world.sink.attempts() == {"a-1": 2}
    assert world.sink.taken[0].json() == {"type": "post_new"}
    assert not world.sink.is_signed(world.sink.taken[0])


def test_a_home_in_the_world_has_settings_without_a_mistake(world, tmp_path):
    home = world.write_home(tmp_path, watches=world.watches_toml("1s", keyless=True))
    settings = load(home, world.environment())
    assert settings.options.x.api_url == world.x.url
    assert len(settings.watches) == 5
    assert world.sink.host_port not in settings.options.net.allow


PATH = "/video/farewell.mp4"


def test_faults_strike_in_turn_so_many_times_after_so_many_requests(world, web):
    url = world.video.url + PATH
    world.video.fault("/video/*", faults.answer(503), times=2, after=1)
    world.video.fault("/video/*", faults.html_page(), times=1)
    told = [(a.status_code, a.headers["content-type"]) for a in (web.get(url) for _ in range(5))]
    html = "text/html; charset=utf-8"
    assert told == [(200, html), (503, html), (503, html), (200, "video/mp4"), (200, "video/mp4")]
    assert [r.faulty for r in world.video.requests_to(PATH)] == [True, True, True, False, False]
    stuck = world.video.fault("*", faults.answer(500))
    assert web.get(url).status_code == 500
    world.video.mend(stuck)
    assert web.get(url).status_code == 200


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.cut(500), (httpx.ReadError, httpx.RemoteProtocolError)),
        (faults.short_body(10), httpx.RemoteProtocolError),
        (faults.lying_length(1_000_000_000), httpx.RemoteProtocolError),
    ],
    ids=["cut", "short", "lying"],
)
def test_a_body_that_breaks_off_is_an_error_for_its_reader(world, web, fault, error):
    world.video.fault(PATH, fault)
    with pytest.raises(error):
        web.get(world.video.url + PATH)


@pytest.mark.parametrize("framing", ["chunked", "close"])
def test_a_body_may_have_no_length_and_no_end(world, web, framing):
    world.video.fault(PATH, faults.no_length(framing), times=1)
    whole = web.get(world.video.url + PATH)
    assert "content-length" not in whole.headers
    assert whole.content == clip.mp4(clip.SMALL)
    world.video.fault(PATH, faults.endless(framing))
    got = 0
    with web.stream("GET", world.video.url + PATH) as answer:
        for piece in answer.iter_bytes():
            got += len(piece)
            if got > 3_000_000:
                break
    assert got > 3_000_000


def test_answers_can_be_slow_and_late(world, web):
    world.video.put("/small", b"x" * 60, "text/plain")
    world.video.fault("/small", faults.drip(300), times=1)
    world.video.fault("/small", faults.delay(0.2), times=1)
    for _ in range(2):
        begun = time.monotonic()
        assert web.get(world.video.url + "/small").content == b"x" * 60
        assert time.monotonic() - begun > 0.15


def test_bytes_headers_and_charset_can_be_anything(world, web):
    world.news.fault("/a", faults.raw_bytes(b"\xff\0", "application/x-odd"))
    world.news.fault("/courier/*", faults.wrong_charset("utf-7"))
    world.news.fault("/b", Fault(headers={"X-Odd": "1", "Content-Type": None}))
    odd = web.get(world.news.url + "/a")
    assert (odd.content, odd.headers["content-type"]) == (b"\xff\0", "application/x-odd")
    assert web.get(world.story.article_url("embed")).headers["content-type"] == "text/html; charset=utf-7"
    assert web.get(world.news.url + "/b").headers["x-odd"] == "1"
    world.news.fault("/c", faults.answer(200, gzip.compress(b"{}"), {"Content-Encoding": "gzip"}))
    assert json.loads(web.get(world.news.url + "/c").content) == {}


def test_closing_ends_endless_answers_at_once():
    with httpx.Client(trust_env=False, timeout=10) as web:
        with World(now=NOW) as world:
            world.news.fault("*", faults.endless(bytes_per_second=100))
            with web.stream("GET", world.news.url + "/feed.xml") as answer:
                next(answer.iter_raw())
                begun = time.monotonic()
                world.close()
    assert time.monotonic() - begun < 2


def test_a_mistake_of_the_worlds_own_code_is_told_at_its_end():
    with pytest.raises(RuntimeError, match="the world itself"):
        with httpx.Client(trust_env=False) as web, World(now=NOW) as world:
            world.video.fault("*", Fault(change=lambda body: body.nonsense))
            with pytest.raises(httpx.RemoteProtocolError):
                web.get(world.video.url + PATH)
