"""Alerts from the fact to the receiver, through crashes, storms and outages: at least once, and once to who honours ids."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import REAL_WAITS, Row
from fault_desk import Desk, desk_in, moved
from mail_box import Box, mail_server
from standardwebhooks import Webhook

from monitor.demo.world.sink import SECRET

CHILD = Path(__file__).with_name("telling_child.py")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A home without watches."""
    with desk_in(tmp_path) as made:
        made.write(watches="")
        yield made


def tell(
    desk: Desk,
    count: int,
    kind: str = "post_gone",
    priority: str = "flash",
    *,
    code: int = 0,
    later: str = "",
    **environment: str,
) -> None:
    """Tells so many facts and works the outbox, in a process of its own."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
    done = subprocess.run(
        [*moved(later), sys.executable, CHILD, desk.home, str(count), kind, priority],
        env={**known, **REAL_WAITS, **desk.world.environment(), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == code, done.stderr


def mailed(port: int, *, name: str = "mail", more: str = "") -> str:
    return f'[[channel]]\nname = "{name}"\nurl = "mailto://127.0.0.1:{port}?to={name}@example.org&from=postwatch@example.org"\n{more}\n'


@pytest.mark.parametrize("step", range(1, 12))
def test_a_kill_at_any_step_loses_no_alert_and_doubles_none(desk: Desk, step: int) -> None:
    """Two facts pass ten steps: each is written, and its delivery leased, about to be sent, sent, recorded. The eleventh is none."""
    killed = step <= 10
    tell(desk, 2, code=-9 if killed else 0, POSTWATCH_FAIL_AT=f"*:{step}")
    tell(desk, 2)
    attempts = desk.world.sink.attempts()
    assert sorted(attempts) == sorted(row["id"] for row in desk.rows("alerts"))
    assert len(attempts) == 2
    # Only a delivery that was sent and not yet recorded comes again, under the same id.
    assert sum(attempts.values()) <= 3 and (killed or sum(attempts.values()) == 2)
    for request in desk.world.sink.deliveries:
        assert Webhook(SECRET).verify(request.body.decode(), request.headers)
    assert {d["state"] for d in desk.deliveries()} == {"sent"}


@pytest.mark.parametrize("step", range(1, 5))
def test_a_kill_while_a_group_goes_out_sends_the_same_group_again(desk: Desk, step: int) -> None:
    box = Box()
    with mail_server(box) as port:
        desk.write(settings=desk.world.settings_toml(mailed(port)))
        tell(desk, 3, "post_edited", "urgent")
        assert box.mails == []
        # faketime's own word for a command that was killed is 1.
        tell(desk, 3, "post_edited", "urgent", code=1, later="+10m", POSTWATCH_FAIL_AT=f"*:{step}")
        tell(desk, 3, "post_edited", "urgent", later="+11m")
    subjects = {mail["Subject"].partition(" (")[0] for _, mail in box.mails}
    assert subjects == {"[urgent] Within minutes: 3 posts edited"}
    assert len({mail["Message-ID"] for _, mail in box.mails}) == 1
    assert len(box.mails) == (2 if step == 3 else 1), "only what was sent and not recorded comes again"


def test_a_thousand_matches_in_a_minute_are_one_summary_a_channel_and_all_in_the_list(desk: Desk) -> None:
    box = Box()
    with mail_server(box) as port:
        desk.write(settings=desk.world.settings_toml("[alerts]\nstorm_after_machines = 20\n" + mailed(port)))
        tell(desk, 1000)
    assert len(desk.rows("alerts")) == 1000
    assert {d["state"] for d in desk.deliveries()} == {"sent"}
    (summary,) = [r for r in desk.world.sink.deliveries if r.json()["type"] == "storm"]
    singles = len(desk.world.sink.deliveries) - 1
    assert summary.json()["data"]["count"] == 1000 - singles
    assert singles <= 20
    storms = [mail for _, mail in box.mails if "Very many at once" in mail["Subject"]]
    assert len(storms) == 1
    assert len(box.mails) <= 31
    assert f"{1000 - len(box.mails) + 1} posts gone" in storms[0]["Subject"]
    told = storms[0].get_body(("plain",)).get_content()
    assert "... and" in told and "postwatch alerts --since" in told


def test_after_six_hours_with_every_channel_down_comes_one_summary(desk: Desk) -> None:
    box = Box()
    box.answer = "451 later"
    desk.world.sink.status = 503
    with mail_server(box) as port:
        desk.write(settings=desk.world.settings_toml(mailed(port)))
        tell(desk, 40)
        for later in ("+20m", "+70m", "+3h", "+6h"):
            desk.once(later=later)
        assert {d["state"] for d in desk.deliveries()} == {"pending"}
        down = [row for row in desk.rows("alerts") if row["kind"] == "channel_down"]
        assert {row["channel"]: row["deliveries"] for row in down} == {"mail": [], "desk": []}
        before = len(desk.world.sink.deliveries)
        box.answer, desk.world.sink.status = "250 OK", 200
        desk.once(later="+12h")
    taken = desk.world.sink.deliveries[before:]
    assert [r.json()["type"] for r in taken] == ["backlog"]
    assert taken[0].json()["data"]["count"] >= 40
    assert [r.json()["data"]["id"] for r in taken] == [r.headers["webhook-id"] for r in taken]
    ((_, mail),) = box.mails
    assert "40 posts gone" in mail["Subject"]
    assert "delayed by" in mail["Subject"]
    gone = [row for row in desk.rows("alerts") if row["kind"] == "post_gone"]
    assert len(gone) == 40
    assert {d["state"] for row in gone for d in row["deliveries"]} == {"sent"}


def test_a_dead_channel_is_told_of_over_another_and_its_return_to_the_same(desk: Desk) -> None:
    box = Box()
    with mail_server(box) as port:
        desk.write(settings=desk.world.settings_toml(mailed(port, more='grouping = "none"')))
        desk.world.sink.status = 410
        tell(desk, 2, code=0)
        assert len(desk.world.sink.deliveries) == 1, "410 switches the channel off"
        subjects = [mail["Subject"] for _, mail in box.mails]
        assert any("The channel desk is switched off" in s for s in subjects)
        (state,) = [row for row in desk.rows("alerts", "channels") if row["channel"] == "desk"]
        assert state["disabled_at"] and "410" in state["disabled_why"]
        assert "desk is off since" in desk.run("doctor", "--offline").stdout
        desk.world.sink.status = 200
        desk.run("alerts", "test", "desk")
        desk.run("alerts", "replay", "--since", "1h", "--channel", "desk")
        desk.once()
        assert any("The channel desk works again" in mail["Subject"] for _, mail in box.mails)
    assert (
        len({r.headers["webhook-id"] for r in desk.world.sink.taken} & {row["id"] for row in desk.rows("alerts")}) == 2
    )


def test_people_get_flash_at_once_in_a_thread_and_the_rest_together_later(desk: Desk) -> None:
    box = Box()
    with mail_server(box) as port:
        desk.write(settings=desk.world.settings_toml(mailed(port)))
        tell(desk, 1, "post_gone", "flash")
        tell(desk, 1, "post_restored", "urgent")
        tell(desk, 3, "post_edited", "urgent")
        assert len(box.mails) == 1
        assert "4 alerts wait for mail until" in desk.once()
        desk.once(later="+6m")
    (_, flash), (_, group) = box.mails
    assert flash["Subject"].startswith("[flash] Fact 0")
    assert flash.get_body(("html",)) is not None
    assert "postwatch alerts ack alert_" in flash.get_body(("plain",)).get_content()
    assert group["Subject"].startswith("[urgent] Within minutes: 3 posts edited, 1 post back again")
    assert flash["Message-ID"] in group["References"]
    assert len(desk.world.sink.taken) == len(desk.rows("alerts")) == 5


def test_quiet_hours_hold_what_is_not_flash(desk: Desk) -> None:
    people = '[[person]]\nname = "Night"\nchannels = ["mail"]\nquiet = "00:00-23:59"\n[[escalation]]\nafter = "10m"\nchannels = ["mail"]\n'
    box = Box()
    with mail_server(box) as port:
        desk.write(settings=desk.world.settings_toml(mailed(port)))
        (desk.home / "config" / "people.toml").write_text(people, encoding="utf-8")
        tell(desk, 1, "post_edited", "urgent")
        assert box.mails == []
        (waits,) = [d for d in desk.deliveries() if d["channel"] == "mail"]
        assert "quiet hours of Night" in waits["held"]
        tell(desk, 1, "post_gone", "flash")
        assert len(box.mails) == 1
        flash = next(row["id"] for row in desk.rows("alerts") if row["kind"] == "post_gone")
        desk.run("alerts", "ack", flash, "--by", "ada")
        desk.once(later="+20m")
    assert [mail["Subject"][:7] for _, mail in box.mails] == ["[flash]"]
    steps = [d for d in desk.deliveries() if d["step"]]
    assert [(d["state"], d["last_error"]) for d in steps] == [("suppressed", "acknowledged by user:ada")]


def test_an_alert_nobody_answers_comes_again(desk: Desk) -> None:
    more = '[[escalation]]\nafter = "10m"\nchannels = ["desk"]\nagain = "10m"\ntimes = 2\n'
    (desk.home / "config" / "people.toml").write_text(more, encoding="utf-8")
    tell(desk, 1)
    desk.once(later="+11m")
    desk.once(later="+2h")
    (alert,) = desk.rows("alerts")
    ids = [r.headers["webhook-id"] for r in desk.world.sink.taken]
    assert ids == [alert["id"], f"{alert['id']}.1", f"{alert['id']}.2"]


def _commands(desk: Desk, *words: str) -> list[Row]:
    return desk.rows(*words)


def test_the_commands_on_rules_searches_and_alerts(desk: Desk) -> None:
    desk.settle(articles=True)
    desk.once()
    rules = '[[rule]]\nname = "clips"\nhas_video = true\nkinds = ["post_new"]\nchannels = ["desk"]\n'
    desk.write(rules=rules)
    (checked,) = _commands(desk, "rules", "check")
    assert checked["says"] == "this rule would have fired once: 1 post_new"
    (tried,) = _commands(desk, "rules", "try", "clips")
    assert tried["kind"] == "post_new"
    draft = desk.home / "draft.toml"
    draft.write_text('[[rule]]\nname = "d"\npattern = "("\nkind = []\nchannels = ["nobody"]\n', encoding="utf-8")
    wrong = desk.run("rules", "try", "--file", draft, code=2).stderr
    assert "pattern" in wrong and 'did you mean "kinds"' in wrong and 'no channel "nobody"' in wrong
    desk.run("rules", "mute", "rule", "clips", "--for", "2d")
    assert [m["what"] for m in _commands(desk, "rules", "mutes")] == ["rule"]
    desk.run("rules", "unmute", "1")
    desk.run("searches", "add", "wave", "waving")
    feed = desk.home / "wave.atom"
    assert "written" in desk.run("searches", "feed", "wave", "--out", feed).stderr
    assert "is current" in desk.run("searches", "feed", "wave", "--out", feed).stderr
    import feedparser

    read = feedparser.parse(feed.read_bytes())
    assert not read.bozo and read.entries
    assert all(entry.id.startswith("tag:") for entry in read.entries)
    desk.run("searches", "remove", "wave")
    desk.run("searches", "feed", "wave", code=64)
    alert = desk.rows("alerts")[0]["id"]
    assert desk.rows("alerts", "snooze", alert, "2h")[0]["changed"]
    assert desk.rows("alerts", "ack", alert)[0]["changed"]
    assert [act["act"] for act in desk.rows("alerts", "show", alert)[0]["acts"]] == ["snooze", "ack"]
    desk.run("alerts", "ack", "alert_nothing", code=64)
    desk.run("alerts", "replay", code=64)
