"""`init`, `inspect`, and what exit codes mean."""

import fcntl
import gzip
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from e2e_room import COMMAND, Room

from monitor.demo.world import World

_PAGE = """<!doctype html><html lang="en"><head><title>A page (demo)</title></head><body><article><h1>A page (demo)</h1>
<p>The words before it.</p><p>See <a href="https://twitter.com/Horalenko_demo/status/1803739203040000000">this</a>.</p>
</article></body></html>"""


def test_init_makes_a_home_and_never_overwrites(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    assert "postwatch add" in room.run("init").stderr
    config = room.home / "config"
    assert {p.name for p in config.iterdir()} == {
        "postwatch.toml",
        "watches.toml",
        "rules.toml",
        "people.toml",
        "aliases.toml",
        "tools.toml",
    }
    (config / "rules.toml").write_text("# mine\n")
    (config / "watches.toml").unlink()
    room.run("init")
    assert (config / "rules.toml").read_text() == "# mine\n"
    assert (config / "watches.toml").exists()
    assert room.run("once").returncode == 0
    assert "BAD" not in room.run("doctor", "--offline").stdout


def test_unusable_settings_are_told_all_at_once_with_exit_code_2(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.write(
        settings='[budget]\nusd_per_mont = 5\n\n[media]\nmax_bytes = "many"\n\n[[channel]]\nname = "desk"\n'
        'url = "webhook+https://desk.demo.invalid/hook"\n',
        watches='[[account]]\nplatform = "x"\n\n[[feed]]\nurl = "not an address"\n',
        rules='[[rule]]\nname = "r"\nchannels = ["nobody"]\nkind = []\n',
    )
    said = room.run("once", code=2).stderr
    for words in ("usd_per_mont", "usd_per_month", "max_bytes", "handle", "not an address", "kind"):
        assert words in said
    for file in ("config/postwatch.toml", "config/watches.toml", "config/rules.toml"):
        assert re.search(rf"^postwatch: {re.escape(file)}", said, re.MULTILINE)
    assert not (room.home / "storage").exists()
    assert "postwatch init" in Room(tmp_path / "nowhere").run("posts", code=2).stderr


def test_a_missing_secret_and_an_unknown_channel_are_told(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.write(
        settings='[[channel]]\nname = "desk"\nurl = "webhook+https://desk.demo.invalid/hook"\n\n'
        '[[channel]]\nname = "mail"\nurl = "mailtos://demo:hidden-pass@mail.demo.invalid"\n',
        rules='[[rule]]\nname = "r"\nchannels = ["nobody"]\n',
    )
    said = room.run("once", code=2).stderr
    for words in ("POSTWATCH_CHANNEL_DESK_SECRET", "allow_inline_secret", "nobody"):
        assert words in said
    assert "hidden-pass" not in said


def test_a_broken_row_hides_no_mistake_of_another(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.write(
        settings='[budget]\nusd_per_month = "ten"\n\n[[channel]]\nname = "desk"\ncolour = "red"\n'
        'url = "webhook+https://desk.demo.invalid/hook"\n',
        watches='[[account]]\nhandle = "one"\nevry = "5m"\n\n[[account]]\nhandle = "@One"\n',
        rules='[[rule]]\nname = "r"\nhas_video = "yes"\nkinds = ["post_knew"]\nchannels = ["dsk"]\n',
    )
    said = room.run("once", code=2).stderr
    for words in ("usd_per_month", "colour", "POSTWATCH_CHANNEL_DESK_SECRET", "evry", "has_video", "post_new", '"dsk"'):
        assert words in said
    assert re.search(r"watches.toml:5: x:one is declared twice: it stands at watches.toml:1", said)


def test_inspect_needs_no_secret_of_a_channel(tmp_path: Path) -> None:
    room, page = Room(tmp_path / "home"), tmp_path / "page.html"
    room.write(settings='[[channel]]\nname = "desk"\nurl = "webhook+https://desk.demo.invalid/hook"\n')
    page.write_text(_PAGE)
    assert json.loads(room.run("inspect", "--json", page).stdout)["citations"]


def test_json_is_utf8_whatever_the_locale_and_the_names_of_files(tmp_path: Path) -> None:
    room, odd = Room(tmp_path / "home"), os.fsencode(tmp_path) + b"/\xff.html"
    Path(os.fsdecode(odd)).write_bytes(_PAGE.replace("A page", "Grüße").encode())
    listed = tmp_path / "list"
    listed.write_bytes(b"\xef\xbb\xbf" + odd + b"\r\n")
    done = room.run("inspect", "--json", "--list", listed, PYTHONIOENCODING="ascii", LC_ALL="POSIX")
    record = json.loads(done.stdout)
    assert (record["title"], len(record["citations"])) == ("Grüße (demo)", 1)
    assert os.fsencode(record["source"]) == odd


def test_inspect_reads_a_pipe(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    read, write = os.pipe()
    os.write(write, _PAGE.encode())
    os.close(write)
    done = subprocess.run(
        [COMMAND, "inspect", "--json", f"/dev/fd/{read}"], pass_fds=[read], capture_output=True, text=True, timeout=60
    )
    os.close(read)
    assert not room.home.exists()
    assert len(json.loads(done.stdout)["citations"]) == 1


def test_a_broken_database_or_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.run("init")
    (room.home / "storage" / "postwatch.db").write_bytes(b"no database" * 500)
    for words in ("once", "posts"):
        said = room.run(words, code=1).stderr
        assert "restore the newest of storage/backups" in said
        assert "Traceback" not in said
    assert "BAD   database" in room.run("doctor", "--offline", code=1).stdout
    blocked = Room(tmp_path / "blocked")
    blocked.write(settings="")
    (blocked.home / "storage").write_text("a file")
    said = blocked.run("once", code=1).stderr
    assert str(blocked.home / "storage") in said
    assert "Traceback" not in said


def test_wrong_use_is_64_and_a_home_in_use_is_75(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.run("init")
    for words in (("no-such-command",), ("posts", "--limit", "0"), ("inspect",), ("posts", "--since", "soon")):
        room.run(*words, code=64)
    with (room.home / "storage" / "postwatch.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "another postwatch works in" in room.run("once", code=75).stderr
        assert room.rows("posts") == []
    room.run("once")


def test_inspect_reads_files_and_addresses_and_goes_on_after_one_that_fails(tmp_path: Path) -> None:
    page, packed, listed = tmp_path / "page.html", tmp_path / "page.txt.gz", tmp_path / "list"
    page.write_text(_PAGE)
    packed.write_bytes(gzip.compress(b"Anton Goralenko posted the farewell video on platform X.\n"))
    with World() as world:
        url = world.story.article_url("embed")
        listed.write_text(f"{page}\n{tmp_path / 'missing.html'}\n{url}\n{packed}\n")
        room = Room(tmp_path / "no-home")
        told = room.run("inspect", "--json", "--allow", world.news.host_port, "--list", listed, code=1).stdout
        found = [json.loads(line) for line in told.splitlines()]
        assert [row["source"] for row in found] == listed.read_text().splitlines()
        assert found[1]["error"]
        for row in (found[0], found[2], found[3]):
            assert {"url", "title", "author", "published_at", "language", "citations", "warnings"} <= set(row)
        (link,), (embed,), (words,) = (found[n]["citations"] for n in (0, 2, 3))
        assert (link["kind"], link["platform"], link["post_id"]) == ("link", "x", "1803739203040000000")
        assert {"url", "handle", "form", "where", "text"} <= set(link)
        assert world.story.farewell
        assert (embed["kind"], embed["post_id"], embed["handle"]) == (
            "embed",
            world.story.farewell.id,
            "Horalenko_demo",
        )
        assert (words["kind"], words["post_id"], words["platform"]) == ("mention", None, "x")
        refused = room.run("inspect", "--json", url, code=1).stdout
        assert "error" in json.loads(refused)
        assert len(world.news.requests) == 1
        assert not room.home.exists()


@pytest.mark.parametrize("form", ["people", "json"])
def test_inspect_of_a_sound_file_is_well(tmp_path: Path, form: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(_PAGE)
    words = [
        "inspect",
        str(page),
        "--base-url",
        "https://news.demo.invalid/page",
        *(["--json"] if form == "json" else []),
    ]
    told = Room(tmp_path).run(*words).stdout
    assert "https://x.com/i/status/1803739203040000000" in told
    assert "A page (demo)" in told


@pytest.mark.parametrize(
    ("stamp", "shown", "precision"),
    [
        ("2024-07-14", "2024-07-14\n", "day"),
        ("2024-07-14 18:30", "2024-07-14 18:30 (no time zone told)\n", "no_zone"),
        ("2024-07-14T18:30:00+02:00", "2024-07-14T16:30:00.000Z\n", "exact"),
    ],
)
def test_inspect_tells_a_date_no_more_exactly_than_the_page(
    tmp_path: Path, stamp: str, shown: str, precision: str
) -> None:
    page = tmp_path / "bridge.html"
    text = "<p>The council of Lindenhafen has voted on the bridge, and the session lasted until after midnight.</p>" * 3
    page.write_text(f'<html><meta name="date" content="{stamp}"><h1>Bridge vote</h1>{text}</html>', encoding="utf-8")
    room = Room(tmp_path)
    assert shown in room.run("inspect", page).stdout
    (row,) = [json.loads(line) for line in room.run("inspect", "--json", page).stdout.splitlines()]
    assert (row["published_precision"], row["published_by"]) == (precision, "metadata")
    assert row["published_at"].endswith("Z")
