import json

import pytest

from monitor.errors import NotAllowed, NotThere, NotUnderstood, TooLarge
from monitor.model.media import Wanted

PAGE = b'<html><head><title>Demo clip</title></head><body><video src="/clip.mp4"></video></body></html>'


@pytest.fixture
def post(host, reply, clip_bytes):
    host.routes["/post/1"] = reply(200, PAGE, Content_Type="text/html")
    host.routes["/clip.mp4"] = reply(200, clip_bytes)
    return Wanted("demo", "1", host.url("/post/1"), None)


def test_a_page_of_a_named_host_gives_its_video(host, post, downloader, tmp_path, clip_bytes):
    [got] = downloader(generic_hosts=(host.address,)).fetch(post, tmp_path / "into")
    assert got.path.read_bytes() == clip_bytes
    assert got.via == "extractor" and got.key.startswith("url-") and got.owner_id is None
    assert json.loads(got.info)["extractor"] == "html5"
    assert str(tmp_path) not in got.info.decode()


def test_a_page_of_any_other_host_is_not_searched(host, post, downloader, tmp_path):
    with pytest.raises(NotUnderstood, match="/post/1"):
        downloader(generic_hosts=("media.example.org",), extractors=("twitter",)).fetch(post, tmp_path / "into")
    assert host.asked == []


def test_a_redirect_to_an_unnamed_host_gives_no_video(host, post, reply, downloader, tmp_path):
    elsewhere = host.url("/post/1").replace("127.0.0.1", "localhost")
    host.routes["/go"] = reply(302, Location=elsewhere)
    wanted = Wanted("demo", "1", host.url("/go"), None)
    with pytest.raises(NotAllowed, match="generic_hosts"):
        downloader(generic_hosts=(host.address,)).fetch(wanted, tmp_path / "into")
    assert host.count["/clip.mp4"] == 0


@pytest.mark.parametrize("status", [403, 404])
def test_a_variant_that_is_refused_is_looked_for_on_the_posts_page(
    host, post, reply, downloader, wanted, tmp_path, clip_bytes, status
):
    host.routes["/v.mp4"] = reply(status)
    asked = wanted(host.url("/v.mp4"), post_url=post.post_url)
    [got] = downloader(generic_hosts=(host.address,)).fetch(asked, tmp_path / "into")
    assert (got.via, got.key, got.size) == ("extractor", "m1", len(clip_bytes))


def test_a_page_without_video_says_so(host, reply, downloader, tmp_path):
    host.routes["/post/2"] = reply(200, b"<html><body>words</body></html>", Content_Type="text/html")
    with pytest.raises((NotThere, NotUnderstood), match="/post/2"):
        downloader(generic_hosts=(host.address,)).fetch(
            Wanted("demo", "2", host.url("/post/2"), None), tmp_path / "into"
        )


def test_a_page_that_is_gone_says_so(host, downloader, tmp_path):
    with pytest.raises(NotThere, match="404"):
        downloader(generic_hosts=(host.address,)).fetch(Wanted("demo", "3", host.url("/none"), None), tmp_path / "into")


def test_a_live_stream_is_passed_over(host, reply, downloader, tmp_path):
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/seg0.ts\n"
    host.routes["/live.m3u8"] = reply(200, playlist, Content_Type="application/vnd.apple.mpegurl")
    with pytest.raises(NotAllowed, match="live"):
        downloader(generic_hosts=(host.address,)).fetch(
            Wanted("demo", "4", host.url("/live.m3u8"), None), tmp_path / "into"
        )
    assert host.count["/seg0.ts"] == 0


def test_a_live_stream_on_a_page_is_passed_over(host, reply, downloader, tmp_path):
    """The pages' extractor does not look whether a stream still runs."""
    page = b'<html><body><video><source src="/live.m3u8" type="application/x-mpegURL"></video></body></html>'
    host.routes["/page"] = reply(200, page, Content_Type="text/html")
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/seg0.ts\n"
    host.routes["/live.m3u8"] = reply(200, playlist, Content_Type="application/vnd.apple.mpegurl")
    with pytest.raises(NotAllowed, match="live"):
        downloader(generic_hosts=(host.address,)).fetch(Wanted("demo", "4", host.url("/page"), None), tmp_path / "into")
    assert host.count["/seg0.ts"] == 0


def test_a_live_stream_is_passed_over_also_when_the_extractor_could_not_look(host, reply, downloader, tmp_path):
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/seg0.ts\n"
    whole = reply(200, playlist, Content_Type="application/vnd.apple.mpegurl")
    # yt-dlp asks for the form, for the variants, and then whether it runs.
    host.routes["/live.m3u8"] = lambda handler: (whole if host.count["/live.m3u8"] != 3 else reply(503))(handler)
    with pytest.raises(NotAllowed, match="live"):
        downloader(generic_hosts=(host.address,)).fetch(
            Wanted("demo", "4", host.url("/live.m3u8"), None), tmp_path / "into"
        )
    assert host.count["/seg0.ts"] == 0


@pytest.fixture
def segments(host, reply, clip_maker, tmp_path):
    data = clip_maker(tmp_path / "seg.ts", seconds=1, container="mpegts").read_bytes()
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n/s0.ts\n#EXTINF:1,\n/s1.ts\n#EXT-X-ENDLIST\n"
    host.routes["/v.m3u8"] = reply(200, playlist, Content_Type="application/vnd.apple.mpegurl")
    host.routes["/s0.ts"] = host.routes["/s1.ts"] = reply(200, data, Content_Type="video/mp2t")
    return host.url("/v.m3u8")


def test_a_manifest_is_the_last_choice_and_gives_one_whole_file(segments, downloader, wanted, tmp_path):
    from monitor.media.probe import probe

    asked = wanted(segments, content_type="application/x-mpegURL")
    [got] = downloader().fetch(asked, tmp_path / "into")
    assert got.key == "m1"
    found = probe(got.path)
    # ffmpeg, fed with the local file alone, has put the segments into a container of their own.
    assert (found.mime, found.video_codec) == ("video/mp4", "h264")


def test_a_missing_segment_fails_the_whole_file(host, segments, downloader, wanted, tmp_path):
    del host.routes["/s1.ts"]
    with pytest.raises((NotThere, NotUnderstood), match=r"v\.m3u8"):
        downloader().fetch(wanted(segments, content_type="application/x-mpegURL"), tmp_path / "into")


def test_a_manifest_that_names_a_local_file_reads_none(host, reply, downloader, wanted, tmp_path):
    (tmp_path / "canary.ts").write_bytes(b"CANARY" * 100)
    playlist = f"#EXTM3U\n#EXTINF:1,\nfile://{tmp_path}/canary.ts\n#EXT-X-ENDLIST\n".encode()
    host.routes["/v.m3u8"] = reply(200, playlist, Content_Type="application/vnd.apple.mpegurl")
    with pytest.raises(Exception, match=r"v\.m3u8"):
        downloader().fetch(wanted(host.url("/v.m3u8"), content_type="application/x-mpegURL"), tmp_path / "into")
    assert not any(b"CANARY" in path.read_bytes() for path in (tmp_path / "into").iterdir())


def test_a_clip_over_the_longest_duration_is_not_downloaded(host, reply, segments, downloader, wanted, tmp_path):
    long = b"#EXTM3U\n#EXT-X-TARGETDURATION:7200\n#EXTINF:7200,\n/s0.ts\n#EXT-X-ENDLIST\n"
    host.routes["/v.m3u8"] = reply(200, long, Content_Type="application/vnd.apple.mpegurl")
    with pytest.raises(TooLarge, match="max_duration"):
        downloader().fetch(wanted(segments, content_type="application/x-mpegURL"), tmp_path / "into")
    assert host.count["/s0.ts"] == 0


def test_describe_tells_what_a_page_shows_and_downloads_nothing(host, post, downloader):
    info = json.loads(downloader(generic_hosts=(host.address,)).describe(post.post_url))
    assert info["formats"][0]["url"] == host.url("/clip.mp4")
    assert host.count["/clip.mp4"] <= 1


def test_describe_of_an_unknown_page_is_not_understood(host, downloader):
    with pytest.raises(NotUnderstood):
        downloader().describe(host.url("/post/1"))
    assert host.asked == []


def media(number):
    return {
        "id_str": str(number),
        "type": "video",
        "video_info": {
            "duration_millis": 3000,
            "variants": [
                {
                    "content_type": "video/mp4",
                    "bitrate": 800_000,
                    "url": f"https://video.example.org/ext_tw_video/{number}/pu/vid/a.mp4",
                }
            ],
        },
    }


def twitter(status):
    """Our extractor of X's posts, answered by `status` in place of X."""
    from yt_dlp import YoutubeDL

    from monitor.media.download_door import TwitterIE

    class Answered(TwitterIE):
        def _call_graphql_api(self, endpoint, media_id):
            return {"tweetResult": {"result": status}}

    # yt-dlp keys extractors by the name of their class.
    Answered.__name__ = "TwitterIE"
    door = YoutubeDL({"quiet": True, "cachedir": False, "proxy": ""}, auto_init=False)
    door.add_info_extractor(Answered())
    return lambda url: door.extract_info(url, download=False)


def status(number, *videos, quoted=None):
    legacy = {"id_str": str(number), "full_text": "A demo post", "extended_entities": {"media": list(videos)}}
    found = {"__typename": "Tweet", "legacy": legacy}
    if quoted is not None:
        found["quoted_status_result"] = {"result": quoted}
    return found


def test_a_quoted_posts_video_is_not_attributed_to_the_quoting_post():
    found = twitter(status(200, media(900), quoted=status(100, media(800))))("https://x.com/demo_kora/status/200")
    assert (found["id"], found["display_id"], found["postwatch_owner_id"]) == ("900", "200", "200")


def test_a_repost_is_told_apart_by_its_owner():
    shared = status(300)
    shared["legacy"]["retweeted_status_result"] = {"result": {"legacy": status(100, media(800))["legacy"]}}
    found = twitter(shared)("https://x.com/demo_kora/status/300")
    assert found["postwatch_owner_id"] == "100"


def test_every_video_of_a_post_knows_its_owner():
    found = twitter(status(200, media(900), media(901)))("https://x.com/demo_kora/status/200")
    assert [(e["id"], e["postwatch_owner_id"]) for e in found["entries"]] == [("900", "200"), ("901", "200")]


@pytest.mark.parametrize("link", ["https://www.youtube.com/watch?v=abcdefghijk", "https://x.com/demo_iva/status/100"])
def test_what_a_post_merely_links_to_is_not_its_video(link):
    from yt_dlp.utils import DownloadError

    linking = status(200)
    linking["legacy"]["entities"] = {"urls": [{"expanded_url": link}]}
    with pytest.raises(DownloadError, match="No video could be found"):
        twitter(linking)("https://x.com/demo_kora/status/200")
