import hashlib
import json
import shutil
import ssl
import subprocess
import time

import pytest

from monitor.errors import (
    NotAllowed,
    NotThere,
    NotUnderstood,
    RateLimited,
    Refused,
    ServerTrouble,
    StorageFull,
    TooLarge,
)
from monitor.model.media import Wanted
from monitor.model.post import Attachment, Variant


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def test_the_best_variant_arrives_whole_hashed_and_with_progress(host, reply, downloader, tmp_path, clip_bytes):
    host.routes["/high.mp4"] = reply(200, clip_bytes)
    attachment = Attachment(
        "7_1",
        "video",
        variants=(
            Variant(host.url("/list.m3u8"), "application/x-mpegURL"),
            Variant(host.url("/low.mp4"), "video/mp4", 256_000),
            Variant(host.url("/high.mp4"), "video/mp4", 2_176_000),
        ),
    )
    told = []
    [got] = downloader().fetch(
        Wanted("x", "100", "https://x.com/i/status/100", attachment),
        tmp_path / "into",
        progress=lambda done, total: told.append((done, total)),
    )
    assert got.sha256 == sha256(clip_bytes) == sha256(got.path.read_bytes())
    assert (got.size, got.key, got.via, got.info) == (len(clip_bytes), "7_1", "variant", b"")
    assert got.path.parent == tmp_path / "into"
    assert "yt-dlp" in got.tools and got.started_at <= got.ended_at
    assert told
    assert [path for path, _ in host.asked] == ["/high.mp4"]


def test_a_photo_is_fetched_from_its_own_address(host, reply, downloader, wanted, tmp_path):
    png = b"\x89PNG\r\n\x1a\n" + bytes(100)
    host.routes["/a.png"] = reply(200, png, Content_Type="image/png")
    [got] = downloader().fetch(wanted(host.url("/a.png"), kind="photo"), tmp_path / "into")
    assert got.sha256 == sha256(png)


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (410, {}, NotThere),
        (403, {}, NotAllowed),
        (403, {"X_Postwatch_Guard": "10.0.0.1 is not public"}, Refused),
        (429, {"Retry_After": "60"}, RateLimited),
        (503, {}, ServerTrouble),
    ],
)
def test_each_refusal_becomes_its_own_error_and_names_the_address(
    host, reply, downloader, wanted, tmp_path, status, headers, error
):
    host.routes["/v.mp4"] = reply(status, **headers)
    with pytest.raises(error, match=r"/v\.mp4") as raised:
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert type(raised.value) is error
    assert error is not RateLimited or raised.value.retry_at is not None


def test_a_cut_connection_is_resumed_by_a_range_of_the_same_file(host, downloader, wanted, tmp_path, clip_bytes):
    host.routes["/v.mp4"] = ranged(clip_bytes, cut_first=len(clip_bytes) // 2)
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert got.sha256 == sha256(clip_bytes)
    assert host.asked[1][1]["If-Range"] == '"a"'


def test_a_body_that_stays_short_is_never_complete(host, reply, downloader, wanted, tmp_path, clip_bytes):
    host.routes["/v.mp4"] = reply(200, clip_bytes[:50_000], Content_Length=len(clip_bytes))
    with pytest.raises(ServerTrouble, match=r"v\.mp4"):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert host.count["/v.mp4"] == 3
    assert not (tmp_path / "into" / "media").exists()


def test_a_cut_chunked_body_is_a_passing_fault(host, downloader, wanted, tmp_path, clip_bytes):
    def chunked(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"c350\r\n" + clip_bytes[:50_000] + b"\r\nc350\r\n" + clip_bytes[:100])

    host.routes["/v.mp4"] = chunked
    with pytest.raises(ServerTrouble):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")


def test_a_length_that_lies_low_gives_a_file_that_the_probe_calls_cut(
    host, reply, downloader, wanted, tmp_path, clip_bytes
):
    from monitor.media.probe import probe

    host.routes["/v.mp4"] = reply(200, clip_bytes, Content_Length=100_000)
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert got.size == 100_000
    assert "cut" in probe(got.path).damaged


def test_a_declared_size_beyond_the_cap_is_refused_before_its_bytes(host, reply, downloader, wanted, tmp_path):
    host.routes["/v.mp4"] = reply(200, b"x", Content_Length=50_000_000_000)
    with pytest.raises(TooLarge, match="50,000,000,000"):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert list((tmp_path / "into").iterdir()) == []


def test_an_undeclared_body_beyond_the_cap_is_stopped_while_it_streams(host, downloader, wanted, tmp_path):
    sent = [0]

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(3_000):
            handler.wfile.write(bytes(100_000))
            sent[0] += 100_000

    host.routes["/v.mp4"] = endless
    with pytest.raises(TooLarge, match="max_bytes"):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert sum(sent) < 100_000_000
    assert list((tmp_path / "into").iterdir()) == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<!DOCTYPE html><html><body>Over capacity</body></html>", "HTML"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "a playlist"),
        (b'{"error": "try again"}', "text"),
    ],
)
def test_words_in_a_videos_place_are_not_a_video(host, reply, downloader, wanted, tmp_path, body, name):
    host.routes["/v.mp4"] = reply(200, body)
    with pytest.raises(NotUnderstood, match=f"sent {name} instead"):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert list((tmp_path / "into").iterdir()) == []


def test_an_empty_body_is_a_passing_fault(host, reply, downloader, wanted, tmp_path):
    host.routes["/v.mp4"] = reply(200, b"")
    with pytest.raises(ServerTrouble):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into")


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.wfile.write(bytes(4096))
    for _ in range(400):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def test_a_slow_drip_is_stopped_by_the_least_rate(host, downloader, wanted, tmp_path):
    host.routes["/v.mp4"] = drip
    with pytest.raises(ServerTrouble, match="slower than"):
        downloader(slow_after=0.5, min_bytes_per_second=50_000).fetch(wanted(host.url("/v.mp4")), tmp_path / "into")


def test_a_download_without_end_is_stopped_by_the_clock(host, downloader, wanted, tmp_path):
    host.routes["/v.mp4"] = drip
    began = time.monotonic()
    with pytest.raises(ServerTrouble, match="download_timeout"):
        downloader(download_timeout=1).fetch(wanted(host.url("/v.mp4")), tmp_path / "into")
    assert time.monotonic() - began < 10


def test_what_the_progress_raises_stops_the_download(host, downloader, wanted, tmp_path):
    class StopError(Exception):
        pass

    def stop(done, total):
        raise StopError

    host.routes["/v.mp4"] = drip
    with pytest.raises(StopError):
        downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "into", progress=stop)


def test_a_clip_that_is_too_long_is_not_even_asked_for(host, downloader, wanted, tmp_path):
    with pytest.raises(TooLarge, match="max_duration"):
        downloader(max_duration=60).fetch(wanted(host.url("/v.mp4"), duration_ms=61_000), tmp_path / "into")
    assert host.asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "/etc/passwd"])
def test_only_http_addresses_are_fetched(downloader, wanted, tmp_path, url):
    with pytest.raises(NotUnderstood, match="not an http address"):
        downloader().fetch(wanted(url), tmp_path / "into")


def ranged(body, *, cut_first=None, etag='"a"'):
    """Serves ranges and If-Range; the first answer is cut after `cut_first` bytes."""
    seen = []

    def write(handler):
        start, status = 0, 200
        same = handler.headers.get("If-Range") in (None, etag)
        if handler.headers.get("Range") and same:
            start, status = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-")), 206
        handler.send_response(status)
        handler.send_header("ETag", etag)
        handler.send_header("Content-Length", str(len(body) - start))
        if status == 206:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.end_headers()
        seen.append(start)
        handler.wfile.write(body[start : cut_first if len(seen) == 1 else None])

    return write


def test_the_next_attempt_resumes_the_part_that_the_last_one_left(
    host, reply, downloader, wanted, tmp_path, clip_bytes
):
    into, half = tmp_path / "job-1", len(clip_bytes) // 2
    host.routes["/v.mp4"] = ranged(clip_bytes)
    into.mkdir()
    (into / "media.part").write_bytes(clip_bytes[:half])
    (into / "media.note").write_text(json.dumps({"url": host.url("/v.mp4"), "mark": '"a"'}))
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), into)
    assert got.sha256 == sha256(clip_bytes)
    assert host.asked[0][1]["Range"] == f"bytes={half}-"


def test_a_part_of_a_file_that_changed_is_begun_anew(host, downloader, wanted, tmp_path, clip_bytes):
    into = tmp_path / "job-1"
    host.routes["/v.mp4"] = ranged(clip_bytes, etag='"b"')
    into.mkdir()
    (into / "media.part").write_bytes(b"the old file's first half")
    (into / "media.note").write_text(json.dumps({"url": host.url("/v.mp4"), "mark": '"a"'}))
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), into)
    assert got.sha256 == sha256(clip_bytes)


def test_a_part_without_a_note_is_not_trusted(host, downloader, wanted, tmp_path, clip_bytes):
    into = tmp_path / "job-1"
    host.routes["/v.mp4"] = ranged(clip_bytes)
    into.mkdir()
    (into / "media.part").write_bytes(b"of unknown origin")
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), into)
    assert got.sha256 == sha256(clip_bytes)
    assert "Range" not in host.asked[0][1]


def test_a_whole_file_of_an_earlier_try_is_fetched_anew(host, reply, downloader, wanted, tmp_path, clip_bytes):
    host.routes["/v.mp4"] = reply(200, clip_bytes)
    (tmp_path / "job-1").mkdir()
    (tmp_path / "job-1" / "media").write_bytes(b"another file")
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "job-1")
    assert got.sha256 == sha256(clip_bytes)


def test_a_full_disk_is_told_and_leaves_nothing(host, reply, downloader, wanted, tmp_path, clip_bytes, small_disk):
    host.routes["/v.mp4"] = reply(200, clip_bytes * 8)
    with pytest.raises(StorageFull, match="No space left"):
        downloader().fetch(wanted(host.url("/v.mp4")), small_disk / "into")
    assert list((small_disk / "into").iterdir()) == []


def test_only_the_operators_authorities_are_trusted(reply, host, downloader, wanted, tmp_path, clip_bytes):
    """An authority of the test's own, made by openssl; skipped where there is none."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=demo", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    subprocess.run([*made, *named, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    host.server.socket = context.wrap_socket(host.server.socket, server_side=True)
    host.server.handle_error = lambda *_: None
    host.routes["/v.mp4"] = reply(200, clip_bytes)
    asked = wanted(f"https://{host.address}/v.mp4")
    with pytest.raises(ServerTrouble, match=r"(?i)certificate"):
        downloader().fetch(asked, tmp_path / "into")
    [got] = downloader(ca_bundle=str(tmp_path / "cert")).fetch(asked, tmp_path / "into")
    assert got.sha256 == sha256(clip_bytes)
