"""The exact frame of a clip: told by a clip whose every frame bears its number, in stripes."""

from collections.abc import Callable
from pathlib import Path

import av
import pytest
from PIL import Image

from monitor.errors import NotUnderstood
from monitor.media.frame import cut_frame, key_frames

_RATE, _COUNT = 25, 75


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds, key frames a second apart; frame n shows the bits of n as eight black and white stripes."""
    path = tmp_path_factory.mktemp("frames") / "counted.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=_RATE, options={"g": str(_RATE), "qscale": "1"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for n in range(_COUNT):
            image = Image.new("RGB", (320, 180))
            for bit in range(8):
                image.paste((255 * (n >> bit & 1),) * 3, (40 * bit, 0, 40 * bit + 40, 180))
            container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode(None))
    return path


def number_of(path: Path) -> int:
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (320, 180))
        bits = [picture.convert("L").getpixel((40 * bit + 20, 90)) for bit in range(8)]
    return sum(1 << bit for bit, light in enumerate(bits) if isinstance(light, int) and light > 127)


@pytest.mark.parametrize(
    ("at", "number"), [(0.0, 0), (0.04, 1), (0.999, 24), (1.0, 25), (1.5, 37), (2.96, 74), (99.0, 74)]
)
def test_the_frame_is_the_one_to_be_seen_at_that_time(counted: Path, tmp_path: Path, at: float, number: int) -> None:
    frame = cut_frame(counted, at, tmp_path)
    assert number_of(frame.path) == number
    assert frame.at_seconds == pytest.approx(number / _RATE, abs=0.001)
    assert (frame.width, frame.height) == (320, 180)


def test_key_frames_are_spread_over_the_clip(counted: Path, tmp_path: Path) -> None:
    times = key_frames(counted, tmp_path)
    assert times == sorted(set(times))
    assert times[0] == 0.0
    assert len(times) > 2
    assert all(at * _RATE == pytest.approx(round(at * _RATE), abs=0.05) for at in times)
    assert {p.name for p in tmp_path.glob("*.jpg")} == {f"{n}.jpg" for n in range(len(times))}


def test_a_picture_is_its_own_frame(tmp_path: Path) -> None:
    Image.new("RGB", (320, 180), (0, 0, 0)).save(tmp_path / "a.jpg", quality=95)
    assert number_of(cut_frame(tmp_path / "a.jpg", 7, tmp_path).path) == 0
    assert key_frames(tmp_path / "a.jpg", tmp_path) == []


@pytest.mark.parametrize(
    "make", [lambda p: p.write_bytes(b"<html>"), lambda p: p.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(99))]
)
def test_what_holds_no_frame_is_told_as_such(tmp_path: Path, make: Callable[[Path], int]) -> None:
    make(tmp_path / "a.mp4")
    with pytest.raises(NotUnderstood):
        cut_frame(tmp_path / "a.mp4", 0, tmp_path)
    assert key_frames(tmp_path / "a.mp4", tmp_path) == []
