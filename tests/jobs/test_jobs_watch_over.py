"""What we tell of ourselves: watches that fail, gaps, silence, credentials; and the sign of life."""

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import clock
from monitor.demo.world.http import Request, Response
from monitor.demo.world.server import Server
from monitor.jobs import heartbeat, watch_over, x_troubles
from monitor.jobs.context import Context
from monitor.model.alert import Fact
from monitor.model.exchange import Exchange
from monitor.model.post import Page
from monitor.settings import load
from monitor.store import alerts, channel_states, deliveries, watches
from monitor.store.open import Store
from monitor.store.watches import Order
from monitor.watching.silence import unusual

NOW = clock.now()
Row = dict[str, object]


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context(load(home, {}))
    yield made
    made.close()


def watch(store: Store, name: str, *, failures: int = 0, error: str | None = None, state: str = "active") -> int:
    key = watches.put(store, Order("account", "x", f"x:{name}", 60, handle=name), origin="cli", place="", now=NOW)
    store.connection.execute(
        "UPDATE watch SET failures = ?, last_error = ?, state = ?, last_success_at = ? WHERE id = ?",
        (failures, error, state, clock.text(NOW), key),
    )
    return key


def told(store: Store, kind: str) -> list[Row]:
    return [row for row in alerts.listing(store) if row["kind"] == kind]


def deliver_all(store: Store) -> None:
    while due := deliveries.lease_due(store, clock.now()):
        deliveries.sent(store, due, clock.now())


def test_a_watch_that_fails_again_and_again_is_told_of_once_and_so_is_its_end(context: Context) -> None:
    store = context.store
    key = watch(store, "harbour_desk", failures=2, error="ServerTrouble: HTTP 500")
    watch_over.run(context)
    assert told(store, "collector_broken") == []
    store.connection.execute("UPDATE watch SET failures = 3 WHERE id = ?", (key,))
    watch_over.run(context)
    watch_over.run(context)
    (alert,) = told(store, "collector_broken")
    assert "@harbour_desk: 3 looks in a row failed (ServerTrouble)" in str(alert["subject"])
    assert (alert["priority"], alert["detail"]) == ("urgent", "ServerTrouble: HTTP 500")
    deliver_all(store)
    store.connection.execute("UPDATE watch SET failures = 0 WHERE id = ?", (key,))
    watch_over.run(context)
    watch_over.run(context)
    (end,) = told(store, "recovered")
    assert [d["channel"] for d in end["deliveries"]] == ["console"]  # type: ignore[attr-defined]
    assert alerts.row(store, str(alert["id"]))["resolved_at"]


def test_who_did_not_hear_of_the_failure_does_not_hear_that_it_is_over(context: Context) -> None:
    store = context.store
    key = watch(store, "harbour_desk", failures=5, error="ServerTrouble: HTTP 500")
    watch_over.run(context)
    store.connection.execute("UPDATE watch SET failures = 0 WHERE id = ?", (key,))
    watch_over.run(context)
    (end,) = told(store, "recovered")
    assert end["deliveries"] == []
    (alert,) = told(store, "collector_broken")
    assert [d["state"] for d in alert["deliveries"]] == ["suppressed"]  # type: ignore[attr-defined]


def test_rules_that_ask_for_neither_do_not_keep_the_failure_nor_its_end_from_anybody(home: Path) -> None:
    (home / "config" / "rules.toml").write_text('[[rule]]\nname = "new"\nkinds = ["post_new"]\n', encoding="utf-8")
    context = Context(load(home, {}))
    key = watch(context.store, "harbour_desk", failures=5, error="ServerTrouble: HTTP 500")
    watch_over.run(context)
    deliver_all(context.store)
    context.store.connection.execute("UPDATE watch SET failures = 0 WHERE id = ?", (key,))
    watch_over.run(context)
    for kind in ("collector_broken", "recovered"):
        assert [d["channel"] for d in told(context.store, kind)[0]["deliveries"]] == ["console"]  # type: ignore[attr-defined]
    context.close()


def test_watches_that_fail_alike_are_one_alert(context: Context) -> None:
    for n in range(12):
        watch(context.store, f"account_{n}", failures=6, error=f"ServerTrouble: HTTP 50{n}")
    watch_over.run(context)
    (alert,) = told(context.store, "collector_broken")
    assert "and 4 more" in str(alert["subject"])
    assert len(alert["watches"]) == 12  # type: ignore[arg-type]


def test_a_broken_watch_is_told_of_at_once_and_a_paused_one_never(context: Context) -> None:
    watch(context.store, "gone", failures=1, error="NotThere: no such account", state="broken")
    watch(context.store, "resting", failures=9, error="ServerTrouble: HTTP 500", state="paused")
    watch_over.run(context)
    assert [row["watches"] for row in told(context.store, "collector_broken")] == [["@gone"]]


def test_gaps_of_one_reason_and_day_are_one_alert(context: Context) -> None:
    for n in range(3):
        watches.open_gap(context.store, watch(context.store, f"account_{n}"), "BudgetSpent", "the month's budget", NOW)
    watch_over.run(context)
    watch_over.run(context)
    (alert,) = told(context.store, "gap")
    assert alert["priority"] == "info"
    assert alert["watches"] == ["@account_0", "@account_1", "@account_2"]


def post_times(store: Store, watch_id: int, times: list[datetime]) -> None:
    db = store.connection
    db.execute(
        "INSERT OR IGNORE INTO account (id, platform, platform_id, handle, first_seen_at, last_seen_at) VALUES (7, 'x', '7', 'h', '', '')"
    )
    db.execute("UPDATE watch SET account_id = 7 WHERE id = ?", (watch_id,))
    db.executemany(
        """INSERT INTO post (platform, post_id, account_id, url, kind, latest_version_id, posted_at, seen_at, found_by)
        VALUES ('x', ?, 7, '', 'post', '1', ?, ?, 'watch')""",
        [(clock.text(t), clock.text(t), clock.text(t)) for t in times],
    )


def test_a_silence_much_longer_than_ever_is_told_of_and_its_end_too(context: Context) -> None:
    store = context.store
    key = watch(store, "harbour_desk")
    post_times(store, key, [NOW - timedelta(days=4, hours=12 * n) for n in range(20)])
    watch_over.listen(context)
    (alert,) = told(store, "silence")
    assert "No posts from @harbour_desk since" in str(alert["subject"])
    assert "the longest pause before was 12 h" in str(alert["detail"])
    deliver_all(store)
    post_times(store, key, [NOW])
    watch_over.listen(context)
    assert "News again from @harbour_desk" in str(told(store, "recovered")[0]["subject"])


def test_a_rule_that_meets_nothing_any_more_is_told_of(home: Path) -> None:
    (home / "config" / "rules.toml").write_text('[[rule]]\nname = "clips"\nkinds = ["post_new"]\n', encoding="utf-8")
    context = Context(load(home, {}))
    for n in range(12):
        at = NOW - timedelta(days=5, hours=6 * n)
        fact = Fact("post_new", f"post_new:x:{n}", "Post", at)
        alerts.add(context.store, fact, "normal", [], at, ["clips", "one that left the file"])
    watch_over.listen(context)
    (alert,) = told(context.store, "silence")
    assert "No alerts from the rule “clips” since" in str(alert["subject"])
    context.close()


@pytest.mark.parametrize(
    ("pauses", "silent_for", "is_unusual"),
    [
        ([12] * 9, 23, False),
        ([12] * 9, 25, True),
        ([12] * 8 + [48], 90, False),
        ([12] * 8 + [48], 97, True),
        ([12] * 5, 13 * 24, False),
        ([12] * 5, 15 * 24, True),
    ],
)
def test_silence_is_measured_by_the_account_itself(pauses: list[int], silent_for: int, is_unusual: bool) -> None:
    times = [NOW]
    for pause in pauses:
        times.append(times[-1] - timedelta(hours=pause))
    found = unusual(times, times[-1], NOW + timedelta(hours=silent_for), timedelta(days=1))
    assert (found is not None) is is_unusual


def test_a_token_that_says_when_it_ends_is_told_of_two_weeks_before(home: Path) -> None:
    def token(end: datetime) -> str:
        part = base64.urlsafe_b64encode(json.dumps({"exp": int(end.timestamp())}).encode()).decode().rstrip("=")
        return f"eyJhbGciOiJub25lIn0.{part}.c2ln"

    settings = '[[net.header]]\nhost = "www.example.org"\nname = "X-Key"\nvalue_env = "PAYWALL"\n'
    (home / "config" / "postwatch.toml").write_text(settings, encoding="utf-8")
    for end, count in ((NOW + timedelta(days=30), 0), (NOW + timedelta(days=10), 1), (NOW - timedelta(days=1), 2)):
        made = Context(load(home, {"PAYWALL": f"Bearer {token(end)}"}))
        watch_over.run(made)
        found = told(made.store, "credential")
        assert len(found) == count
        made.close()
    assert [row["priority"] for row in found] == ["normal", "urgent"]
    assert "www.example.org's X-Key" in str(found[0]["subject"])


def page(*warnings: str) -> Page:
    exchange = Exchange("x-api", "https://api.example.org", "https://api.example.org", 200, (), b"{}", NOW, NOW, {})
    return Page(exchange, warnings=warnings)


def test_an_answer_of_another_shape_is_told_of_once(context: Context) -> None:
    with context.store.change():
        x_troubles.note_drift(context, page("schema drift: unknown member 'news'"))
    assert told(context.store, "collector_broken") == []
    for _ in range(2):
        with context.store.change():
            x_troubles.note_drift(context, page("schema drift: a post without a usable id (None), kept raw only"))
    (alert,) = told(context.store, "collector_broken")
    assert "without a usable id" in str(alert["detail"])


class Switch(Server):
    """A dead man's switch."""

    status = 200

    def answer(self, request: Request) -> Response:
        return Response(self.status)


def test_the_heartbeat_is_heard_while_all_is_well_and_only_then(home: Path) -> None:
    switch = Switch()
    switch.start()
    with closing(switch):
        text = f'[alerts]\nheartbeat_url = "{switch.url}/ping"\n[[channel]]\nname = "hook"\nurl = "console://"\n'
        (home / "config" / "postwatch.toml").write_text(text, encoding="utf-8")
        context = Context(load(home, {}))
        assert heartbeat.beat(context, 1.0)
        assert [r.path for r in switch.requests] == ["/ping"]
        assert not heartbeat.beat(context, 90.0), "the engine stands still"
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        channel_states.failed(context.store, "hook", "console://", "HTTP 500", long_ago)
        assert not heartbeat.beat(context, 1.0), "nobody could be told of anything"
        channel_states.worked(context.store, "hook", "console://", datetime.now(UTC))
        switch.status = 500
        assert not heartbeat.beat(context, 1.0)
        assert len(switch.requests) == 2
        context.close()
