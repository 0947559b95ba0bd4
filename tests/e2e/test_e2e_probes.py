"""`/healthz` and `/metrics` of a working `run`, read over HTTP as a monitoring system reads them."""

import json
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from e2e_room import COMMAND, Room, room_in
from prometheus_client.parser import text_string_to_metric_families

from monitor.demo.world import World


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A home that has worked once."""
    with room_in(tmp_path, World()) as made:
        made.run("once")
        yield made


@contextmanager
def _running(room: Room, *words: str) -> Iterator[str]:
    """`run` at work; gives the address that it prints."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
    working = subprocess.Popen(
        [COMMAND, "--home", room.home, "run", *words],
        env={**known, **room.environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert working.stderr is not None
        said = next(line for line in working.stderr if "/healthz" in line)
        found = re.search(r"(http://\S+)/healthz", said)
        assert found
        yield found[1]
    finally:
        working.send_signal(signal.SIGTERM)
        working.communicate(timeout=15)
        assert working.returncode == 0


def _get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as exc:
        return exc.code, exc.read().decode()


def test_a_working_run_answers_with_its_health_and_its_figures(room: Room) -> None:
    with _running(room, "--listen", "127.0.0.1:0") as url:
        status, body = _get(f"{url}/healthz")
        assert (status, json.loads(body)["status"]) == (200, "ok"), body
        families = {f.name: f for f in text_string_to_metric_families(_get(f"{url}/metrics")[1])}
        posts = families["postwatch_posts"].samples[0].value
        assert posts == len(room.rows("posts"))
        kept = {s.labels["state"]: s.value for s in families["postwatch_media"].samples}
        assert kept["kept"] >= 1
        assert families["postwatch_spend_month_usd"].samples[0].value == pytest.approx(
            sum(row["usd"] for row in room.rows("spend"))
        )
        assert _get(f"{url}/nothing")[0] == 404


def test_health_turns_red_when_the_disk_is_too_full(room: Room) -> None:
    settings = room.home / "config" / "postwatch.toml"
    room.write(settings=settings.read_text() + '\n[run]\nlisten = "127.0.0.1:0"\n')
    settings.write_text(re.sub(r"min_free_bytes = \S+", "min_free_bytes = 9_000_000_000_000_000", settings.read_text()))
    with _running(room) as url:
        status, body = _get(f"{url}/healthz")
        assert status == 503
        assert json.loads(body)["checks"]["room"]["well"] is False


def test_an_address_that_is_taken_or_wrong_is_told(room: Room) -> None:
    assert room.world is not None
    taken = room.world.sink.host_port
    assert "choose another pair" in room.run("run", "--listen", taken, code=64).stderr
    assert "exact pair" in room.run("run", "--listen", "9464", code=64).stderr
