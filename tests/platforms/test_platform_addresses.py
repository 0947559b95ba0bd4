"""Addresses wrapped, escaped and made at random; what ids tell of their time. The forms themselves are in tests/cases/addresses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import clock
from monitor.platforms import PLATFORMS, address_of, id_time, might_name_a_post, unwrapped

POST = "1812345678901234567"
X = f"https://x.com/i/status/{POST}"
INNER = f"https%3A%2F%2Fx.com%2Fharbour_demo%2Fstatus%2F{POST}"
PLAIN = f"https://x.com/harbour_demo/status/{POST}"

WRAPPED_X_POST = [
    f"https://web.archive.org/web/20240714120000/https://twitter.com/harbour_demo/status/{POST}",
    f"https://web.archive.org/web/20240714120000id_/https:/twitter.com/harbour_demo/status/{POST}",
    f"https://web.archive.org/web/2024/twitter.com/harbour_demo/status/{POST}",
    f"https://web.archive.org/web/2024*/https://mobile.twitter.com/harbour_demo/status/{POST}",
    f"https://archive.ph/newest/{PLAIN}",
    f"https://archive.today/20240714120000/{PLAIN}",
    f"https://archive.is/2024.07.14-120000/{PLAIN}",
    f"https://archive.md/o/AbCdE/{PLAIN}",
    f"https://arquivo.pt/wayback/20240714120000/{PLAIN}",
    f"https://megalodon.jp/2024-0714-1200-00/https://x.com:443/harbour_demo/status/{POST}",
    f"https://12ft.io/{PLAIN}",
    f"https://l.facebook.com/l.php?u={INNER}&h=AT",
    f"https://lm.facebook.com/l.php?u={INNER}",
    f"https://l.instagram.com/?u={INNER}&e=AT",
    f"https://out.reddit.com/t3_1demo23?url={INNER}&token=x",
    f"https://www.youtube.com/redirect?event=video_description&q={INNER}",
    f"https://vk.com/away.php?to={INNER}",
    f"https://t.umblr.com/redirect?z={INNER}&t=x",
    f"https://slack-redir.net/link?url={INNER}",
    f"https://eur01.safelinks.protection.outlook.com/?url={INNER}&data=05",
    f"https://www.google.com/url?q={PLAIN}&sa=D",
    f"https://www.google.co.uk/amp/s/x.com/harbour_demo/status/{POST}",
    f"https://x-com.cdn.ampproject.org/c/s/x.com/harbour_demo/status/{POST}",
    f"https://x-com.translate.goog/harbour_demo/status/{POST}?_x_tr_sl=en&_x_tr_tl=de",
    f"https://translate.google.com/translate?sl=en&tl=de&u={INNER}",
    f"https://webcache.googleusercontent.com/search?q=cache:AbC_123:{PLAIN}",
    f"https://cdn.embedly.com/widgets/media.html?url={INNER}",
    f"https://cdn.iframe.ly/api/iframe?url={INNER}&key=x",
    f"https://publish.twitter.com/oembed?url={INNER}",
    f"https://web.archive.org/web/2024/https://l.facebook.com/l.php?u={INNER}",
    f"/extras/embed?url={INNER}",
    f"https://href.li/?{PLAIN}",
]


@pytest.mark.parametrize("url", WRAPPED_X_POST)
def test_a_wrapped_address_is_opened_and_said_to_be_wrapped(url: str) -> None:
    found = unwrapped(url)
    assert found is not None
    assert (found.address.url, found.wrapped) == (X, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://ghostarchive.org/varchive/Demo_Clip-1",
        "https://ghostarchive.org/varchive/youtube/20240714/Demo_Clip-1",
        "https://www.google.com/amp/s/www.youtube.com/watch?v=Demo_Clip-1",
        "https://www-youtube-com.translate.goog/watch?v=Demo_Clip-1&_x_tr_sl=en",
    ],
)
def test_a_copied_video_is_known_by_its_id(url: str) -> None:
    found = unwrapped(url)
    assert found is not None
    assert (found.address.platform, found.address.post_id, found.wrapped) == ("youtube", "Demo_Clip-1", True)


@pytest.mark.parametrize(
    "url",
    [
        f"https://getpocket.com/edit?url={INNER}",
        f"https://www.tumblr.com/share/link?url={INNER}",
        f"https://social-plugins.line.me/lineit/share?url={INNER}",
        f"https://www.reddit.com/submit?url={INNER}",
        f"https://news.example/login?redirect={INNER}&url={INNER}",
        f"https://www.facebook.com/plugins/like.php?href={INNER}",
        f"mailto:?body={INNER}",
        f"https://archive.ph/AbCdE?{INNER}",
        "https://[::1",
        "https://",
        "",
    ],
)
def test_what_a_share_button_carries_is_no_post(url: str) -> None:
    assert address_of(url) is None


def _written(pattern: str, template: str) -> st.SearchStrategy[tuple[str, str]]:
    return st.from_regex(pattern, fullmatch=True).map(lambda post_id: (post_id, template.format(post_id)))


def _timed(shift: int, since: int, template: str, unit_ms: int = 1) -> st.SearchStrategy[tuple[str, str]]:
    """Ids made from a clock between a year and now."""
    first = int(datetime(since, 1, 1, tzinfo=UTC).timestamp() * 1000) // unit_ms
    last = int(clock.now().timestamp() * 1000) // unit_ms
    number = st.builds(lambda time, low: (time << shift) + low, st.integers(first, last), st.integers(0, 2**shift - 1))
    return number.map(lambda n: (str(n), template.format(n)))


_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
GENERATED = {
    "x": _written(r"[1-9][0-9]{1,18}", "https://twitter.com/Harbour/status/{}?s=21"),
    "youtube": _written(r"[0-9A-Za-z_-]{11}", "https://youtu.be/{}?t=1").filter(lambda case: case[0] not in ("videoseries", "live_stream")),
    "instagram": _written(r"[0-9A-Za-z_-]{9,14}|[0-9A-Za-z_-]{39}", "https://www.instagram.com/harbour/reel/{}/"),
    "tiktok": _written(r"[67][0-9]{18}", "https://www.tiktok.com/@harbour.demo/video/{}"),
    "facebook": _written(r"[1-9][0-9]{8,17}", "https://www.facebook.com/harbour/posts/title/{}"),
    "telegram": _written(r"[a-z][a-z0-9_]{4,30}/[1-9][0-9]{0,8}", "https://t.me/s/{}").filter(lambda case: case[0].split("/")[0] not in ("proxy", "socks", "share", "login", "boost", "joinchat", "contact", "addlist", "addtheme", "invoice")),
    "bluesky": _written(r"3[2-7a-z]{12}", "at://did:plc:demo/app.bsky.feed.post/{}"),
    "threads": _written(r"[A-Za-z0-9_-]{11}", "https://www.threads.net/@Harbour/post/{}/embed"),
    "vimeo": _written(r"[1-9][0-9]{5,9}", "https://player.vimeo.com/video/{}?h=ab"),
    "dailymotion": _written(r"x[0-9a-z]{5,6}", "https://geo.dailymotion.com/player.html?video={}"),
    "reddit": _written(r"[0-9a-z]{6,7}", "https://old.reddit.com/r/harbour/comments/{}/title/"),
    "mastodon": _timed(16, 2017, "https://social.example/users/harbour/statuses/{}"),
    "twitch": _written(r"[1-9][0-9]{8,9}|[A-Z][a-z]{4,9}[A-Z][a-z]{4,9}[A-Z][a-z]{4,9}(?:-[0-9A-Za-z_-]{16})?", "https://m.twitch.tv/harbour/clip/{}").map(lambda case: (case[0], case[1].replace("/clip/", "/v/") if case[0].isdigit() else case[1])),
    "vk": _written(r"(?:wall|video|photo)-?[1-9][0-9]{3,8}_[1-9][0-9]{0,8}", "https://vk.com/harbour?z={}%2Fall"),
    "ok": _written(r"[1-9][0-9]{10,13}", "https://m.ok.ru/video/{}"),
    "rumble": _written(r"v[1-9][0-9a-z]{4,6}", "https://rumble.com/embed/u4.{}/?pub=4"),
    "rutube": _written(r"[0-9a-f]{32}", "https://rutube.ru/play/embed/{}"),
    "odysee": _written(r"@[a-z0-9_-]{1,20}:[0-9a-f]{1,3}/[^@:/?#$\s\x00-\x20\x7f-\xa0%\\.&]{1,30}:[0-9a-f]{1,4}", "https://odysee.com/$/embed/{}"),
    "truthsocial": _timed(16, 2022, "https://truthsocial.com/@Harbour/{}/embed"),
    "streamable": _written(r"[0-9][0-9a-z]{4,5}", "https://streamable.com/e/{}"),
    "linkedin": _timed(22, 2015, "https://www.linkedin.com/posts/harbour_title-ugcPost-{}-AbCd"),
    "tumblr": _written(r"[1-9][0-9]{10,17}", "https://harbour-demo.tumblr.com/post/{}/title"),
    "pinterest": _written(r"[1-9][0-9]{14,18}", "https://www.pinterest.fr/pin/title--{}/"),
    "weibo": _written(r"[45][0-9]{15}", "https://weibo.com/1234567890/{}").filter(lambda case: id_time("weibo", case[0]) is not None),
    "peertube": _written(_UUID, "https://tube.example/videos/embed/{}?autoplay=1"),
}  # fmt: skip
ANY_ID = st.sampled_from(sorted(GENERATED)).flatmap(lambda name: GENERATED[name].map(lambda case: (name, *case)))
WRITINGS = {
    "without scheme": lambda url: url.replace("https://", ""),
    "for any scheme": lambda url: url.replace("https://", "//"),
    "host in capitals": lambda url: url.replace(url.split("/")[2], url.split("/")[2].upper()),
    "with user and port": lambda url: url.replace("https://", "https://reader:x@").replace(url.split("/")[2], url.split("/")[2] + ":443"),
    "slashes doubled": lambda url: "https://" + url.replace("https://", "").partition("?")[0].replace("/", "//") + url[len(url.partition("?")[0]):],
    "in JSON": lambda url: url.replace("/", "\\/"),
    "in JavaScript": lambda url: url.replace("/", "\\u002F"),
    "with backslashes": lambda url: url.replace("/", "\\"),
    "in HTML": lambda url: url.replace("&", "&amp;").replace("/", "&#x2F;").replace("&#x2F;&#x2F;", "//", 1),
    "in brackets": lambda url: f" {url} ",
    "archived": lambda url: f"https://web.archive.org/web/20240714120000/{url}",
}  # fmt: skip


def test_ids_are_generated_for_every_platform() -> None:
    assert set(GENERATED) == set(PLATFORMS)


@given(ANY_ID)
def test_a_canonical_address_read_again_is_the_same(case: tuple[str, str, str]) -> None:
    platform, post_id, url = case
    address = address_of(url)
    assert address is not None
    assert (address.platform, address.post_id) == (platform, post_id)
    assert address_of(address.url) == address


@given(ANY_ID, st.sampled_from(sorted(WRITINGS)))
def test_the_way_of_writing_does_not_matter(case: tuple[str, str, str], way: str) -> None:
    platform, _, url = case
    if platform == "bluesky":
        url = "https://bsky.app/profile/did:plc:demo/post/" + url.rpartition("/")[2]
    assert address_of(WRITINGS[way](url)) == address_of(url)


@given(ANY_ID, st.text(alphabet="/?&=#%.@:)]\"'… ab1", max_size=12))
def test_what_clings_to_an_address_never_makes_another_post_of_another_platform(
    case: tuple[str, str, str], tail: str
) -> None:
    platform, _, url = case
    found = address_of(url + tail)
    assert found is None or found.platform == platform


@given(ANY_ID)
def test_where_an_id_alone_names_a_post_it_names_the_same(case: tuple[str, str, str]) -> None:
    platform, post_id, _ = case
    of_id = PLATFORMS[platform].of_id
    if of_id is not None:
        address = of_id(post_id)
        assert address is not None
        assert (address.platform, address.post_id) == (platform, post_id)
        assert address_of(address.url) == address


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_addresses(text: str) -> None:
    for url in (text, "https://x.com/" + text, "https://web.archive.org/web/" + text, "//" + text, "https://" + text):
        address = address_of(url)
        if address is not None:
            assert might_name_a_post(url)
            assert address_of(address.url) == address


@given(st.sampled_from(sorted(PLATFORMS)), st.integers(0, 2**70).map(str) | st.text(max_size=20))
def test_no_id_is_from_before_its_platform_or_from_the_future(platform: str, post_id: str) -> None:
    made = id_time(platform, post_id)
    if made is not None:
        assert made.tzinfo is UTC
        assert datetime(2003, 1, 1, tzinfo=UTC) < made < clock.now() + timedelta(days=2)


# Public posts, with the second that their platform says they were posted (as yt-dlp's tests record it), and how far the
# id may be off: uploads begin before the post appears, Weibo counts otherwise.
TOLD = [
    ("x", "560070183650213889", 1422366112, 1),
    ("x", "1001551623938805763", 1527623489, 1),
    ("instagram", "aye83DjauH", 1371748545, 1),
    ("instagram", "Chunk8-jurw", 1661529231, 120),
    ("instagram", "BkfuX9UB-eK", 1530032919, 60),
    ("tiktok", "6748451240264420610", 1571246252, 60),
    ("tiktok", "7253412088251534594", 1688816612, 60),
    ("bluesky", "3l4omssdl632g", 1726940605, 10),
    ("truthsocial", "108779000807761862", 1659835827, 1),
    ("truthsocial", "108618228543962049", 1657382637, 1),
    ("linkedin", "7084656651378536448", 1689113772, 1),
    ("linkedin", "7295762520814874625", 1739445333, 1),
    ("tumblr", "626907179849564160", 1597865276, 1),
    ("tumblr", "730460905855467520", 1696621805, 1),
    ("weibo", "4910815147462302", 1686312819, 240),
    ("weibo", "4189191225395228", 1514264429, 240),
    ("weibo", "1034:4967272104787984", 1699773545, 240),
]


@pytest.mark.parametrize(("platform", "post_id", "posted_at", "seconds"), TOLD)
def test_ids_tell_their_time_where_the_platform_made_them_from_a_clock(
    platform: str, post_id: str, posted_at: int, seconds: int
) -> None:
    made = id_time(platform, post_id)
    assert made is not None
    assert abs(made.timestamp() - posted_at) <= seconds


@pytest.mark.parametrize(
    ("platform", "post_id"),
    [
        ("x", "20"),
        ("x", "9223372036854775807"),
        ("instagram", "C1Demo"),
        ("tiktok", "9900937272010935558"),
        ("tiktok", "73123456789"),
        ("bluesky", "222demo222222"),
        ("bluesky", "self"),
        ("mastodon", "100000000000000"),
        ("threads", "CEWvdGNhDny"),
        ("tumblr", "54196191430"),
        ("youtube", "Demo_Clip-1"),
        ("twitch", "1812345678"),
        ("nowhere", "1"),
    ],
)
def test_an_id_that_was_counted_or_made_up_tells_no_time(platform: str, post_id: str) -> None:
    assert id_time(platform, post_id) is None


def test_a_handle_is_a_hint_and_no_part_of_what_an_address_is() -> None:
    one, other = (address_of(f"https://x.com/{name}/status/{POST}") for name in ("Harbour_DEMO", "someone_else"))
    assert one == other
    assert one is not None
    assert one.handle == "Harbour_DEMO"


def test_an_address_on_anybodys_host_is_trusted_a_little_less_and_says_why() -> None:
    at_home, anywhere = address_of(PLAIN), address_of("https://social.example/@harbour/112345678901234567")
    assert at_home is not None
    assert anywhere is not None
    assert (at_home.trust, at_home.doubt) == (1.0, "")
    assert 0.5 < anywhere.trust < 1
    assert "host" in anywhere.doubt
