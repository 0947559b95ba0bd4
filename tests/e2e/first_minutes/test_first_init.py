"""`init` on a pseudo-terminal: five questions, Enter takes the default, and no question anywhere else."""

import json
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e_room import Room
from e2e_terminal import Terminal

from monitor.demo.world import World

TOKEN = "AAAAdemo-token-that-nobody-sees"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The demo's servers."""
    with World() as running:
        yield running


def _config(home: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((home / "config" / f"{name}.toml").read_text(encoding="utf-8"))


def test_enter_five_times_makes_a_home_with_the_defaults(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init")
    for number in range(1, 6):
        terminal.answer(f"{number}/5", "")
    assert terminal.end() == 0
    for words in ("written: config/postwatch.toml", "kept:", "never done:", "next: postwatch add"):
        assert words in terminal.said
    assert not (tmp_path / "config" / "secrets").exists()
    assert [c["name"] for c in _config(tmp_path, "postwatch")["channel"]] == ["console"]
    assert _config(tmp_path, "watches") == {}
    assert Room(tmp_path).run("once").returncode == 0


def test_answers_become_settings_and_secrets_go_where_only_the_owner_reads(tmp_path: Path, world: World) -> None:
    terminal = Terminal(tmp_path, "init")
    terminal.answer("1/5", "archive")
    terminal.answer("2/5", "not an address")
    terminal.answer("2/5", "news.demo.invalid/feed.xml")
    terminal.answer("3/5", TOKEN)
    terminal.answer("4/5", "25")
    terminal.answer("5/5", "desk@demo.invalid")
    terminal.answer("5/5", f"{world.sink.url}/init")
    assert terminal.end() == 0
    assert TOKEN not in terminal.said
    assert "name the server too" in terminal.said
    settings, watches = _config(tmp_path, "postwatch"), _config(tmp_path, "watches")
    assert settings["budget"] == {"usd_per_month": 25.0}
    assert settings["jobs"] == {"every": "1h"}
    assert settings["channel"][-1] == {"name": "desk", "url": f"webhook+{world.sink.url}/init"}
    assert watches["feed"] == [{"url": "https://news.demo.invalid/feed.xml", "own": True}]
    secrets = tmp_path / "config" / "secrets"
    assert (secrets / "POSTWATCH_X_BEARER_TOKEN").read_text() == f"{TOKEN}\n"
    for name in ("POSTWATCH_X_BEARER_TOKEN", "POSTWATCH_CHANNEL_DESK_SECRET"):
        assert stat.S_IMODE((secrets / name).stat().st_mode) == 0o600
    assert (secrets / ".gitignore").read_text() == "*\n"
    room = Room(tmp_path)
    assert "X token" in room.run("doctor", "--offline").stdout
    texts = [p.read_text() for p in (tmp_path / "config").glob("*.toml")]
    assert not any(TOKEN in text for text in texts)


def test_a_channel_gets_a_test_message_and_a_dead_one_is_told(tmp_path: Path, world: World) -> None:
    before = len(world.sink.taken)
    terminal = Terminal(tmp_path / "live", "init")
    for number in range(1, 5):
        terminal.answer(f"{number}/5", "")
    terminal.answer("5/5", f"{world.sink.url}/live")
    assert terminal.end() == 0
    assert "a test went to channel desk" in terminal.said
    assert [json.loads(m.body)["type"] for m in world.sink.taken[before:]] == ["test"]
    room = Room(tmp_path / "live")
    assert "look whether it has arrived" in room.run("alerts", "test", "desk").stderr
    assert "there is: console, desk" in room.run("alerts", "test", "nobody", code=64).stderr
    terminal = Terminal(tmp_path / "dead", "init")
    for number in range(1, 5):
        terminal.answer(f"{number}/5", "")
    terminal.answer("5/5", "http://127.0.0.1:9/hook")
    assert terminal.end() == 0
    assert "NOT taken" in terminal.said and "postwatch alerts test desk" in terminal.said
    assert Room(tmp_path / "dead").run("alerts", "test", "desk", code=1)


def test_nothing_is_asked_where_a_home_stands_or_no_terminal_is(tmp_path: Path) -> None:
    Room(tmp_path).run("init", "--own-feed", "https://news.demo.invalid/feed.xml", "--usd-per-month", "3")
    assert _config(tmp_path, "watches")["feed"][0]["own"] is True
    assert _config(tmp_path, "postwatch")["budget"] == {"usd_per_month": 3.0}
    before = {p.name: p.read_bytes() for p in (tmp_path / "config").glob("*")}
    terminal = Terminal(tmp_path, "init")
    assert terminal.end() == 0
    assert "nothing, all files were there" in terminal.said and "1/5" not in terminal.said
    assert {p.name: p.read_bytes() for p in (tmp_path / "config").glob("*")} == before
    terminal = Terminal(tmp_path / "quiet", "init", "--yes")
    assert terminal.end() == 0 and "1/5" not in terminal.said


def test_ctrl_c_at_a_question_writes_nothing(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init")
    terminal.answer("1/5", "newsroom")
    terminal.answer("2/5", "\x03")
    assert terminal.end() == 130
    assert not (tmp_path / "config").exists()
