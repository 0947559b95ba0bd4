import pytest

from monitor.errors import Refused, ServerTrouble
from monitor.net.guard import Guard
from monitor.settings.declared import NetOptions


@pytest.fixture
def guarded(host):
    with Guard(NetOptions(allow=(host.address,))) as guard:
        yield guard.pass_for("media")


@pytest.fixture
def canary(host):
    other = type(host)()
    yield other
    other.close()


def test_a_download_goes_through_the_guard_whatever_the_environment_says(
    host, reply, guarded, downloader, wanted, tmp_path, clip_bytes, monkeypatch
):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "*")
    host.routes["/v.mp4"] = reply(200, clip_bytes)
    [got] = downloader(proxy=guarded).fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert got.size == len(clip_bytes)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_that_is_not_public_is_refused_and_never_asked(
    canary, guarded, downloader, wanted, tmp_path, scheme
):
    with pytest.raises(Refused, match="guard"):
        downloader(proxy=guarded).fetch(wanted(f"{scheme}://{canary.address}/v.mp4"), tmp_path / "into")
    assert canary.asked == []


def test_a_redirect_and_a_segment_to_a_private_address_are_refused(
    host, reply, canary, guarded, downloader, wanted, tmp_path
):
    host.routes["/v.mp4"] = reply(302, Location=canary.url("/v.mp4"))
    with pytest.raises(Refused):
        downloader(proxy=guarded).fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    playlist = f"#EXTM3U\n#EXTINF:1,\n{canary.url('/s.ts')}\n#EXT-X-ENDLIST\n".encode()
    host.routes["/v.m3u8"] = reply(200, playlist, Content_Type="application/vnd.apple.mpegurl")
    with pytest.raises(Refused):
        downloader(proxy=guarded).fetch(
            wanted(host.url("/v.m3u8"), content_type="application/x-mpegURL"), tmp_path / "into2"
        )
    assert canary.asked == []


def test_a_guard_that_is_gone_is_a_passing_fault_and_no_way_round(host, downloader, wanted, tmp_path):
    with pytest.raises(ServerTrouble):
        downloader(proxy="http://media:x@127.0.0.1:9").fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert host.asked == []
