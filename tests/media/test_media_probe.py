import struct

import pytest

from monitor.media import child
from monitor.media.probe import probe
from monitor.media.sniff import form_of


def test_a_clip_is_read_whole(clip):
    found = probe(clip)
    assert (found.kind, found.mime, found.extension) == ("video", "video/mp4", "mp4")
    assert (found.width, found.height, found.video_codec, found.audio_codec) == (160, 90, "h264", None)
    assert found.duration_s == pytest.approx(3, abs=0.2) and found.damaged is None


@pytest.mark.parametrize(
    ("name", "container", "codec", "kind"),
    [("a.webm", "webm", "libvpx-vp9", "video"), ("a.gif", "gif", "gif", "gif"), ("a.ts", "mpegts", "libx264", "video")],
)
def test_other_containers_are_read_too(tmp_path, clip_maker, name, container, codec, kind):
    found = probe(clip_maker(tmp_path / name, seconds=1, container=container, codec=codec))
    assert (found.kind, found.width, found.damaged) == (kind, 160, None)
    assert found.duration_s == pytest.approx(1, abs=0.25)


def test_pictures_are_read_and_broken_ones_told(tmp_path):
    from PIL import Image

    for form in ("png", "jpeg", "webp"):
        path = tmp_path / f"a.{form}"
        Image.effect_noise((64, 48), 50).save(path, form)
        whole = probe(path)
        assert (whole.kind, whole.width, whole.height, whole.damaged) == ("photo", 64, 48, None)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        assert probe(path).damaged


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
def test_a_clip_cut_anywhere_is_damaged(tmp_path, clip, share):
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clip.read_bytes()[: int(clip.stat().st_size * share)])
    found = probe(cut)
    assert found.kind == "video" and "cut" in found.damaged


def test_a_clip_without_its_index_is_damaged(tmp_path, clip_maker):
    whole = clip_maker(tmp_path / "late.mp4", moov_first=False).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: whole.index(b"moov") - 4])
    assert "moov" in probe(cut).damaged


def test_a_cut_webm_is_damaged(tmp_path, clip_maker):
    whole = clip_maker(tmp_path / "a.webm", seconds=8, container="webm", codec="libvpx-vp9").read_bytes()
    cut = tmp_path / "cut.webm"
    cut.write_bytes(whole[: len(whole) // 2])
    assert probe(cut).damaged


def test_what_is_no_media_is_unknown_and_says_why(tmp_path):
    assert probe(tmp_path / "missing").damaged.startswith("cannot be opened")
    for name, data in {
        "page": b"<html><body>x",
        "list": b"#EXTM3U\n",
        "empty": b"",
        "noise": bytes(range(256)),
    }.items():
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(data)
        assert probe(path).kind == "unknown" and "not a media file" in probe(path).damaged


def test_a_playlist_in_a_videos_name_opens_nothing(tmp_path, host):
    path = tmp_path / "a.mp4"
    path.write_bytes(f"#EXTM3U\n#EXTINF:1,\n{host.url('/s.ts')}\n#EXT-X-ENDLIST\n".encode())
    assert probe(path).mime == "application/vnd.apple.mpegurl"
    assert host.asked == []


def test_a_huge_picture_is_told_from_its_header_alone(tmp_path):
    import zlib

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 65_535, 65_535, 8, 2, 0, 0, 0))
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b""))
    found = probe(path)
    assert (found.width, found.height) == (65_535, 65_535) and "pixels" in found.damaged


def test_a_claim_of_a_billion_seconds_is_damaged(tmp_path, clip_maker):
    path = clip_maker(tmp_path / "bomb.webm", seconds=1, container="webm", codec="libvpx-vp9")
    data = bytearray(path.read_bytes())
    duration = data.index(b"\x44\x89\x88") + 3
    data[duration : duration + 8] = struct.pack(">d", 1e12)
    path.write_bytes(data)
    assert "claims to last 1000000000 s" in probe(path).damaged


def test_a_reader_that_is_stopped_leaves_the_file_unread_and_the_rest_goes_on(clip):
    found = probe(clip, child.Limits(wall_s=0.01, cpu_s=60, memory=2 * 1024**3, file_bytes=1024))
    assert found.kind == "video" and found.damaged.startswith("unread: the reader was stopped")
    found = probe(clip, child.Limits(wall_s=20, cpu_s=60, memory=2 * 1024**3, file_bytes=1024, open_files=4))
    assert found.damaged.startswith("unread: ")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\0\0\0\x18ftypmp42", "MP4"),
        (b"\0\0\0\x14ftypqt  ", "QuickTime"),
        (b"\0\0\0\x14ftypM4A ", "M4A"),
        (b"\x1aE\xdf\xa3....webm", "WebM"),
        (b"RIFF....WEBPVP8 ", "WebP"),
        (b"ID3\4", "MP3"),
        (b"OggS", "Ogg"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML>", "HTML"),
        (b"\n#EXTM3U", "a playlist"),
        (b"ffconcat version 1.0", "a playlist"),
        (b'<?xml version="1.0"?><MPD xmlns="x">', "a playlist"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "text"),
        ("Привіт".encode(), "text"),
        (b"\0\1\2\3", "bytes of a form we do not know"),
    ],
)
def test_forms_are_known_by_their_first_bytes(head, name):
    assert form_of(head).name == name
