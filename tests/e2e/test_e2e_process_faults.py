"""Processes that die, databases that are locked, disks that fill up: nothing is lost, and nothing is done twice."""

import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fault_desk import Desk, desk_in, kill, until
from standardwebhooks import Webhook

from monitor import clock
from monitor.demo.world import faults
from monitor.demo.world.http import Request
from monitor.demo.world.sink import SECRET

_KILLED = -signal.SIGKILL


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as found:
        yield found


def _enlarge_the_clip(desk: Desk, size: int = 400_000) -> None:
    """Ends the clip's file with an empty box, as MP4 allows: downloads that take long enough to be struck."""
    video = desk.world.video
    whole = video.handle(Request("GET", "/video/farewell.mp4", "", {}, b"", clock.now()))[0].body
    video.put("/video/farewell.mp4", whole + struct.pack(">I4s", size, b"free") + bytes(size - 8))
    video.requests.clear()


def _all_is_well(desk: Desk, alerts: int = 3) -> None:
    """The whole work is done: the clip kept, each alert told, and nothing doubled or left over."""
    assert desk.media()["state"] == "kept"
    assert [d["state"] for d in desk.deliveries()] == ["sent"] * alerts
    assert len(desk.world.sink.attempts()) == alerts
    desk.check()


def _spend_is_the_meters(desk: Desk) -> None:
    fields = ("day", "requests", "posts", "users", "usd")
    rows = desk.rows("spend")
    assert [{f: row[f] for f in fields} for row in rows] == desk.world.x.meter.days()
    assert [row["usd_unsettled"] for row in rows] == [0] * len(rows)


def test_a_kill_in_the_middle_of_a_download_leaves_no_child_and_the_next_run_goes_on_where_it_was(desk: Desk) -> None:
    _enlarge_the_clip(desk)
    drip = desk.world.video.fault("/video/*", faults.drip(40_000))
    started = desk.start("once")
    until(lambda: desk.part_bytes() > 10_000)
    kill(started)
    assert started.returncode == _KILLED
    until(lambda: desk.offspring() == [])
    desk.world.video.mend(drip)
    desk.once()
    assert "range" in desk.world.video.requests_to("/video/farewell.mp4")[-1].headers
    _all_is_well(desk)
    _spend_is_the_meters(desk)


def test_a_kill_between_file_and_row_costs_neither_the_file_nor_a_second_one(desk: Desk) -> None:
    desk.once(code=_KILLED, POSTWATCH_FAIL_AT="media.before_row")
    assert len(desk.objects()) == 2
    assert desk.sql("SELECT sha256 FROM object") == []
    assert desk.media()["state"] == "queued"
    assert "without a row" in desk.run("doctor", "--offline").stdout
    desk.once()
    _all_is_well(desk)


def test_a_kill_between_an_articles_file_and_its_row_costs_no_article(desk: Desk) -> None:
    desk.settle(articles=True)
    desk.once(code=_KILLED, POSTWATCH_FAIL_AT="article.before_row")
    desk.once()
    assert [(a["versions"], a["citations"]) for a in desk.rows("articles")] == [(1, 1)] * 3
    assert sorted(link["state"] for link in desk.rows("links")) == ["confirmed", "confirmed", "suggested"]
    # The page fetched a second time makes a second WARC; the first one stays, with no row that names it.
    orphans = desk.objects() - {name for (name,) in desk.sql("SELECT sha256 FROM object")}
    assert len(orphans) <= 1
    assert len(desk.world.sink.taken) == len(desk.world.sink.attempts()) == 5
    desk.run("doctor", "--offline")


def test_a_kill_before_a_delivery_leaves_it_to_the_next_run(desk: Desk) -> None:
    desk.once(code=_KILLED, POSTWATCH_FAIL_AT="delivery.before_send")
    assert desk.world.sink.deliveries == []
    desk.once()
    assert set(desk.world.sink.attempts().values()) == {1}
    assert sorted(d["attempts"] for d in desk.deliveries()) == [1, 1, 2]
    _all_is_well(desk)


def test_a_kill_after_a_delivery_repeats_it_under_the_same_id_and_a_good_signature(desk: Desk) -> None:
    desk.once(code=_KILLED, POSTWATCH_FAIL_AT="delivery.after_send")
    (first,) = desk.world.sink.deliveries
    desk.once()
    (again,) = [d for d in desk.world.sink.deliveries[1:] if d.headers["webhook-id"] == first.headers["webhook-id"]]
    assert sorted(desk.world.sink.attempts().values()) == [1, 1, 2]
    for attempt in desk.world.sink.deliveries:
        assert Webhook(SECRET).verify(attempt.body.decode(), attempt.headers)
    assert again.json()["data"] == first.json()["data"]
    _all_is_well(desk)


def test_a_kill_in_the_middle_of_a_poll_charges_nothing_twice(desk: Desk) -> None:
    desk.world.x.fault("/2/users/*/tweets", faults.delay(60), times=1)
    started = desk.start("once")
    until(lambda: desk.world.x.requests_to("/2/users/*/tweets"))
    kill(started)
    desk.once()
    desk.once("--all")
    _spend_is_the_meters(desk)
    _all_is_well(desk)


def test_a_database_locked_by_another_process_is_waited_for(desk: Desk) -> None:
    desk.run("init")
    locked = sqlite3.connect(desk.home / "storage/postwatch.db", check_same_thread=False, isolation_level=None)
    locked.execute("BEGIN IMMEDIATE")
    letting_go = threading.Timer(1.5, locked.rollback)
    letting_go.start()
    try:
        began = time.monotonic()
        assert desk.rows("posts") == []
        desk.once()
        assert time.monotonic() - began > 1
    finally:
        letting_go.join()
        locked.close()
    _all_is_well(desk)


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[None]:
    """A tmpfs in a folder's place, where this user may mount one."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small disk takes root")
    folder.mkdir(parents=True)
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    if mount.returncode != 0:
        pytest.skip(f"no small disk here: {mount.stderr.decode()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _paused_with_an_alert(desk: Desk) -> None:
    assert (desk.job()["state"], desk.media()["state"]) == ("queued", "queued")
    assert "StorageFull" in desk.job()["last_error"]
    assert sorted(a["kind"] for a in desk.rows("alerts")) == ["post_new"] * 3 + ["storage"]
    assert len(desk.world.sink.taken) == 4
    assert len(desk.rows("posts")) == 3
    assert desk.temps() in ([], ["media-1"])


def test_a_full_disk_pauses_downloads_with_an_alert_until_there_is_room(desk: Desk) -> None:
    _enlarge_the_clip(desk)
    with _small_disk(desk.vault, "200k"):
        desk.once()
        _paused_with_an_alert(desk)
        subprocess.run(["mount", "-o", "remount,size=4m", desk.vault], check=True)
        desk.once(later="+2m")
        _all_is_well(desk, alerts=4)


def test_a_full_vault_pauses_downloads_with_an_alert_until_there_is_room(desk: Desk) -> None:
    desk.settle(media="max_vault_bytes = 50_000")
    desk.once()
    _paused_with_an_alert(desk)
    desk.settle()
    desk.once(later="+2m")
    _all_is_well(desk, alerts=4)


def test_articles_too_wait_for_a_full_vault_and_the_desk_hears_of_it_once(desk: Desk) -> None:
    desk.settle(media="max_vault_bytes = 1", articles=True)
    desk.once()
    assert desk.rows("articles") == []
    assert len([a for a in desk.rows("alerts") if a["kind"] == "storage"]) == 1
    desk.settle(articles=True)
    desk.once(later="+2m")
    assert len(desk.rows("articles")) == 3
    _all_is_well(desk, alerts=6)


def test_a_disk_too_full_for_the_database_ends_the_run_with_a_message_and_the_next_one_does_it_all(desk: Desk) -> None:
    storage = desk.home / "storage"
    with _small_disk(storage, "500k"):
        assert "database or disk is full: make room" in desk.once(code=1)
        subprocess.run(["mount", "-o", "remount,size=20m", storage], check=True)
        desk.once("--all")
        _all_is_well(desk)
        _spend_is_the_meters(desk)


def test_too_little_free_disk_pauses_downloads_and_nothing_else(desk: Desk) -> None:
    desk.settle(media=f"min_free_bytes = {10**17}", articles=True)
    desk.once()
    assert desk.world.video.requests == []
    assert sum(link["state"] == "confirmed" for link in desk.rows("links")) == 2
    assert len([a for a in desk.rows("alerts") if a["kind"] == "storage"]) == 1
    desk.settle(articles=True)
    desk.once(later="+2m")
    _all_is_well(desk, alerts=6)


def test_run_picks_up_posts_and_watches_while_it_works_beside_other_commands(desk: Desk) -> None:
    desk.settle(every="1s")
    running = desk.start("run")
    until(lambda: len(desk.world.sink.taken) == 3)
    second = desk.run("once", code=75).stderr
    assert str(running.pid) in second
    assert "another postwatch works" in second
    desk.world.x.state.add_post(desk.world.story.account, "Written while it runs (demo).", clock.now())
    desk.run("add", desk.world.story.article_url("embed"), "--yes")
    until(lambda: len(desk.world.sink.taken) == 5)
    assert len(desk.rows("posts")) == 4
    assert [link["state"] for link in desk.rows("links")] == ["confirmed"]
    desk.run("status")
    running.terminate()
    assert running.wait(10) == 0
    _all_is_well(desk, alerts=5)


def test_run_stops_within_ten_seconds_even_in_the_middle_of_a_download(desk: Desk) -> None:
    _enlarge_the_clip(desk)
    drip = desk.world.video.fault("/video/*", faults.drip(40_000))
    running = desk.start("run")
    until(lambda: desk.part_bytes() > 0)
    running.terminate()
    assert running.wait(10) == 0
    until(lambda: desk.offspring() == [], 2)
    job = desk.job()
    assert (job["state"], job["attempts"]) == ("queued", 0)
    desk.world.video.mend(drip)
    desk.once()
    _all_is_well(desk)


def test_a_moved_clock_moves_watches_and_works_with_threads_and_children(desk: Desk) -> None:
    desk.settle(articles=True)
    desk.once(later="+2h")
    _all_is_well(desk, alerts=5)
    now = clock.text(clock.now())
    assert all(post["seen_at"] > now for post in desk.rows("posts"))
    asked = len(desk.world.x.requests)
    desk.world.x.state.add_post(desk.world.story.account, "Two hours later (demo).", clock.now())
    desk.once(later="+121m")
    assert len(desk.world.x.requests) == asked
    desk.once(later="+4h")
    assert len(desk.rows("posts")) == 4


def test_a_webhook_that_answers_500_is_tried_again_later_under_the_same_id(desk: Desk) -> None:
    desk.world.sink.statuses = [500]
    desk.once()
    (waiting,) = [d for d in desk.deliveries() if d["state"] == "pending"]
    assert waiting["attempts"] == 1
    assert "500" in waiting["last_error"]
    failed = desk.world.sink.deliveries[0].headers["webhook-id"]
    desk.once(later="+2h")
    assert desk.world.sink.attempts()[failed] == 2
    assert failed in {d.headers["webhook-id"] for d in desk.world.sink.taken}
    _all_is_well(desk)


def test_deliveries_to_a_sink_that_is_down_wait_and_are_counted(desk: Desk) -> None:
    desk.world.sink.close()
    desk.once()
    desk.once(later="+2h")
    assert [(d["state"], d["attempts"]) for d in desk.deliveries()] == [("pending", 2)] * 3
    assert all(d["last_error"] for d in desk.deliveries())
    assert desk.media()["state"] == "kept"
    desk.check()


def test_deliveries_to_a_channel_that_left_the_settings_are_set_aside(desk: Desk) -> None:
    desk.world.sink.fault("*", faults.answer(500))
    desk.once()
    settings = desk.world.settings_toml()
    desk.write(settings=settings[: settings.index("[[channel]]")])
    desk.once(later="+2m")
    assert {d["state"] for d in desk.deliveries()} == {"suppressed"}


def test_a_receiver_that_is_gone_for_good_is_left_alone(desk: Desk) -> None:
    desk.world.sink.status = 410
    desk.once(code=3)
    [dead, *aside] = desk.deliveries()
    assert [(d["state"], d["attempts"]) for d in (dead, *aside)] == [("dead", 1), *[("suppressed", 0)] * 2]
    assert "410" in dead["last_error"]
    assert all("postwatch alerts test desk" in d["last_error"] for d in aside)
    desk.once(later="+2h")
    assert len(desk.world.sink.deliveries) == 1
    desk.check()


_TINY_BUDGET = "[budget]\nusd_per_month = 0.04\n"


def test_the_budgets_stop_holds_and_its_kept_part_still_serves_cited_posts(desk: Desk) -> None:
    desk.settle(more=_TINY_BUDGET, articles=True)
    desk.once()
    desk.once("--all")
    meter = desk.world.x.meter
    assert meter.usd <= 0.04
    assert desk.world.x.requests_to("/2/users/*/tweets") == []
    assert desk.sql("SELECT reason FROM gap WHERE ended_at IS NULL") == [("BudgetSpent",)]
    assert "usd_per_month" in next(w["last_error"] for w in desk.rows("watches") if w["kind"] == "account")
    (cited,) = desk.rows("posts")
    assert cited["post_id"] == desk.world.story.farewell.id
    assert sum(link["state"] == "confirmed" for link in desk.rows("links")) == 2
    _spend_is_the_meters(desk)


def test_the_next_month_has_a_budget_of_its_own(desk: Desk) -> None:
    desk.settle(more=_TINY_BUDGET)
    desk.once()
    assert desk.rows("posts") == []
    desk.once(later="+40d")
    assert desk.sql("SELECT reason FROM gap WHERE ended_at IS NULL") == []
    months = [row["day"][:7] for row in desk.rows("spend")]
    assert len(months) == len(set(months)) == 2
    desk.check()
