"""Small pictures for a report: within their bytes together, whatever lies among them."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from monitor.media.thumbnails import thumbnails


def _picture(path: Path, width: int = 1300, height: int = 700, kind: str = "PNG") -> Path:
    Image.effect_noise((width, height), 60).convert("RGB").save(path, kind)
    return path


def test_pictures_become_small_and_together_keep_to_their_bytes(tmp_path: Path) -> None:
    wanted = {f"{n:064x}": _picture(tmp_path / f"{n}.png") for n in range(4)}
    for most in (400_000, 24_000):
        made = thumbnails(wanted, tmp_path, most_bytes=most)
        assert set(made) == set(wanted)
        assert sum(map(len, made.values())) <= most
        sizes = [Image.open(BytesIO(jpeg)).size for jpeg in made.values()]
        assert all(150 <= width <= 480 and height < width for width, height in sizes)


def test_what_no_longer_fits_is_left_out(tmp_path: Path) -> None:
    wanted = {name: _picture(tmp_path / name) for name in "abcd"}
    made = thumbnails(wanted, tmp_path, most_bytes=2_500)
    assert 0 < len(made) < 4
    assert sum(map(len, made.values())) <= 2_500


def test_what_is_no_picture_costs_itself(tmp_path: Path) -> None:
    broken, empty = tmp_path / "broken", tmp_path / "empty"
    broken.write_bytes(_picture(tmp_path / "x.png").read_bytes()[:2000])
    empty.write_bytes(b"")
    (tmp_path / "page").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    wanted = {"broken": broken, "empty": empty, "page": tmp_path / "page", "gone": tmp_path / "gone"}
    made = thumbnails({**wanted, "good": _picture(tmp_path / "good", kind="JPEG")}, tmp_path, most_bytes=100_000)
    assert set(made) == {"good"}
    assert thumbnails({}, tmp_path, most_bytes=1) == {}
