from monitor.media.sheet import contact_sheet


def test_twelve_frames_evenly_spaced_make_one_picture(clip, tmp_path):
    from PIL import Image

    sheet = contact_sheet(clip, tmp_path)
    with Image.open(sheet) as picture:
        assert picture.format == "PNG" and picture.width == 4 * 324 + 4
        row = (picture.height - 4) // 3
        reds = [picture.getpixel((164 + column * 324, 90 + line * row))[0] for line in range(3) for column in range(4)]
    # The clip turns from blue to red: so do the frames, in the order of reading.
    assert reds == sorted(reds) and len(set(reds)) == 12


def test_a_cut_clip_still_shows_what_it_has(clip, tmp_path):
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clip.read_bytes()[: int(clip.stat().st_size * 0.8)])
    assert contact_sheet(cut, tmp_path) is not None


def test_what_has_no_moving_picture_has_no_sheet(tmp_path):
    for name, data in {
        "a.png": b"\x89PNG\r\n\x1a\n",
        "b.mp4": b"<html>",
        "c.mp4": b"\0\0\0\x18ftypmp42" + bytes(50),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert contact_sheet(tmp_path / name, tmp_path) is None
    assert contact_sheet(tmp_path / "missing", tmp_path) is None
    assert not (tmp_path / "sheet.png").exists()
